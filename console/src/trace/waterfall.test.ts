import { expect, test } from 'vitest';
import type { Signal } from '../api/types';
import { log, span } from './sample';
import { waterfallOf } from './waterfall';

const names = (signals: Signal[]) => waterfallOf(signals).bars.map((bar) => '  '.repeat(bar.depth) + bar.spanId);

test('children stand below their parent, siblings by start, whatever the order of arrival', () => {
  const spans = [span('d', 'b', 30, 5), span('c', 'a', 50, 5), span('a', null, 0, 100), span('b', 'a', 10, 30)];
  expect(names(spans)).toEqual(['a', '  b', '    d', '  c']);
});

test('a span whose parent never arrived is shown and said to be an orphan', () => {
  const [bar] = waterfallOf([span('a', 'gone', 0, 1)]).bars;
  expect(bar).toMatchObject({ depth: 0, orphan: true });
});

test('spans that are each other’s parents are shown, not looped over', () => {
  expect(names([span('a', 'b', 0, 1), span('b', 'a', 1, 1), span('c', 'c', 2, 1)])).toHaveLength(3);
});

test('two spans with one id are both shown, and its children once', () => {
  expect(names([span('a', null, 0, 9), span('a', null, 1, 8), span('b', 'a', 2, 1)])).toEqual(['a', '  b', 'a']);
});

test('a chain of 20,000 spans does not exhaust the stack', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => span(`s${i}`, i === 0 ? null : `s${i - 1}`, i, 1));
  expect(waterfallOf(chain).bars.at(-1)?.depth).toBe(19_999);
});

test('the failure’s source is the failed span below which nothing failed', () => {
  const spans = [span('a', null, 0, 9, { status: 'ERROR' }), span('b', 'a', 1, 7, { status: 'error' }), span('c', 'b', 2, 1)];
  expect(waterfallOf(spans).bars.filter((bar) => bar.source).map((bar) => bar.spanId)).toEqual(['b']);
});

test('logs hang on their span and keep the order that microseconds tell', () => {
  const signals = [
    span('a', null, 0, 9),
    log('a', '2026-01-01T00:00:00.002900Z'),
    log('a', '2026-01-01T00:00:00.002100Z'),
    log(undefined, '2026-01-01T00:00:00.001Z'),
  ];
  const waterfall = waterfallOf(signals);
  expect(waterfall.bars[0]?.logs.map((event) => event.timestamp.slice(-8))).toEqual(['002100Z', '002900Z']
    .map((end) => `.${end}`));
  expect(waterfall.events).toHaveLength(3);
});

test('a trace without spans still has its events, and a length', () => {
  const waterfall = waterfallOf([log('x', '2026-01-01T00:00:00Z')]);
  expect(waterfall).toMatchObject({ bars: [] });
  expect(waterfall.length).toBeGreaterThan(0);
});

test('values of the wrong type do no harm', () => {
  const broken = { ...span('a', null, 0, 1), payload: { span_id: 7, duration_ms: 'soon', status: null, name: {} } };
  expect(waterfallOf([broken as Signal]).bars[0]).toMatchObject({ duration: 0, failed: false, spanId: '7' });
});

test('each span knows its parent’s row and how many rows stand below it', () => {
  const bars = waterfallOf([span('a', null, 0, 9), span('b', 'a', 1, 5), span('c', 'b', 2, 1), span('d', 'a', 7, 1), span('e', null, 8, 1)]).bars;
  expect(bars.map(({ spanId, parent, size, children }) => [spanId, parent, size, children])).toEqual([
    ['a', -1, 4, 2],
    ['b', 0, 2, 1],
    ['c', 1, 1, 0],
    ['d', 0, 1, 0],
    ['e', -1, 1, 0],
  ]);
});

test('a failure is seen from above it, also where what is between did not fail', () => {
  const bars = waterfallOf([span('a', null, 0, 9), span('b', 'a', 1, 5), span('c', 'b', 2, 1, { status: 'ERROR' }), span('d', 'a', 7, 1)]).bars;
  expect(bars.map((bar) => bar.failedBelow)).toEqual([true, true, false, false]);
});

test('parents that never came are counted once each, with those that name them', () => {
  const { lost } = waterfallOf([span('a', 'x', 0, 1), span('b', 'x', 1, 1), span('c', 'y', 2, 1), span('d', 'c', 2, 1)]);
  expect([...lost]).toEqual([
    ['x', 2],
    ['y', 1],
  ]);
});

test('fifty thousand spans are laid out well within a second', () => {
  const spans = Array.from({ length: 50_000 }, (_, i) => span(`s${i}`, i === 0 ? null : `s${Math.floor((i - 1) / 5)}`, i / 10, 5));
  const began = performance.now();
  expect(waterfallOf(spans).bars).toHaveLength(50_000);
  expect(performance.now() - began).toBeLessThan(3000);
});

test('a clock an hour behind neither hides the trace nor stretches it', () => {
  const hour = 3_600_000;
  const spans = [span('a', null, hour, 100, { service: 'shop' }), span('b', 'a', 10, 40, { service: 'stock' }), span('c', 'b', 20, 10, { service: 'stock' })];
  const corrected = waterfallOf(spans);
  expect(corrected.length).toBe(100);
  expect(corrected.bars.map(({ start, moved }) => [start, moved])).toEqual([
    [0, 0],
    [30, hour + 20],
    [40, hour + 20],
  ]);
  expect(waterfallOf(spans, false).length).toBe(hour + 90);
});

test('a server that seems to begin after the call was over is moved into it, late work of a consumer is not', () => {
  const call = span('a', null, 0, 100, { service: 'shop', kind: 'client' });
  const after = (kind: string) => waterfallOf([call, span('b', 'a', 5000, 20, { service: 'stock', kind })]).bars[1]!.start;
  expect(after('server')).toBe(40);
  expect(after('consumer')).toBe(5000);
});
