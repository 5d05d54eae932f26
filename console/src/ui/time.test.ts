import { expect, test } from 'vitest';
import { ago, clock, duration, moment } from './time';
import { chooseZone } from './zone';

const NOW = Date.parse('2026-01-02T00:00:00Z');

test.each([
  ['2026-01-01T23:59:59.500Z', 'just now'],
  ['2026-01-01T23:59:18Z', '42 s ago'],
  ['2026-01-01T22:55:00Z', '1 h 5 min ago'],
  ['2025-12-30T00:00:00Z', '3 d ago'],
  ['2026-01-02T00:01:00Z', 'in 1 min'],
  ['nonsense', '–'],
])('%s is %s', (then, words) => {
  expect(ago(then, NOW)).toBe(words);
});

test.each([
  [0, '0 ms'],
  [0.25, '250 µs'],
  [3.14, '3.1 ms'],
  [42.6, '43 ms'],
  [2345, '2.35 s'],
  [95_000, '1 min 35 s'],
  [120_000, '2 min'],
])('%s ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('times are written in the chosen zone', () => {
  chooseZone('utc');
  expect([clock('2026-01-02T03:04:05.006Z'), moment('2026-01-02T03:04:05Z'), moment('soon')]).toEqual(['03:04:05.006', '2026-01-02 03:04:05', '–']);
  chooseZone('local');
  const local = new Date('2026-01-02T03:04:05Z');
  expect(clock(local.toISOString())).toBe(`${[local.getHours(), local.getMinutes(), local.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')}.000`);
});
