import { expect, test } from 'vitest';
import { ancestorsOf, collapsible, matchesOf, nextMatch, rowsOf } from './rows';
import { log, span } from './sample';
import { waterfallOf } from './waterfall';

// a > b > (c, d), a > e; and f beside it
const { bars } = waterfallOf([
  span('a', null, 0, 9),
  span('b', 'a', 1, 5),
  span('c', 'b', 2, 1),
  span('d', 'b', 3, 1, { name: 'SELECT stock' }),
  span('e', 'a', 7, 1),
  span('f', null, 8, 1),
  log('e', '2026-01-01T00:00:00.007500Z'),
]);
const names = (rows: number[]) => rows.map((row) => bars[row]!.spanId).join('');

test('what stands below a collapsed span is not drawn, whatever is collapsed inside of it', () => {
  expect(names(rowsOf(bars, undefined, new Set()))).toBe('abcdef');
  expect(names(rowsOf(bars, undefined, new Set(['signal-b'])))).toBe('abef');
  expect(names(rowsOf(bars, undefined, new Set(['signal-a', 'signal-b'])))).toBe('af');
});

test('any span can be the root', () => {
  expect(names(rowsOf(bars, 1, new Set()))).toBe('bcd');
  expect(names(rowsOf(bars, 5, new Set()))).toBe('f');
});

test('the spans above one are known, the nearest first', () => {
  expect(names(ancestorsOf(bars, 3))).toBe('ba');
  expect(ancestorsOf(bars, 0)).toEqual([]);
});

test('collapsing from a depth on leaves what is above it open', () => {
  expect([...collapsible(bars, 1)]).toEqual(['signal-b']);
});

test('a span is found by what it, its service or its logs say, in any case', () => {
  expect(names(matchesOf(bars, 'select STOCK'))).toBe('d');
  expect(names(matchesOf(bars, 'service-c'))).toBe('c');
  expect(names(matchesOf(bars, ' '))).toBe('');
});

test('the search goes round', () => {
  expect([nextMatch([1, 4], 1, 1), nextMatch([1, 4], 4, 1), nextMatch([1, 4], 1, -1), nextMatch([1, 4], 3, -1), nextMatch([], 0, 1)]).toEqual([4, 1, 4, 1, undefined]);
});
