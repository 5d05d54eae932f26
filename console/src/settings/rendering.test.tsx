import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import type { ApiKey, AuditEntry } from '../api/accounts';
import { AuditRow } from './Audit';
import { KeyRow } from './Keys';

const HOSTILE = '<script>alert(1)</script>';
const NOW = Date.parse('2026-01-02T00:00:00Z');

const markup = (element: React.ReactNode) =>
  renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>{element}</MemoryRouter>
    </QueryClientProvider>,
  );

const key: ApiKey = {
  id: 1,
  project_id: 1,
  name: HOSTILE,
  prefix: 'abc',
  scopes: ['ingest', 'read'],
  requests_per_minute: 1200,
  created_at: '2026-01-01T00:00:00Z',
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
};

test('a key tells what it may, its quota and its use', () => {
  const html = markup(<KeyRow apiKey={key} now={NOW} />);
  expect(html).not.toContain(HOSTILE);
  expect(html).toContain('ingest, read');
  expect(html).toContain('1,200 requests a minute');
  expect(html).toContain('never used');
  expect(html).toContain('rotate');
});

test('of a key that is revoked nothing can be changed', () => {
  const html = markup(<KeyRow apiKey={{ ...key, revoked_at: '2026-01-01T12:00:00Z', requests_per_minute: null }} now={NOW} />);
  expect(html).toContain('no quota of its own');
  expect(html).not.toContain('<button');
});

test('whatever somebody did is text', () => {
  const entry: AuditEntry = {
    id: 1,
    at: '2026-01-01T00:00:00Z',
    project_id: 2,
    actor: { kind: 'key', id: null, name: HOSTILE },
    action: 'key.revoked',
    object: { kind: 'key', id: HOSTILE },
    details: { name: HOSTILE, from: 7, empty: '' },
  };
  const html = markup(<AuditRow entry={entry} onActor={() => {}} />);
  expect(html).not.toContain(HOSTILE);
  expect(html).toContain('project 2');
  expect(html).toContain(' · from: 7');
  expect(html).not.toContain('empty');
});
