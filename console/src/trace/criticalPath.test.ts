import { expect, test } from 'vitest';
import type { Signal } from '../api/types';
import { criticalPath, sharesOf } from './criticalPath';
import { span } from './sample';
import { waterfallOf } from './waterfall';

function pathOf(signals: Signal[]) {
  const { bars } = waterfallOf(signals);
  return criticalPath(bars, 0).map(({ row, start, end }) => [bars[row]!.spanId, start, end]);
}

test('a span without children is its own path', () => {
  expect(pathOf([span('a', null, 0, 10)])).toEqual([['a', 0, 10]]);
});

test('of children at the same time the one that finished last counts, and before it began the parent itself', () => {
  expect(pathOf([span('a', null, 0, 100), span('b', 'a', 10, 30), span('c', 'a', 20, 70)])).toEqual([
    ['a', 90, 100],
    ['c', 20, 90],
    ['a', 0, 20],
  ]);
});

test('calls one after the other are all on it, with the pauses between them', () => {
  expect(pathOf([span('a', null, 0, 100), span('b', 'a', 10, 30), span('c', 'a', 50, 40), span('d', 'c', 60, 10)])).toEqual([
    ['a', 90, 100],
    ['c', 70, 90],
    ['d', 60, 70],
    ['c', 50, 60],
    ['a', 40, 50],
    ['b', 10, 40],
    ['a', 0, 10],
  ]);
});

test('a child that outlives its parent counts up to the parent’s end, one that begins after it not at all', () => {
  expect(pathOf([span('a', null, 0, 100), span('b', 'a', 50, 500), span('c', 'a', 200, 10)])).toEqual([
    ['b', 50, 100],
    ['a', 0, 50],
  ]);
});

test('the stretches of any trace add up to the root’s duration and never overlap', () => {
  // A fixed sequence, so that a failure can be seen again.
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 50; round++) {
    const spans = Array.from({ length: 200 }, (_, i) => span(`s${i}`, i === 0 ? null : `s${Math.floor(random() * i)}`, i === 0 ? 0 : Math.floor(random() * 900), i === 0 ? 1000 : Math.floor(random() * 400)));
    const { bars } = waterfallOf(spans, false);
    const path = criticalPath(bars, 0);
    expect(path.reduce((sum, { start, end }) => sum + end - start, 0)).toBeCloseTo(bars[0]!.duration, 6);
    path.slice(1).forEach((stretch, i) => expect(stretch.end).toBeCloseTo(path[i]!.start, 6));
  }
});

test('a chain of 20,000 spans does not exhaust the stack', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => span(`s${i}`, i === 0 ? null : `s${i - 1}`, i, 40_000 - 2 * i));
  const { bars } = waterfallOf(chain);
  expect(criticalPath(bars, 0)).toHaveLength(39_999);
});

test('who the trace waited for is told by operation, longest first', () => {
  const { bars } = waterfallOf([span('a', null, 0, 100), span('b', 'a', 10, 30, { name: 'get', service: 's' }), span('c', 'a', 50, 40, { name: 'get', service: 's' })]);
  expect(sharesOf(bars, criticalPath(bars, 0))).toEqual([
    { service: 's', operation: 'get', took: 70, share: 0.7, row: 2 },
    { service: 'service-a', operation: 'op a', took: 30, share: 0.3, row: 0 },
  ]);
});
