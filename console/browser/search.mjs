// A search API over made-up logs and spans: a hundred thousand of them, of which some answers hold a part.
const LOGS = 100_000;
const LEVELS = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'INFO', 'ERROR'];
const SERVICES = ['cart', 'stock', 'shop'];
const MESSAGES = ['Checkout initiated', 'Stock reserved for item', 'Timed out waiting for the pool', 'user not found'];
export const TAIL_SKIPPED = 7;

const idOf = (n) => `66666666-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The nth newest before a moment. */
function signal(kind, n, to) {
  const at = new Date(to - n * 7).toISOString();
  const level = LEVELS[n % LEVELS.length];
  const common = { id: idOf(n), trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', service_name: SERVICES[n % 3], timestamp: at };
  const attributes = { 'http.route': '/pay', n };
  if (kind === 'logs') return { ...common, signal_type: 'log', payload: { level, message: `${MESSAGES[n % 4]} ${n}`, span_id: 'a5', attributes } };
  return { ...common, signal_type: 'trace', payload: { span_id: 'a5', parent_span_id: null, name: 'POST /pay', kind: 'server', duration_ms: (n % 40) + 0.5, status: level === 'ERROR' ? 'ERROR' : 'OK', attributes } };
}

/** Answers below /query/search. `state.asked` keeps the questions, `state.partial` makes answers incomplete. */
export async function searched(part, url, request, response, state, json) {
  const kind = url.searchParams.get('kind') ?? 'logs';
  const q = url.searchParams.get('q') ?? '';
  const from = Date.parse(url.searchParams.get('from'));
  const to = Date.parse(url.searchParams.get('to'));
  (state.asked ??= []).push(`${part ?? 'search'} ${q}`);
  if (q.includes(')')) return json(400, { code: 'invalid-parameter', detail: `The parameter 'q' cannot be understood at character ${q.indexOf(')') + 1}: this one closes nothing`, errors: [{ pointer: `/q/${q.indexOf(')')}`, message: 'this one closes nothing' }] });
  const about = { complete: !state.partial, watermark: new Date().toISOString(), ...(state.partial ? { searched_to: new Date(from + 60_000).toISOString() } : {}) };
  const none = q.includes('nothing') || state.empty;
  const valuesOf = (field, counts) => Object.entries(counts).map(([value, count]) => ({ value, count, search: `${field}:${/^[\w./-]+$/.test(value) ? value : JSON.stringify(value)}` }));
  switch (part) {
    case undefined: {
      const limit = Number(url.searchParams.get('limit'));
      const start = Number(url.searchParams.get('cursor') ?? 0);
      const total = none ? 0 : LOGS;
      const items = Array.from({ length: Math.max(0, Math.min(limit, total - start)) }, (_, i) => signal(kind, start + i, to));
      return json(200, { items, next_cursor: start + limit < total ? String(start + limit) : null, from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...about });
    }
    case 'histogram': {
      const seconds = Math.max(1, Math.round((to - from) / 60_000));
      const buckets = Array.from({ length: 60 }, (_, i) => {
        const error = i === 40 ? 90 : i % 7;
        return { start: new Date(from + i * seconds * 1000).toISOString(), count: none ? 0 : 100 + error, series: none ? {} : kind === 'logs' ? { INFO: 80, WARN: 20, ERROR: error } : { ok: 100, error } };
      });
      return json(200, { bucket_seconds: seconds, buckets, ...about });
    }
    case 'facets':
      return json(200, {
        facets: [
          { field: 'service', values: valuesOf('service', { cart: 4_000, stock: 3_000, shop: 2_000 }), others: 0 },
          kind === 'logs' ? { field: 'level', values: valuesOf('level', { error: 900, info: 3_000 }), others: 12 } : { field: 'status', values: valuesOf('status', { error: 900 }), others: 0 },
          { field: 'attr.http.route', values: valuesOf('attr.http.route', { '/pay': 900, '/cart/<img src=x onerror="window.pwned=1">': 2 }), others: 3 },
        ],
        examined: 5_000,
        more: true,
        ...about,
      });
    case 'patterns':
      return json(200, {
        patterns: [
          { template: 'user <*> not found', count: 1_200, share: 0.3, severity: 'ERROR', services: ['cart', 'shop', 'stock'], first_seen: new Date(from).toISOString(), last_seen: new Date(to).toISOString(), example: 'user 42 not found', query: '"user" "not found"' },
          { template: 'Checkout initiated <*>', count: 20, share: 0.005, severity: 'INFO', services: ['shop'], first_seen: new Date(from).toISOString(), last_seen: new Date(to).toISOString(), example: 'Checkout initiated 7', query: '"Checkout initiated"' },
        ],
        examined: 4_000,
        more: false,
        ...about,
      });
    case 'comparison':
      return json(200, { selected: 120, baseline: 3_000, attributes: [{ field: 'attr.http.route', value: '/pay', selected_share: 0.8, baseline_share: 0.1, score: 0.7, search: 'attr.http.route:/pay' }], ...about });
    case 'around': {
      if (!url.searchParams.get('time')) return json(400, { code: 'invalid-parameter', detail: "The parameter 'time' is the record's timestamp" });
      const n = Number(url.searchParams.get('id').slice(-12));
      const at = Date.now();
      // The newest has none after it.
      const items = Array.from({ length: 21 + Math.min(20, n) }, (_, i) => signal('logs', n + 20 - i, at));
      return json(200, { items, index: 20 });
    }
    case 'tail': {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let n = 0;
      response.write(': keep-alive\n\n');
      const timer = setInterval(() => {
        n++;
        response.write(`event: signal\ndata: ${JSON.stringify({ ...signal(kind, 0, Date.now()), id: `live-${n}` })}\n\n`);
        if (n === 3) response.write(`event: lagging\ndata: {"skipped":${TAIL_SKIPPED}}\n\n`);
      }, 50);
      return void request.on('close', () => clearInterval(timer));
    }
    default:
      return json(404, { code: 'not-found', detail: 'There is no such question' });
  }
}
