import { expect, test } from 'vitest';
import type { Comparison, Run, Side } from '../api/runs';
import { changeOf, rowsOf, sentencesOf } from './comparison';

const side = (more: Partial<Side> = {}): Side => ({ input_count: 100, output_count: 41, drop_rate: 0.59, cost: 0.01, seconds: 1, rejections: {}, ...more });

const comparison = (...steps: Comparison['steps']): Comparison => ({ before: {} as Run, after: {} as Run, steps });

test('a difference says its direction in a sign and a word', () => {
  expect(changeOf(41, 1, 'count')).toMatchObject({ direction: 'down', notable: true, text: '▼ 40 less' });
  expect(changeOf(0.59, 0.99, 'rate')).toMatchObject({ direction: 'up', notable: true, text: '▲ 40 points more' });
  expect(changeOf(0.01, 0.03, 'cost').text).toBe('▲ 0.02 more');
  expect(changeOf(1, 1.05, 'seconds')).toMatchObject({ notable: false, text: '▲ 50 ms more' });
  expect(changeOf(0.1 + 0.2, 0.3, 'cost')).toMatchObject({ direction: 'same', notable: false, text: 'same' });
  expect(changeOf(null, 3, 'count')).toMatchObject({ direction: 'unknown', notable: false, text: '' });
});

test('small differences are shown and not marked', () => {
  expect(changeOf(0.5, 0.54, 'rate').notable).toBe(false);
  expect(changeOf(100, 115, 'count').notable).toBe(false);
  expect(changeOf(0, 1, 'count').notable).toBe(true);
});

test('a reason that one run does not name was counted zero times there', () => {
  const [row] = rowsOf(
    comparison({ name: 'price', type: 'filter', before: side({ rejections: { dear: 59 } }), after: side({ rejections: { dear: 58, rating: 41 } }) }),
  );
  expect(row?.rejections.map(({ reason, change }) => [reason, change.before, change.after])).toEqual([
    ['rating', 0, 41],
    ['dear', 59, 58],
  ]);
});

test('what differs is told in sentences, and what does not is not', () => {
  const rows = rowsOf(
    comparison(
      { name: 'find', type: 'retrieval', before: side(), after: side() },
      { name: 'price', type: 'filter', before: side(), after: side({ output_count: 1, drop_rate: 0.99, seconds: 4 }) },
      { name: 'rerank', type: 'llm', before: null, after: side() },
      { name: 'dedupe', type: 'filter', before: side({ rejections: { twin: 2 } }), after: null },
    ),
  );
  expect(rows.map((row) => row.notable)).toEqual([false, true, true, true]);
  expect(rows[3]?.rejections[0]?.change).toMatchObject({ before: 2, after: null });
  expect(sentencesOf(rows)).toEqual([
    '“price” drops 99 % instead of 59 %, takes 4.00 s instead of 1.00 s.',
    '“rerank” is a step of this run only.',
    '“dedupe” is a step of the other run only.',
  ]);
});
