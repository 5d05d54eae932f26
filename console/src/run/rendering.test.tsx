import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import type { Journey, Run, Side } from '../api/runs';
import { ComparisonTable } from './ComparisonTable';
import { sentenceOf } from './JourneyPanel';
import { RunRow } from './RunRow';

const HOSTILE = '<script>alert(1)</script>';

const run: Run = {
  id: '00000000-0000-000a-0000-000000000001',
  name: HOSTILE,
  status: 'FAILED',
  total_cost: 0,
  tags: { [HOSTILE]: HOSTILE, more: { a: 1 } },
  started_at: 'a while ago',
  completed_at: null,
  error: HOSTILE,
  step_count: 1,
  failed_steps: 1,
  trace_id: null,
};

const markup = (element: React.ReactNode) => renderToStaticMarkup(<MemoryRouter>{element}</MemoryRouter>);

test('whatever a client says of a run is text, and a time that is none is shown as it came', () => {
  const html = markup(<RunRow run={run} />);
  expect(html).not.toContain(HOSTILE);
  expect(html).toContain('a while ago');
  expect(html).toContain('1 step<');
  expect(html).toContain(', 1 failed');
});

test('runs without a difference say so', () => {
  const side: Side = { input_count: null, output_count: null, drop_rate: null, cost: 0, seconds: null, rejections: {} };
  const html = markup(<ComparisonTable comparison={{ before: run, after: run, steps: [{ name: HOSTILE, type: 'llm', before: side, after: side }] }} />);
  expect(html).toContain('No step differs by more than runs do anyhow.');
  expect(html).not.toContain(HOSTILE);
});

test('a journey ends in one sentence', () => {
  const stop = (step_name: string, selected: boolean | null, reason: string | null = null) => ({ step_id: step_name, step_name, step_type: 'filter', rank: 1, score: null, selected, reason });
  const journey = (outcome: Journey['outcome'], ...stops: Journey['stops']): string => sentenceOf({ run_id: 'r', candidate: 'case-2', outcome, sampled: false, stops });
  expect(journey('dropped', stop('price', true), stop('rank', false, 'not sold'))).toBe('case-2 was dropped by “rank”: not sold.');
  expect(journey('dropped', stop('rank', false))).toBe('case-2 was dropped by “rank”, which tells no reason.');
  expect(journey('selected', stop('price', false), stop('rank', true), stop('log', null))).toBe('case-2 went through: “rank” kept it, the last step that tells.');
  expect(journey('unknown', stop('find', null))).toBe('case-2 is named by one step, which does not tell what became of it.');
  expect(journey('unknown')).toBe('No step of this run names case-2.');
});
