import { expect, test } from 'vitest';
import type { Analysis, Stage, Step } from '../api/runs';
import { funnelOf, reasonsOf, tokensOf, totalTokens } from './funnel';

const stage = (id: string, input: number | null, output: number | null, rate: number | null = null): Stage => ({
  step_id: id,
  step_name: id,
  step_type: 'filter',
  input_count: input,
  output_count: output,
  drop_rate: rate,
  rejection_histogram: null,
  reasoning: null,
  cost: 0,
});

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  run_id: 'r',
  name: id,
  type: 'filter',
  status: 'COMPLETED',
  inputs: null,
  outputs: null,
  metadata: null,
  reasoning: null,
  cost: 0,
  started_at: '2026-03-01T10:00:00Z',
  completed_at: '2026-03-01T10:00:02.5+00:00',
  error: null,
  ...more,
});

const analysis = (...funnel: Stage[]): Analysis => ({ run_id: 'r', run_name: 'search', status: 'COMPLETED', total_cost: 0, funnel, final_output: null });

test('bars are as wide as their counts are of the largest, and the step that dropped most is one', () => {
  const rows = funnelOf(analysis(stage('find', null, 200), stage('price', 200, 50), stage('rank', 50, 1)), [step('price'), step('rank', { status: 'FAILED' })]);
  expect(rows.map((row) => [row.inWidth, row.outWidth])).toEqual([
    [null, 1],
    [1, 0.25],
    [0.25, 0.005],
  ]);
  expect(rows.map((row) => row.dropped)).toEqual([null, 150, 49]);
  expect(rows.filter((row) => row.most).map((row) => row.stage.step_id)).toEqual(['price']);
  expect(rows.map((row) => row.failed)).toEqual([false, false, true]);
  expect(rows.map((row) => row.tookMs)).toEqual([null, 2500, 2500]);
});

test('nothing stands out where nothing was dropped or counted', () => {
  const rows = funnelOf(analysis(stage('a', 0, 0), stage('b', null, null), stage('c', 5, 9)));
  expect(rows.some((row) => row.most)).toBe(false);
  expect(rows.map((row) => row.dropped)).toEqual([0, null, 0]);
  expect(rows.map((row) => row.outWidth)).toEqual([0, null, 1]);
});

test('where only the drop rate is told, it says how many', () => {
  expect(funnelOf(analysis(stage('a', 200, null, 0.9), stage('b', 10, null, 7)))[0]?.dropped).toBe(180);
  expect(funnelOf(analysis(stage('b', 10, null, 7)))[0]?.dropped).toBe(10);
});

test('reasons are in the order of their counts, whatever else the histogram holds', () => {
  expect(reasonsOf({ dear: 2, rating: 8, odd: 'many', none: 0, nan: Number.NaN })).toEqual([
    { reason: 'rating', count: 8, share: 1 },
    { reason: 'dear', count: 2, share: 0.25 },
  ]);
  for (const nothing of [null, undefined, [], 'x', 7, {}]) expect(reasonsOf(nothing)).toEqual([]);
});

test('tokens are read by the names of X-Ray, OpenAI and OpenTelemetry', () => {
  const usage = (metadata: unknown) => tokensOf(step('llm', { metadata }));
  expect(usage({ token_usage: { prompt: 8, completion: 2, total: 10 }, model: 'gpt-4o' })).toEqual({ prompt: 8, completion: 2, total: 10, model: 'gpt-4o' });
  expect(usage({ usage: { prompt_tokens: 8, completion_tokens: 2 } })?.total).toBe(10);
  expect(usage({ 'gen_ai.usage.input_tokens': 7, 'gen_ai.request.model': 'm' })).toEqual({ prompt: 7, completion: null, total: 7, model: 'm' });
  expect(usage({ token_usage: 'many' })).toBeNull();
  expect(usage('none')).toBeNull();
  const rows = funnelOf(analysis(stage('a', null, null), stage('b', null, null)), [step('a', { metadata: { token_usage: { total: 3 } } }), step('b')]);
  expect(totalTokens(rows)).toBe(3);
  expect(totalTokens([])).toBeNull();
});

test('times that cannot be read or run backwards take no time', () => {
  const took = (started_at: string | null, completed_at: string | null) =>
    funnelOf(analysis(stage('a', null, null)), [step('a', { started_at, completed_at })])[0]?.tookMs;
  expect(took('a while ago', '2026-03-01T10:00:00Z')).toBeNull();
  expect(took('2026-03-01T10:00:01Z', '2026-03-01T10:00:00Z')).toBeNull();
  // Without a zone it is UTC, on whatever machine it is read.
  expect(took('2026-03-01 10:00:00', '2026-03-01T11:00:01+01:00')).toBe(1000);
});
