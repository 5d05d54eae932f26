// A checkout that fails: the inventory's connection pool is exhausted, payment and gateway fail with it.

const start = Date.now() - 95_000;
const at = (ms) => new Date(start + ms).toISOString();

export const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
export const INCIDENT = '7d2f3f0e-5a5e-4a55-9a39-7d1f5f3a0154';
export const INCONCLUSIVE = '1c4c1c52-3f7e-4d6a-8a55-2f7d5f3a0977';
export const PENDING = '0f9b5f50-6d5e-4c3a-9c55-9a7d5f3a0123';
export const STRANGE = '9e9e9e9e-6d5e-4c3a-9c55-9a7d5f3a0999';
export const LOST_LOG = '11111111-0000-4000-8000-000000000006';
export const HOSTILE = '<img src=x onerror="window.pwned=1">\u202Etxt.exe';

const span = (n, id, parent, service, name, offset, took, status = 'OK', attributes = {}) => ({
  id: `22222222-0000-4000-8000-00000000000${n}`,
  signal_type: 'trace',
  trace_id: TRACE,
  service_name: service,
  timestamp: at(offset),
  payload: {
    span_id: id,
    parent_span_id: parent,
    name,
    kind: 'server',
    duration_ms: took,
    status,
    attributes,
    resource: { 'service.version': '4.2.1', 'k8s.pod.name': `${service}-6c9f7` },
  },
});

const log = (n, spanId, service, level, message, offset, attributes = {}) => ({
  id: `11111111-0000-4000-8000-00000000000${n}`,
  signal_type: 'log',
  trace_id: TRACE,
  service_name: service,
  timestamp: at(offset),
  payload: { level, message, span_id: spanId, attributes },
});

export const trace = [
  span(1, 'a1', null, 'api-gateway', 'POST /checkout/{order}', 0, 2431.4, 'ERROR', { 'http.response.status_code': 500 }),
  log(1, 'a1', 'api-gateway', 'INFO', 'Checkout initiated', 1.2, { order_id: 'o-1138' }),
  span(2, 'a2', 'a1', 'cart-service', 'GET /cart/{id}', 6.1, 18.4),
  span(3, 'a3', 'a1', 'payment-service', 'POST /pay/{order}', 31.9, 2387.2, 'ERROR'),
  log(2, 'a3', 'payment-service', 'INFO', 'Reserving stock before the charge', 34.2),
  span(4, 'a4', 'a3', 'inventory-service', 'GET /inventory/{item}', 48.8, 2351.9, 'ERROR', { 'item.id': 'item-123' }),
  span(5, 'a5', 'a4', 'inventory-service', 'SELECT stock', 51.3, 2345.1, 'ERROR', {
    'db.system.name': 'postgresql',
    'db.query.text': 'select quantity from stock where item = ? for update',
  }),
  log(3, 'a5', 'inventory-service', 'WARN', 'Connection pool at 20/20, 14 waiting', 1204.4),
  log(6, 'a5', 'inventory-service', 'ERROR', 'Timed out after 2000 ms waiting for a connection from the pool', 2396.8, {
    'exception.type': 'java.sql.SQLTransientConnectionException',
    'exception.stacktrace':
      'java.sql.SQLTransientConnectionException: pool - Connection is not available\n\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)\n\tat shop.inventory.StockRepository.lock(StockRepository.java:41)',
  }),
  log(4, 'a3', 'payment-service', 'ERROR', 'Stock could not be reserved: 503 from inventory-service', 2404.0),
  log(5, 'a1', 'api-gateway', 'ERROR', HOSTILE, 2429.7),
  span(6, 'a6', 'gone', 'notification-service', 'send order-failed mail', 2418.0, 12.6),
];

/** What an incident keeps: a log of its trace, and a metric that belongs to none. */
export const METRIC = '44444444-0000-4000-8000-000000000001';

const metric = (id, value, offset) => ({
  id,
  signal_type: 'metric',
  trace_id: null,
  service_name: 'inventory-service',
  timestamp: at(offset),
  payload: { metric_name: 'db.client.connection.count', value, unit: '{connection}', attributes: { state: 'used' } },
});

