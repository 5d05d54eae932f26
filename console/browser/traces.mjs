// Traces that no fixture file could hold.
import { trace, TRACE } from './fixtures.mjs';

export const BIG = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
export const CUT = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
export const SLOWER = 'cccccccccccccccccccccccccccccccc';
export const SKEWED = 'dddddddddddddddddddddddddddddddd';

const START = Date.parse('2026-01-01T00:00:00Z');
const SERVICES = ['shop', 'cart', 'stock', 'price', 'mail', 'search', 'user', 'report', 'image', 'edge'];

/** What the API answers for a trace id. */
export function traceOf(id) {
  if (id === TRACE) return { signals: trace, cut: false };
  if (id === BIG) return { signals: big(50_000), cut: false };
  if (id === CUT) return { signals: big(400).slice(0, 200), cut: true };
  if (id === SLOWER) return { signals: slower(), cut: false };
  if (id === SKEWED) return { signals: skewed(), cut: false };
  return { signals: [], cut: false };
}

const spanOf = (id, parent, service, name, start, took, more = {}) => ({
  id: `55555555-0000-4000-8000-${id.padStart(12, '0')}`,
  signal_type: 'trace',
  trace_id: BIG,
  service_name: service,
  timestamp: new Date(START + start).toISOString(),
  payload: { span_id: id, parent_span_id: parent, name, kind: 'server', duration_ms: took, status: 'OK', attributes: { n: id }, ...more },
});

/** A tree in which each span has five children, laid into its parent's time. */
function big(count) {
  const spans = [];
  for (let i = 0; i < count; i++) {
    const parent = i === 0 ? null : Math.floor((i - 1) / 5);
    const above = parent === null ? { start: 0, took: 120_000 } : spans[parent];
    const took = parent === null ? above.took : above.took / 6;
    const start = parent === null ? 0 : above.start + ((i - 1) % 5) * (above.took / 5.5);
    spans.push({ start, took, signal: spanOf(`n${i}`, parent === null ? null : `n${parent}`, SERVICES[i % 10], `operation ${i % 37}`, start, took, i === 49_000 ? { status: 'ERROR' } : {}) });
  }
  return spans.map(({ signal }) => signal);
}

/** The trace of the fixtures as it was when all was well, but for a call more. */
function slower() {
  return trace
    .filter((signal) => signal.signal_type === 'trace' && signal.payload.span_id !== 'a2')
    .map((signal) => ({ ...signal, payload: { ...signal.payload, duration_ms: signal.payload.duration_ms / 20, status: 'OK' } }));
}

function skewed() {
  return [spanOf('k1', null, 'shop', 'checkout', 3_600_000, 100), spanOf('k2', 'k1', 'stock', 'reserve', 0, 40), spanOf('k3', null, 'cron', 'sweep', 3_600_050, 20)];
}
