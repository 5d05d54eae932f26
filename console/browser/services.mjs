// Figures of a small shop in which stock fails.
import { INCIDENT } from './fixtures.mjs';

const FIGURES = {
  edge: [3_600, 40, 12, 180],
  shop: [3_500, 38, 9, 160],
  cart: [1_800, 0, 2, 11],
  stock: [1_700, 290, 4, 2_100],
  price: [0, 0, null, null],
};
const CALLS = [
  ['edge', 'shop', 3_500, 38],
  ['shop', 'cart', 1_800, 0],
  ['shop', 'stock', 1_700, 290],
  ['stock', 'shop', 12, 0],
  ['cart', 'price-<b>v2</b>', 40, 0],
];

const rangeOf = (url) => ({ from: url.searchParams.get('from'), to: url.searchParams.get('to'), watermark: new Date().toISOString(), truncated: false });
const rate = (errors, calls) => (calls === 0 ? 0 : errors / calls);

function figuresOf(service) {
  const [calls, errors, p50_ms, p95_ms] = FIGURES[service];
  return { service, calls, errors, error_rate: rate(errors, calls), rate_per_second: calls / 3_600, p50_ms, p95_ms, p99_ms: p95_ms && p95_ms * 1.4, error_logs: errors, last_seen: new Date(Date.now() - 20_000).toISOString() };
}

const edges = CALLS.map(([caller, callee, calls, errors]) => ({ caller, callee, calls, errors, error_rate: rate(errors, calls), p50_ms: 4, p95_ms: errors > 100 ? 2_100 : 12, gap_p95_ms: 0.4 }));

export function services(url, state) {
  return { services: state.empty ? [] : Object.keys(FIGURES).map((service) => ({ ...figuresOf(service), logs: 1_000 })), ...rangeOf(url) };
}

export function serviceMap(url) {
  const nodes = Object.keys(FIGURES).map((service) => {
    const { calls, errors, error_rate, p95_ms } = figuresOf(service);
    return { service, calls, errors, error_rate, p95_ms, open_incidents: service === 'stock' ? 1 : 0 };
  });
  return { nodes, edges, ...rangeOf(url) };
}

export function serviceOf(url) {
  const service = url.searchParams.get('service');
  if (!FIGURES[service]) return undefined;
  const { from, to } = rangeOf(url);
  const begin = Math.floor(Date.parse(from) / 60_000) * 60_000;
  const starts = Array.from({ length: Math.max(1, Math.round((Date.parse(to) - begin) / 60_000)) }, (_, i) => new Date(begin + i * 60_000).toISOString());
  const bad = (i) => service === 'stock' && i > starts.length * 0.6;
  return {
    ...figuresOf(service),
    ...rangeOf(url),
    log_count: 1_234,
    bucket_seconds: 60,
    series: starts.map((start, i) => (i === 5 ? { start, calls: 0, errors: 0, p50_ms: null, p95_ms: null, p99_ms: null } : { start, calls: 30 + (i % 5), errors: bad(i) ? 9 : 0, p50_ms: 4, p95_ms: bad(i) ? 2_100 : 20, p99_ms: bad(i) ? 2_400 : 45 })),
    operations: [
      { operation: 'SELECT stock', kind: 'client', calls: 1_700, errors: 290, error_rate: 0.17, p50_ms: 4, p95_ms: 2_100, p99_ms: 2_300 },
      { operation: 'GET /<img src=x onerror="window.pwned=1">', kind: 'server', calls: 3, errors: 0, error_rate: 0, p50_ms: 1, p95_ms: 1, p99_ms: 1 },
    ],
    callers: edges.filter((edge) => edge.callee === service),
    callees: edges.filter((edge) => edge.caller === service),
    logs: starts.filter((_, i) => i % 2 === 0).map((start) => ({ start, counts: { ERROR: 2, INFO: 10 } })),
    changes: [{ at: starts[Math.floor(starts.length * 0.6)], kind: 'version', title: '4.2.0 -> 4.2.1' }],
    open_incidents: service === 'stock' ? [{ id: INCIDENT, title: 'Inventory answers too late', severity: 'critical' }] : [],
  };
}

export function storage() {
  return {
    tables: [
      { table: 'signals.log', kind: 'logs', rows: 120_000, rows_estimated: true, bytes: 48_000_000, bytes_per_row: 400 },
      { table: 'signals.segment', kind: 'segments', rows: 24, rows_estimated: false, bytes: 90_000_000, bytes_per_row: 3_750_000 },
    ],
    kinds: [
      { kind: 'logs', signals: 2_000_000, bytes: 90_000_000, bytes_per_signal: 45 },
      { kind: 'spans', signals: 1_000_000, bytes: 48_000_000, bytes_per_signal: 48 },
      { kind: 'other', signals: null, bytes: 2_000_000, bytes_per_signal: null },
    ],
    services: Object.keys(FIGURES).map((service, i) => ({ service, signals_per_day: 100_000 / (i + 1), bytes_per_day: 5_000_000 / (i + 1), forecast_bytes: 150_000_000 / (i + 1) })),
    total_bytes: 140_000_000,
    forecast: { days: 30, bytes: 1_400_000_000 },
    segments: { count: 24, signals: 2_400_000, bytes: 90_000_000 },
    as_of: new Date().toISOString(),
    truncated: false,
  };
}

export function ingestHealth(url) {
  return { accepted: 125_000, logs: 80_000, spans: 40_000, points: 5_000, rejected: [{ reason: 'invalid-field', count: 12 }, { reason: 'conflict', count: 3 }], lag_seconds: 0, ...rangeOf(url) };
}

export function rejected(url) {
  const reason = url.searchParams.get('reason');
  return Array.from({ length: 120 }, (_, i) => ({
    received_at: new Date(Date.now() - i * 1_000).toISOString(),
    transport: 'otlp-http',
    signal_type: i % 2 ? 'log' : 'trace',
    reason: i % 3 ? 'invalid-field' : 'conflict',
    message: 'The field "timestamp" is no time: <b>yesterday</b>',
    service_name: i % 5 ? 'cart' : null,
    signal_id: null,
    excerpt: '{"timestamp":"yesterday"}',
  })).filter((record) => !reason || record.reason === reason);
}