export const evidence = [metric(METRIC, 20, 1100), metric('44444444-0000-4000-8000-000000000002', 20, 2100), trace.find((signal) => signal.id === LOST_LOG)];

export const channels = [
  { id: 'c1', name: 'on call', kind: 'slack', enabled: true, target: 'https://hooks.slack.com', circuit: 'closed', pending: 0, failed: 1, last_error: 'HTTP 500', last_sent_at: at(3000) },
];

export const deliveries = [
  { id: 'd1', channel_name: 'on call', kind: 'slack', type: 'incident.opened', incident_id: INCIDENT, incident_title: HOSTILE, state: 'failed', attempts: 9, created_at: at(2700), last_detail: 'HTTP 500' },
];

const severityOf = { critical: 0, high: 0, medium: 0 };

export const incidents = [
  incident(INCIDENT, 'critical', 'Inventory answers too late: connection pool exhausted', TRACE, 41, [
    'inventory-service',
    'payment-service',
    'api-gateway',
  ]),
  incident(INCONCLUSIVE, 'high', 'recommendation-service: upstream reset without response', 'req-1a2b3c4d', 3, [
    'recommendation-service',
  ]),
  incident(PENDING, 'high', HOSTILE, 'req-00ff00ff', 2, ['search-service']),
  incident('5a1b2c3d-0000-4000-8000-000000000001', 'medium', 'cart-service: p95 of GET /cart/{id} 4 times its usual', null, 128, [
    'cart-service',
  ]),
];

function incident(id, severity, title, traceId, count, services) {
  severityOf[severity]++;
  return {
    id,
    trace_id: traceId,
    status: 'open',
    severity,
    detected_at: at(2600),
    resolved_at: null,
    affected_services: services,
    error_count: count,
    title,
    first_seen: at(1204.4),
    last_seen: at(80_000),
    version: 3,
    state: 'open',
    revision: 0,
    assignee: null,
    members: services.map((service, index) => ({
      subject_kind: traceId ? 'trace' : 'observation',
      subject: traceId ?? 'f1',
      service,
      title,
      severity,
      reason: index === 0 ? 'first of the incident' : 'same trace',
    })),
    seen_before:
      traceId === TRACE
        ? [
            {
              id: INCONCLUSIVE,
              title: 'Inventory answers too late',
              detected_at: at(-86_400_000 * 3),
              resolved_at: at(-86_400_000 * 3 + 1_200_000),
              state: 'resolved',
              shared_problems: 2,
              resolved_by: 'night shift',
              note: 'Pool size raised from 10 to 20.',
            },
          ]
        : [],
    timeline: [
      { at: at(-600_000), kind: 'change', what: 'version 4.2.0 -> 4.2.1', service: services[0], link: 'javascript:alert(1)' },
      ...services.map((service, index) => ({ at: at(2396.8 + index * 8), kind: 'problem', what: title, service })),
      { at: at(2600), kind: 'action', what: 'opened', actor: 'whence' },
      { at: at(4100), kind: 'analysis', what: 'cause found' },
    ],
    problems: services.map((service, index) => ({
      service,
      title:
        ['Timed out after <*> ms waiting for a connection', 'Stock could not be reserved: <*>', 'Checkout failed'][index] ?? title,
      severity,
      signals: [18, 12, 11][index] ?? count,
      first_seen: at(2396.8 + index * 8),
      last_seen: at(80_000),
      reason: index === 0 ? undefined : 'called the service above on the same trace',
    })),
    traces: traceId === TRACE ? [TRACE, 'aaaabbbbccccdddd0000111122223333', '99990000aaaabbbbccccdddd11112222'].map((id) => ({ trace_id: id, signal_count: 6 })) : [],
    events: [{ at: at(2600), change: 'opened', version: 1, actor: 'whence', comment: null }],
  };
}

