import { expect, test } from 'vitest';
import type { Histogram } from '../api/search';
import { columnsOf, timeOf, toneOf } from './histogram';

const histogram: Histogram = {
  bucket_seconds: 60,
  complete: true,
  buckets: [
    { start: '2026-01-01T00:00:00Z', count: 8, series: { INFO: 5, ERROR: 1, WARN: 2 } },
    { start: '2026-01-01T00:01:00Z', count: 4, series: { error: 1, Err: 1 } },
    { start: '2026-01-01T00:02:00Z', count: 0, series: {} },
  ],
};

test('the worst stands at the bottom, and the highest bar has the whole height', () => {
  const [first] = columnsOf(histogram).columns;
  expect(first!.parts).toEqual([
    { tone: 'error', count: 1, from: 0, height: 0.125 },
    { tone: 'warn', count: 2, from: 0.125, height: 0.25 },
    { tone: 'info', count: 5, from: 0.375, height: 0.625 },
  ]);
});

test('names of one severity are one part, and what no series tells is drawn as well', () => {
  expect(columnsOf(histogram).columns[1]!.parts.map(({ tone, count }) => [tone, count])).toEqual([
    ['error', 2],
    ['other', 2],
  ]);
  expect(columnsOf(histogram).totals).toEqual([
    ['error', 3],
    ['warn', 2],
    ['info', 5],
    ['other', 2],
  ]);
});

test('a stretch of bars is a time, whichever way it was drawn', () => {
  expect(timeOf(histogram, 2, 1)).toEqual({ from: '2026-01-01T00:01:00.000Z', to: '2026-01-01T00:03:00.000Z' });
  expect(timeOf(histogram, 0, 9)).toBeUndefined();
});

test.each([
  ['ERROR', 'error'],
  ['error', 'error'],
  ['FATAL', 'fatal'],
  ['Warning', 'warn'],
  ['ok', 'ok'],
  ['TRACE', 'debug'],
  ['', 'other'],
])('%s is drawn as %s', (series, tone) => {
  expect(toneOf(series)).toBe(tone);
});
