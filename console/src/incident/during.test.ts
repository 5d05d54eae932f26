import { expect, test } from 'vitest';
import { affectedQuery, duringOf } from './during';

test('the time of an incident is told with some minutes around it', () => {
  expect(duringOf({ detected_at: '2026-01-01T00:10:00Z', first_seen: '2026-01-01T00:09:00Z', last_seen: '2026-01-01T00:30:00Z' })).toEqual({ from: '2026-01-01T00:04:00.000Z', to: '2026-01-01T00:35:00.000Z' });
  expect(duringOf({ detected_at: '2026-01-01T00:10:00Z' })).toEqual({ from: '2026-01-01T00:05:00.000Z', to: '2026-01-01T00:15:00.000Z' });
});

test('the affected services are asked for, unless they are many', () => {
  expect(affectedQuery({ affected_services: ['cart'] })).toBe('service:cart');
  expect(affectedQuery({ affected_services: ['cart', 'front end'] })).toBe('service:(cart OR "front end")');
  expect(affectedQuery({ affected_services: ['a', 'b', 'c', 'd', 'e', 'f'] })).toBe('');
});
