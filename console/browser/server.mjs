// The built console beside a query API that answers from fixtures, with the gateway's content security policy.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyses, channels, deliveries, evidence, incidents, STRANGE, trace } from './fixtures.mjs';
import { metricNames, metricSeries } from './metrics.mjs';
import { searched } from './search.mjs';
import { ingestHealth, rejected, serviceMap, serviceOf, services, storage } from './services.mjs';
import { traceOf } from './traces.mjs';

const ROOT = fileURLToPath(new URL('../target/classes/static/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
// The same text as in the gateway's ConsolePolicy.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * @param state what the API answers: `empty`, `down` and `locked` are switches a test may flip
 * @param prefix the path before everything, as a proxy would have it that takes it off again
 */
export async function startServer(state = { empty: false, down: false, locked: false }, prefix = '') {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    if (!url.pathname.startsWith(`${prefix}/`)) return void response.writeHead(404).end();
    url.pathname = url.pathname.slice(prefix.length);
    (/^\/(query\/|api\/|runs\b)/.test(url.pathname) ? answer(url, request, response, state) : page(url, response)).catch((failure) => {
      response.writeHead(500).end(String(failure));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, state, close: () => server.close() };
}

async function answer(url, request, response, state) {
  const json = (status, body) =>
    response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(body));
  if (state.down) return json(503, { code: 'dependency-unavailable', detail: "The service 'query' did not answer lately; try again soon", traceId: 'abc-123' });
  if (state.locked && request.headers['x-api-key'] !== 'secret') return json(401, { code: 'unauthenticated', detail: 'Send a key.' });
  // Decision runs have a test of their own, against the real API.
  if (url.pathname === '/runs') return json(200, []);
  const [, , what, id, part] = url.pathname.split('/');
  if (what === 'search') return searched(id, url, request, response, state, json);
  if (what === 'notifications') return json(...(await notifications(url, request, state)));
  if (request.method === 'POST') return json(...(await act(id, part, url, request, state)));
  if (what === 'signals' && url.searchParams.get('service_name')) {
    return json(200, pageOf(evidence.filter((signal) => signal.service_name === url.searchParams.get('service_name')), url));
  }
  if (id === 'facets') return json(200, facets());
  if (id === 'stats') return json(200, { incidents: 4, resolved: 1, mtta: { count: 2, mean_seconds: 61, median_seconds: 61 }, mttr: null });
  if (part === 'evidence') return json(200, evidence);
  if (what === 'signals') return json(200, pageOf(state.empty ? [] : trace.toReversed(), url, state.empty ? 0 : 48_213));
  if (what === 'traces') {
    const found = traceOf(decodeURIComponent(id));
    return response.writeHead(200, { 'content-type': 'application/json', 'x-truncated': String(found.cut) }).end(JSON.stringify(found.signals));
  }
  if (what === 'services') return json(200, services(url, state));
  if (what === 'service') return serviceOf(url) ? json(200, serviceOf(url)) : json(404, { code: 'not-found', detail: 'Service not found' });
  if (what === 'service-map') return json(200, serviceMap(url));
  if (what === 'metrics') return id === 'names' ? json(200, metricNames(url, state)) : metricSeries(url) ? json(200, metricSeries(url)) : json(404, { code: 'not-found', detail: 'Metric not found' });
  if (what === 'storage') return json(200, storage());
  if (what === 'ingest-health') return json(200, ingestHealth(url));
  if (what === 'rejected') return json(200, pageOf(rejected(url), url));
  if (what === 'spans') return url.searchParams.get('span_id') === 'a5' ? json(200, PERCENTILE) : json(404, { code: 'not-found', detail: 'Nothing is known of this span' });
  if (url.searchParams.get('trace_id')) return json(200, pageOf(incidents.filter((incident) => incident.trace_id === url.searchParams.get('trace_id')), url));
  if (part === 'analysis') return analyses[id] ? json(200, analyses[id]) : json(404, { detail: 'Analysis not found for this incident' });
  if (id === STRANGE) return json(200, { id, title: 'x', affected_services: 7 });
  if (id) {
    const found = incidents.find((incident) => incident.id === id);
    return found ? json(200, found) : json(404, { code: 'not-found', detail: 'There is no such incident' });
  }
  const severity = url.searchParams.get('severity');
  return json(200, pageOf(state.empty ? [] : incidents.filter((incident) => !severity || incident.severity === severity), url));
}

const PERCENTILE = { percentile: 0.97, operation: 'SELECT stock', service: 'inventory-service', count: 1234, p50_ms: 4.2, p95_ms: 80, p99_ms: 900, from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' };

/** What people did is kept in the fixtures and in `state.posted`. */
async function act(id, part, url, request, state) {
  let text = '';
  for await (const chunk of request) text += chunk;
  const body = JSON.parse(text);
  (state.posted ??= []).push({ path: url.pathname, body });
  const incident = incidents.find((candidate) => candidate.id === id);
  if (part === 'acknowledge') {
    if (body.expected_revision !== incident.revision) return [409, { code: 'conflict', detail: 'Somebody was faster.' }];
    Object.assign(incident, { state: 'acknowledged', revision: incident.revision + 1 });
  }
  return [200, id === 'bulk' ? { results: body.ids.map((one) => ({ id: one, ok: true })), changed: body.ids.length, unchanged: 0, failed: 0 } : { id, state: incident?.state, changed: true }];
}

async function notifications(url, request, state) {
  const [, , , list, id, part] = url.pathname.split('/');
  if (request.method === 'GET') return [200, { items: { channels, deliveries }[list] ?? [], limit: 50 }];
  let text = '';
  for await (const chunk of request) text += chunk;
  (state.posted ??= []).push({ path: url.pathname, body: text ? JSON.parse(text) : null });
  if (part === 'test') return [200, { outcome: 'failed', detail: 'HTTP 500', response: '<b>no</b>' }];
  if (list === 'channels' && !id) {
    channels.push({ id: 'c2', enabled: true, target: 'https://hooks.example.org', ...JSON.parse(text) });
    return [201, { ...channels.at(-1), secret: 'whsec-0123456789abcdef' }];
  }
  return [202, {}];
}

function facets() {
  const count = (field) => [...new Set(incidents.map((incident) => incident[field]))].map((value) => ({ value, count: incidents.filter((incident) => incident[field] === value).length }));
  return { total: incidents.length, state: count('state'), severity: count('severity'), service: [{ value: 'cart-service', count: 1 }], assignee: [{ value: null, count: 4 }] };
}

function pageOf(items, url, total = items.length) {
  const limit = Number(url.searchParams.get('limit'));
  const offset = Number(url.searchParams.get('offset'));
  return { items: items.slice(offset, offset + limit), total, limit, offset };
}

/** Pages find their files relative to where they stand, as the gateway's ConsoleController has it. */
async function page(url, response) {
  const asset = /^\/(assets\/|favicon)/.test(url.pathname) ? normalize(url.pathname) : '/index.html';
  try {
    let body = await readFile(join(ROOT, asset));
    if (asset === '/index.html') body = String(body).replaceAll('"./', `"${'../'.repeat(url.pathname.split('/').length - 2) || './'}`);
    response.writeHead(200, { 'content-type': TYPES[extname(asset)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}
