import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson, getSlice, Problem } from './client';

const LIVE = 3_000;

export type RunStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';

/** A run of a pipeline; times are what its client wrote. */
export interface Run {
  id: string;
  name: string;
  status: RunStatus;
  total_cost: number;
  tags: Record<string, unknown>;
  started_at: string | null;
  completed_at: string | null;
  error: string | null;
  step_count: number;
  failed_steps: number;
  trace_id: string | null;
}

export interface Step {
  id: string;
  run_id: string;
  name: string;
  type: string;
  status: RunStatus;
  inputs: unknown;
  outputs: unknown;
  metadata: unknown;
  reasoning: string | null;
  cost: number;
  started_at: string | null;
  completed_at: string | null;
  error: string | null;
  /** How long lists were of which only a sample is kept, by their place, as in `outputs.survivors`. */
  sampled?: Record<string, unknown>;
}

export interface Stage {
  step_id: string;
  step_name: string;
  step_type: string;
  input_count: number | null;
  output_count: number | null;
  drop_rate: number | null;
  rejection_histogram: unknown;
  reasoning: string | null;
  cost: number;
}

export interface Analysis {
  run_id: string;
  run_name: string;
  status: RunStatus;
  total_cost: number;
  funnel: Stage[];
  final_output: unknown;
}

export interface Stop {
  step_id: string;
  step_name: string;
  step_type: string;
  rank: number;
  score: number | null;
  selected: boolean | null;
  reason: string | null;
}

export interface Journey {
  run_id: string;
  candidate: string;
  outcome: 'dropped' | 'selected' | 'unknown';
  sampled: boolean;
  stops: Stop[];
}

/** A step of one of two runs that are compared. */
export interface Side {
  input_count: number | null;
  output_count: number | null;
  drop_rate: number | null;
  cost: number;
  seconds: number | null;
  rejections: Record<string, number>;
}

export interface Pair {
  name: string;
  type: string;
  before: Side | null;
  after: Side | null;
}

export interface Comparison {
  before: Run;
  after: Run;
  steps: Pair[];
}

/** Where a number usually lies. */
export interface Band {
  median: number;
  low: number;
  high: number;
  values: number;
}

export type Drift = 'drop_rate' | 'cost' | 'seconds' | 'input' | 'output' | 'missing';

export interface StageTrend {
  name: string;
  type: string;
  runs: number;
  input: Band | null;
  output: Band | null;
  drop_rate: Band | null;
  cost: Band | null;
  seconds: Band | null;
  /** Of each of the runs, in their order. */
  drop_rates?: (number | null)[];
  latest: Side | null;
  rejections: Record<string, number>;
  drifts: string[];
}

export interface Trend {
  name: string;
  /** The latest first. */
  runs: Run[];
  stages: StageTrend[];
}

export interface FoundStep {
  run_id: string;
  run_name: string | null;
  step_id: string;
  step_name: string;
  step_type: string;
  failed: boolean;
  input_count: number | null;
  output_count: number | null;
  drop_rate: number | null;
  cost: number | null;
  started_at: string;
  completed_at: string;
}

export interface RunFilter {
  q?: string | undefined;
  name?: string | undefined;
  status?: string | undefined;
  tag?: string | undefined;
  min_cost?: string | undefined;
}

export interface StepFilter {
  type?: string | undefined;
  min_drop_rate: string;
}

export function useRuns(filter: RunFilter, page: { limit: number; cursor: string | undefined }) {
  const params = paramsOf({ ...filter, cursor: page.cursor, limit: String(page.limit) });
  return useQuery({
    queryKey: ['runs', filter, page],
    queryFn: ({ signal }) => getSlice<Run>(`/runs?${params}`, signal),
    refetchInterval: LIVE,
    placeholderData: keepPreviousData,
  });
}

export function useSteps(filter: StepFilter, page: { limit: number; cursor: string | undefined }) {
  const params = paramsOf({ ...filter, cursor: page.cursor, limit: String(page.limit) });
  return useQuery({
    queryKey: ['steps', filter, page],
    queryFn: ({ signal }) => getSlice<FoundStep>(`/steps?${params}`, signal),
    refetchInterval: LIVE,
    placeholderData: keepPreviousData,
  });
}

/** The latest runs of a name laid over each other, of those that have the tag. */
export function useTrend(name: string, last: number, tag?: string) {
  return useQuery({
    queryKey: ['trend', name, last, tag],
    enabled: name !== '',
    queryFn: ({ signal }) => getJson<Trend>(`/runs/trend?${paramsOf({ name, last: String(last), tag })}`, signal),
    refetchInterval: LIVE * 5,
    placeholderData: keepPreviousData,
  });
}

/** The runs of a name that began no later than this one, the latest first. */
export function useEarlierRuns(run: Run, limit: number) {
  // A time that cannot be read does not narrow the list.
  const to = run.started_at && !Number.isNaN(Date.parse(run.started_at)) ? run.started_at : undefined;
  return useQuery({
    queryKey: ['earlier', run.name, to, limit],
    queryFn: ({ signal }) => getSlice<Run>(`/runs?${paramsOf({ name: run.name, to, limit: String(limit + 1) })}`, signal),
    select: ({ items }) => items.filter((other) => other.id !== run.id).slice(0, limit),
    staleTime: LIVE * 10,
  });
}

export function useRun(id: string) {
  return useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => getJson<Run>(`/runs/${encodeURIComponent(id)}`, signal),
    // What is over may still be told more of.
    refetchInterval: (query) => pace(query.state.data?.status),
  });
}

export function useAnalysis(id: string, status: RunStatus | undefined) {
  return useQuery({
    queryKey: ['analyze', id],
    enabled: status !== undefined,
    queryFn: ({ signal }) => getJson<Analysis>(`/analyze/${encodeURIComponent(id)}`, signal),
    refetchInterval: pace(status),
  });
}

export function useRunSteps(id: string, status: RunStatus | undefined) {
  return useQuery({
    queryKey: ['run-steps', id],
    enabled: status !== undefined,
    queryFn: ({ signal }) => getJson<Step[]>(`/runs/${encodeURIComponent(id)}/steps`, signal),
    refetchInterval: pace(status),
  });
}

export function useJourney(id: string, candidate: string) {
  return useQuery({
    queryKey: ['journey', id, candidate],
    enabled: candidate !== '',
    queryFn: ({ signal }) => getJson<Journey>(`/runs/${encodeURIComponent(id)}/journey?${paramsOf({ candidate })}`, signal),
    refetchInterval: LIVE * 10,
  });
}

export function useComparison(before: string, after: string) {
  return useQuery({
    queryKey: ['comparison', before, after],
    enabled: before !== '',
    queryFn: ({ signal }) => getJson<Comparison>(`/runs/compare?${paramsOf({ before, after })}`, signal),
    refetchInterval: LIVE * 10,
  });
}

/** The runs that are part of a trace; none where the trace cannot be one. */
export function useRunsOfTrace(trace: string) {
  return useQuery({
    queryKey: ['runs-of-trace', trace],
    queryFn: async ({ signal }) => {
      try {
        return await getJson<Run[]>(`/runs?${paramsOf({ trace_id: trace, limit: '20' })}`, signal);
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 400) return [];
        throw failure;
      }
    },
    refetchInterval: LIVE * 4,
  });
}

function pace(status: RunStatus | undefined): number {
  return status === 'RUNNING' ? LIVE : LIVE * 10;
}

function paramsOf(values: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]));
}
