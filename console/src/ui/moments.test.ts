import { expect, test } from 'vitest';
import { fromInput, toInput } from './moments';

test.each(['utc', 'local'] as const)('a moment goes into an input in %s and comes back', (zone) => {
  const at = '2026-03-04T05:06:07.000Z';
  expect(fromInput(toInput(at, zone), zone)).toBe(at);
});

test('in UTC an input shows what the moment says', () => {
  expect(toInput('2026-03-04T05:06:07.890Z', 'utc')).toBe('2026-03-04T05:06:07');
  expect(fromInput('nonsense', 'utc')).toBeUndefined();
});
