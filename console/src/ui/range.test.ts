import { expect, test } from 'vitest';
import { ALL, lastText, lengthOf, rangeOf, shifted } from './range';

const NOW = Date.parse('2026-01-02T00:00:00Z');

test('the last quarter of an hour ends now', () => {
  expect(rangeOf('15m', null, NOW, '1h')).toEqual({ last: '15m', from: '2026-01-01T23:45:00.000Z', to: '2026-01-02T00:00:00.000Z' });
});

test('two moments are taken as they are, in any zone', () => {
  expect(rangeOf('2026-01-01T01:00:00+01:00', '2026-01-01T02:00:00Z', NOW, '1h')).toEqual({ last: undefined, from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T02:00:00.000Z' });
});

test('a beginning alone lasts until now, also where the end stands before it', () => {
  expect(rangeOf('2026-01-01T00:00:00Z', null, NOW, '1h').to).toBe('2026-01-02T00:00:00.000Z');
  expect(rangeOf('2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z', NOW, '1h').to).toBe('2026-01-02T00:00:00.000Z');
});

test('what cannot be read means what is usual', () => {
  for (const nonsense of [null, '', '0m', '15', 'soon', '99999h']) expect(rangeOf(nonsense, null, NOW, '1h').last).toBe('1h');
});

test('where all the time is usual, nothing in the address means all of it', () => {
  expect(rangeOf(null, null, NOW, ALL)).toEqual({ last: ALL, from: '', to: '' });
  expect(rangeOf('1h', null, NOW, ALL).from).toBe('2026-01-01T23:00:00.000Z');
});

test('ranges have lengths and names', () => {
  expect([lengthOf('15m'), lengthOf('24h'), lengthOf('7d'), lengthOf('1y')]).toEqual([900_000, 86_400_000, 604_800_000, undefined]);
  expect([lastText('15m'), lastText('7d')]).toEqual(['last 15 min', 'last 7 d']);
});

test('a range can be moved by its own length', () => {
  expect(shifted(rangeOf('1h', null, NOW, '1h'), -1)).toEqual({ from: '2026-01-01T22:00:00.000Z', to: '2026-01-01T23:00:00.000Z' });
});
