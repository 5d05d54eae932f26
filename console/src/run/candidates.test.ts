import { expect, test } from 'vitest';
import type { Step } from '../api/runs';
import { candidatesOf } from './candidates';

const step = (more: Partial<Step>): Step => ({
  id: 's',
  run_id: 'r',
  name: 'rank',
  type: 'filter',
  status: 'COMPLETED',
  inputs: null,
  outputs: null,
  metadata: null,
  reasoning: null,
  cost: 0,
  started_at: null,
  completed_at: null,
  error: null,
  ...more,
});

test('the list of all candidates is believed before the lists of some', () => {
  const found = candidatesOf(
    step({
      outputs: { survivors: ['b'] },
      metadata: {
        candidates: [
          { id: 'a', selected: false, reason: 'dear', score: 0.2, rank: 9 },
          { id: 'b', selected: true },
        ],
      },
    }),
  );
  expect(found).toEqual({
    listed: [
      { id: 'a', label: 'a', rank: 9, score: 0.2, selected: false, reason: 'dear' },
      { id: 'b', label: 'b', rank: 2, score: null, selected: true, reason: null },
    ],
    sampled: false,
    sampledOf: null,
  });
});

test('the kept and the dropped are one list', () => {
  const { listed } = candidatesOf(step({ outputs: { survivors: ['a', 7], rejected: [{ doc_id: 'c', reason: 'old' }] } }));
  expect(listed.map(({ id, selected, reason }) => [id, selected, reason])).toEqual([
    ['a', true, null],
    ['7', true, null],
    ['c', false, 'old'],
  ]);
});

test('a candidate without an id can be read but not followed', () => {
  const { listed } = candidatesOf(step({ outputs: { items: [{ asin: 'x' }, null, ['y']] } }));
  expect(listed.map(({ id, label }) => [id, label])).toEqual([
    [null, '{"asin":"x"}'],
    [null, 'null'],
    [null, '["y"]'],
  ]);
});

test('a sample says how many there were, whoever took it', () => {
  const here = candidatesOf(step({ outputs: { survivors: ['a'], rejected: ['b', 'c'] }, sampled: { 'outputs.survivors': 5000 } }));
  expect([here.sampled, here.sampledOf]).toEqual([true, 5002]);
  const client = candidatesOf(step({ metadata: { candidates: ['a'], candidates_sampled: true, total_count: 900 } }));
  expect([client.sampled, client.sampledOf]).toEqual([true, 900]);
  const other = candidatesOf(step({ outputs: { items: ['a'] }, sampled: { 'inputs.items': 5000 } }));
  expect(other.sampled).toBe(false);
});

test('lists that are no lists name nobody', () => {
  for (const outputs of [null, 'x', 7, [], { survivors: '[<Product>]' }, { candidates: { a: 1 } }]) {
    expect(candidatesOf(step({ outputs })).listed).toEqual([]);
  }
});