export const analyses = {
  [INCIDENT]: {
    id: '33333333-0000-4000-8000-000000000001',
    incident_id: INCIDENT,
    root_cause: '# Root cause\nThe connection pool of inventory-service is exhausted.',
    confidence_score: 88,
    evidence_signals: [LOST_LOG],
    ai_explanation: {
      full_report:
        '# Root cause\nThe connection pool of inventory-service is exhausted: SELECT stock waited 2,345 ms of the 2,431 ms that the checkout took.\n\n## Cascade\ninventory-service -> payment-service -> api-gateway',
      verdict: 'CONCLUSIVE',
      hypotheses: [
        {
          rank: 1,
          service: 'inventory-service',
          operation: 'SELECT stock',
          score: 3.42,
          statement: 'inventory-service has no free database connection: SELECT stock waited 2 s for the pool and gave up.',
          evidence: [
            {
              kind: 'deepest_failure',
              statement: 'SELECT stock is the deepest failed span of the trace; everything above it only passes the failure on.',
              signal_ids: ['22222222-0000-4000-8000-000000000005'],
              trace_id: TRACE,
            },
            {
              kind: 'error_onset',
              statement: 'Its error came first, 7 ms before that of payment-service.',
              signal_ids: [LOST_LOG, '11111111-0000-4000-8000-000000000004'],
              trace_id: TRACE,
            },
            {
              kind: 'resource',
              statement: 'db.client.connection.count 6 -> 20',
              strength: 4.2,
              signals: [METRIC],
            },
          ],
        },
        {
          rank: 2,
          service: 'payment-service',
          operation: 'POST /pay/{order}',
          score: 0.61,
          statement: 'payment-service fails, but only after the call it makes has failed.',
          evidence: [
            {
              kind: 'error_onset',
              statement: 'First error 7 ms after that of inventory-service.',
              signal_ids: ['11111111-0000-4000-8000-000000000004'],
              trace_id: TRACE,
            },
          ],
        },
      ],
      ranking: [
        { service: 'inventory-service', level: 'service', score: 3.42 },
        { service: 'payment-service', level: 'service', score: 0.61 },
      ],
      without: [
        { evidence: 'PATH', ranking: [{ service: 'payment-service', level: 'service', score: 0.61 }, { service: 'inventory-service', level: 'service', score: 0.5 }] },
        { evidence: 'RESOURCE', ranking: [{ service: 'inventory-service', level: 'service', score: 2.1 }] },
      ],
      window: { start: at(1100), end: at(80_000), reference_minutes: 16 },
      path: [
        { from: 'inventory-service', to: 'payment-service', statement: 'GET /inventory/{item} failed for payment-service 18 of 18 times.', first_seen: at(2397), signals: [LOST_LOG] },
        { from: 'payment-service', to: 'api-gateway', statement: 'POST /pay/{order} failed for api-gateway.', first_seen: at(2404) },
      ],
      blast_radius: {
        services: ['api-gateway', 'payment-service', 'inventory-service', 'notification-service'],
        operations: ['POST /checkout/{order}'],
        traces: 3,
        calls: [
          { caller: 'api-gateway', callee: 'payment-service' },
          { caller: 'payment-service', callee: 'inventory-service' },
          { caller: 'api-gateway', callee: 'notification-service' },
        ],
      },
      timeline: [{ at: at(1100), what: 'db.client.connection.count 6 -> 20', service: 'inventory-service', kind: 'anomaly', signals: [METRIC] }],
      ruled_out: [
        { service: 'api-gateway', reason: 'Own time 12 ms, as in the hour before; fails with the answer of payment-service.' },
        { service: 'cart-service', reason: 'On the trace, answered in 18 ms without an error.' },
      ],
    },
    generated_at: at(4100),
  },
  [INCONCLUSIVE]: {
    id: '33333333-0000-4000-8000-000000000002',
    incident_id: INCONCLUSIVE,
    root_cause: 'Three error logs of one service; no span, no earlier error.',
    confidence_score: 20,
    evidence_signals: [],
    ai_explanation: {
      full_report: 'Three error logs of one service; no span, no earlier error.',
      verdict: 'INCONCLUSIVE',
      hypotheses: [
        {
          rank: 1,
          service: 'recommendation-service',
          score: 0.2,
          statement: 'Only recommendation-service reports errors, and nothing says what it called.',
          evidence: [{ kind: 'error_onset', statement: 'Three errors within 2 s.', signal_ids: [] }],
        },
      ],
    },
    generated_at: at(5100),
  },
};
