import { expect, test } from 'vitest';
import type { StageTrend } from '../api/runs';
import { barsOf, driftsOf, range } from './trend';

const band = (low: number, high: number) => ({ median: (low + high) / 2, low, high, values: 11 });

const stage = (more: Partial<StageTrend>): StageTrend => ({
  name: 'price',
  type: 'filter',
  runs: 12,
  input: null,
  output: band(34, 48),
  drop_rate: band(0.54, 0.64),
  cost: band(-0.001, 0.002),
  seconds: band(0.8, 1.2),
  drop_rates: [0.99, null, 0.58],
  latest: { input_count: 100, output_count: 1, drop_rate: 0.99, cost: 0.5, seconds: 3, rejections: {} },
  rejections: {},
  drifts: [],
  ...more,
});

test('each drift is named in words with what is usual', () => {
  expect(driftsOf(stage({ drifts: ['drop_rate', 'output', 'cost', 'seconds', 'token_count'] }))).toEqual([
    'dropped 99 %, usually 54 % to 64 %',
    'left 1, usually 34 to 48',
    'cost 0.5, usually 0 to 0.002',
    'took 3.00 s, usually 800 ms to 1.20 s',
    'left what is usual for token count',
  ]);
  expect(driftsOf(stage({ drifts: ['missing'], latest: null }))).toEqual(['is missing, though 12 earlier runs have it']);
});

test('bars begin with the oldest run, and those outside the band are marked', () => {
  expect(barsOf(stage({}))).toEqual([
    { index: 2, rate: 0.58, outside: false },
    { index: 1, rate: null, outside: false },
    { index: 0, rate: 0.99, outside: true },
  ]);
  expect(barsOf(stage({ drop_rate: null })).some((bar) => bar.outside)).toBe(false);
});

test('a band is told within what can be', () => {
  expect(range(band(0.97, 1.07), (share) => `${share}`, 1)).toBe('0.97 to 1');
  expect(range(band(2, 2), String)).toBe('2');
  expect(range(null, String)).toBe('–');
});
