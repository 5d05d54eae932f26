import { expect, test } from 'vitest';
import type { Signal } from '../api/types';
import { waterfallOf } from './waterfall';

const BASE = Date.parse('2026-01-01T00:00:00Z');

function span(id: string, parent: string | null, start: number, took: number, status = 'OK'): Signal {
  return {
    id: `signal-${id}`,
    signal_type: 'trace',
    trace_id: 't',
    service_name: `service-${id}`,
    timestamp: new Date(BASE + start).toISOString(),
    payload: { span_id: id, parent_span_id: parent, name: `op ${id}`, duration_ms: took, status },
  };
}

function log(spanId: string | undefined, at: string): Signal {
  return {
    id: `log-${at}`,
    signal_type: 'log',
    trace_id: 't',
    service_name: 's',
    timestamp: at,
    payload: { span_id: spanId, level: 'INFO', message: 'm' },
  };
}

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
  const spans = [span('a', null, 0, 9, 'ERROR'), span('b', 'a', 1, 7, 'error'), span('c', 'b', 2, 1, 'OK')];
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
