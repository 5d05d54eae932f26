// The built console beside a query API that answers from fixtures, with the gateway's content security policy.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyses, incidents, STRANGE, trace, TRACE } from './fixtures.mjs';

const ROOT = fileURLToPath(new URL('../target/classes/static/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
// The same text as in the gateway's ConsolePolicy.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** @param state what the API answers: `empty`, `down` and `locked` are switches a test may flip. */
export async function startServer(state = { empty: false, down: false, locked: false }) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    (url.pathname.startsWith('/query/') ? answer(url, request, response, state) : page(url, response)).catch((failure) => {
      response.writeHead(500).end(String(failure));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, state, close: () => server.close() };
}

async function answer(url, request, response, state) {
  const json = (status, body) =>
    response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(body));
  if (state.down) return json(503, { code: 'dependency-unavailable', detail: "The service 'query' did not answer lately; try again soon.", traceId: 'abc-123' });
  if (state.locked && request.headers['x-api-key'] !== 'secret') return json(401, { code: 'unauthenticated', detail: 'Send a key.' });
  const [, , what, id, part] = url.pathname.split('/');
  if (what === 'signals') return json(200, pageOf(state.empty ? [] : [...trace].reverse(), url, state.empty ? 0 : 48_213));
  if (what === 'traces') return json(200, decodeURIComponent(id) === TRACE ? trace : []);
  if (part === 'analysis') return analyses[id] ? json(200, analyses[id]) : json(404, { detail: 'Analysis not found for this incident' });
  if (id === STRANGE) return json(200, { id, title: 'x', affected_services: 7 });
  if (id) {
    const found = incidents.find((incident) => incident.id === id);
    return found ? json(200, found) : json(404, { code: 'not-found', detail: 'There is no such incident.' });
  }
  const severity = url.searchParams.get('severity');
  return json(200, pageOf(state.empty ? [] : incidents.filter((incident) => !severity || incident.severity === severity), url));
}

function pageOf(items, url, total = items.length) {
  const limit = Number(url.searchParams.get('limit'));
  const offset = Number(url.searchParams.get('offset'));
  return { items: items.slice(offset, offset + limit), total, limit, offset };
}

async function page(url, response) {
  const asset = extname(url.pathname) ? normalize(url.pathname) : '/index.html';
  try {
    const body = await readFile(join(ROOT, asset));
    response.writeHead(200, { 'content-type': TYPES[extname(asset)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}
