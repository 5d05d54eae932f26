import { expect, test } from 'vitest';
import { compareTraces } from './compareTraces';
import { operationsOf } from './operations';
import { span } from './sample';
import { waterfallOf } from './waterfall';

const call = (id: string, parent: string | null, name: string, took: number, status = 'OK', start = 0) => span(id, parent, start, took, { service: 'shop', name, status });
const compared = (before: ReturnType<typeof call>[], after: ReturnType<typeof call>[]) =>
  compareTraces(waterfallOf(before).bars, waterfallOf(after).bars).map(({ operation, depth, change, failure }) => `${'  '.repeat(depth)}${operation} ${change}${failure ? `, failure ${failure}` : ''}`);

test('two traces are compared by the way that leads to each operation, not by span ids', () => {
  const before = [call('1', null, 'pay', 100), call('2', '1', 'lock', 10), call('3', '1', 'mail', 5)];
  const after = [call('a', null, 'pay', 400), call('b', 'a', 'lock', 300, 'ERROR'), call('c', 'b', 'retry', 90)];
  expect(compared(before, after)).toEqual(['pay slower', '  lock slower, failure new', '    retry new', '  mail gone']);
});

test('an operation called often is one row, and its average is compared', () => {
  const loop = (took: number) => [call('1', null, 'list', 100), ...[1, 2, 3].map((n) => call(`r${n}`, '1', 'read', took, 'OK', n))];
  const [, row] = compareTraces(waterfallOf(loop(10)).bars, waterfallOf(loop(20)).bars);
  expect(row).toMatchObject({ before: { spans: 3, mean: 10 }, after: { spans: 3, mean: 20 }, change: 'slower' });
});

test('what differs by less than a quarter or a millisecond is the same', () => {
  expect(compared([call('1', null, 'pay', 100)], [call('1', null, 'pay', 120)])).toEqual(['pay same']);
  expect(compared([call('1', null, 'pay', 0.2)], [call('1', null, 'pay', 0.9)])).toEqual(['pay same']);
});

test('the same operation below another parent is another one', () => {
  const before = [call('1', null, 'a', 1), call('2', '1', 'read', 1)];
  const after = [call('1', null, 'b', 1), call('2', '1', 'read', 1)];
  expect(compared(before, after)).toEqual(['a gone', '  read gone', 'b new', '  read new']);
});

test('an operation’s own time is what no child covers, and children at once cover it once', () => {
  const { bars } = waterfallOf([span('a', null, 0, 100), span('b', 'a', 10, 40), span('c', 'a', 30, 40), span('d', 'a', 90, 50)]);
  expect(operationsOf(bars).map(({ operation, own }) => [operation, own])).toEqual([
    ['op d', 50],
    ['op b', 40],
    ['op c', 40],
    ['op a', 30],
  ]);
});
