// What a run was given and what each step left of it, ready to be drawn.
import type { Analysis, Stage, Step } from '../api/runs';
import { between } from './figures';

export interface Reason {
  reason: string;
  count: number;
  /** Of the reason that is counted most. */
  share: number;
}

export interface Tokens {
  prompt: number | null;
  completion: number | null;
  total: number | null;
  model: string | null;
}

export interface FunnelRow {
  stage: Stage;
  /** Null while the steps are still on their way. */
  step: Step | null;
  failed: boolean;
  /** How many were dropped; null when the counts do not say. */
  dropped: number | null;
  /** Widths of the bars, as shares of the largest count of the run. */
  inWidth: number | null;
  outWidth: number | null;
  /** Whether no other step of the run dropped as many. */
  most: boolean;
  tookMs: number | null;
  tokens: Tokens | null;
}

export function funnelOf(analysis: Analysis, steps: readonly Step[] = []): FunnelRow[] {
  const known = new Map(steps.map((step) => [step.id, step]));
  const largest = analysis.funnel.reduce((most, stage) => Math.max(most, size(stage.input_count), size(stage.output_count)), 0);
  const width = (count: number | null) => (count === null ? null : largest === 0 ? 0 : size(count) / largest);
  const rows = analysis.funnel.map((stage) => {
    const step = known.get(stage.step_id) ?? null;
    return {
      stage,
      step,
      failed: step?.status === 'FAILED',
      dropped: droppedOf(stage),
      inWidth: width(stage.input_count),
      outWidth: width(stage.output_count),
      most: false,
      tookMs: step && between(step.started_at, step.completed_at),
      tokens: step && tokensOf(step),
    };
  });
  const worst = rows.reduce<FunnelRow | null>((worst, row) => (size(row.dropped) > size(worst?.dropped ?? null) ? row : worst), null);
  if (worst) worst.most = true;
  return rows;
}

function droppedOf({ input_count: input, output_count: output, drop_rate: rate }: Stage): number | null {
  if (input === null) return null;
  if (output !== null) return Math.max(0, input - output);
  return rate === null ? null : Math.round(input * Math.min(1, Math.max(0, rate)));
}

/** Why candidates were dropped, the most frequent reason first; whatever is no number is left out. */
export function reasonsOf(histogram: unknown): Reason[] {
  if (!isObject(histogram)) return [];
  const counted = Object.entries(histogram).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]) && entry[1] > 0);
  const largest = counted.reduce((most, [, count]) => Math.max(most, count), 0);
  return counted.map(([reason, count]) => ({ reason, count, share: count / largest })).toSorted((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
}

/** What a model used, by the names that X-Ray, OpenAI's API and OpenTelemetry have for it; null when the step does not say. */
export function tokensOf(step: Step): Tokens | null {
  if (!isObject(step.metadata)) return null;
  const metadata = step.metadata;
  const usage = [metadata.token_usage, metadata.usage, metadata.tokens].find(isObject) ?? {};
  const first = (...values: unknown[]) => values.find((value): value is number => typeof value === 'number' && Number.isFinite(value)) ?? null;
  const prompt = first(usage.prompt, usage.prompt_tokens, usage.input, usage.input_tokens, metadata['gen_ai.usage.input_tokens']);
  const completion = first(usage.completion, usage.completion_tokens, usage.output, usage.output_tokens, metadata['gen_ai.usage.output_tokens']);
  const total = first(usage.total, usage.total_tokens) ?? (prompt === null && completion === null ? null : (prompt ?? 0) + (completion ?? 0));
  const model = [metadata.model, usage.model, metadata['gen_ai.request.model']].find((value) => typeof value === 'string') as string | undefined;
  return total === null && model === undefined ? null : { prompt, completion, total, model: model ?? null };
}

/** Of all steps together; null when none says. */
export function totalTokens(rows: readonly FunnelRow[]): number | null {
  const told = rows.map((row) => row.tokens?.total ?? null).filter((total) => total !== null);
  return told.length === 0 ? null : told.reduce((sum, total) => sum + total, 0);
}

/** Whether there is nothing in it to read. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function size(count: number | null): number {
  return count !== null && Number.isFinite(count) ? Math.max(0, count) : 0;
}
