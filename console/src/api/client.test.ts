import { expect, test } from 'vitest';
import { advice } from '../ui/Failure';
import { problemOf } from './client';

test('a problem keeps what it says', async () => {
  const body = JSON.stringify({ code: 'overloaded', detail: 'Full.', traceId: 't1' });
  const problem = await problemOf(new Response(body, { status: 503 }));
  expect(problem).toMatchObject({ status: 503, code: 'overloaded', message: 'Full.', traceId: 't1', passing: true });
});

test('an answer that is no problem still becomes one', async () => {
  const response = new Response('<html>', { status: 502, headers: { 'x-correlation-id': 'c1' } });
  expect(await problemOf(response)).toMatchObject({ code: 'http-502', message: 'The server answered 502.', traceId: 'c1' });
});

test('details that are not text are not shown', async () => {
  const response = new Response(JSON.stringify({ detail: [{ loc: ['body'] }] }), { status: 422 });
  expect(await problemOf(response)).toMatchObject({ message: 'The server answered 422.', passing: false });
});

test.each([0, 404, 429, 503, 418])('status %s comes with advice', async (status) => {
  const problem = await problemOf(new Response('{}', { status: status || 599 }));
  expect(advice(Object.assign(problem, { status }))).toMatch(/\w{3}/);
});
