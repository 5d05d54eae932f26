// What differs between two runs, and which differences matter to a reader.
import type { Comparison, Pair, Side } from '../api/runs';
import { plain } from '../ui/text';
import { duration } from '../ui/time';
import { count, money, percent } from './figures';

export type Direction = 'up' | 'down' | 'same' | 'unknown';

export interface Change {
  before: number | null;
  after: number | null;
  direction: Direction;
  /** Whether it is more than what differs anyhow, by the measures of the drift bands. */
  notable: boolean;
  text: string;
}

export interface PairRow {
  pair: Pair;
  only: 'before' | 'after' | null;
  input: Change;
  output: Change;
  dropRate: Change;
  cost: Change;
  seconds: Change;
  rejections: { reason: string; change: Change }[];
  notable: boolean;
}

/** Drop rates that differ by less are the same to a reader. */
const LEAST_RATE = 0.05;

/** Counts, costs and durations that differ by less are noise. */
const LEAST_SHARE = 0.2;

type Measure = 'count' | 'rate' | 'cost' | 'seconds';

const TEXT: Record<Measure, (difference: number) => string> = {
  count,
  // Of percentages the difference is told in points, so that 50 % less is not misread.
  rate: (difference) => percent(difference).replace('%', 'points'),
  cost: money,
  seconds: (difference) => duration(difference * 1000),
};

export function changeOf(before: number | null | undefined, after: number | null | undefined, measure: Measure): Change {
  const known = { before: before ?? null, after: after ?? null };
  if (known.before === null || known.after === null) return { ...known, direction: 'unknown', notable: false, text: '' };
  const difference = known.after - known.before;
  // Sums of costs differ in their last digits without any reason.
  if (Math.abs(difference) <= 1e-12 * Math.max(1, Math.abs(known.before))) return { ...known, direction: 'same', notable: false, text: 'same' };
  const least = measure === 'rate' ? LEAST_RATE : LEAST_SHARE * Math.abs(known.before);
  return {
    ...known,
    direction: difference > 0 ? 'up' : 'down',
    notable: Math.abs(difference) > least,
    text: `${difference > 0 ? '▲ ' : '▼ '}${TEXT[measure](Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}`,
  };
}

export function rowsOf(comparison: Comparison): PairRow[] {
  return comparison.steps.map((pair) => {
    const { before, after } = pair;
    const row = {
      pair,
      only: after === null ? ('before' as const) : before === null ? ('after' as const) : null,
      input: changeOf(before?.input_count, after?.input_count, 'count'),
      output: changeOf(before?.output_count, after?.output_count, 'count'),
      dropRate: changeOf(before?.drop_rate, after?.drop_rate, 'rate'),
      cost: changeOf(before?.cost, after?.cost, 'cost'),
      seconds: changeOf(before?.seconds, after?.seconds, 'seconds'),
      rejections: rejectionsOf(before, after),
    };
    return { ...row, notable: row.only !== null || [row.input, row.output, row.dropRate, row.cost, row.seconds].some((change) => change.notable) };
  });
}

/** A reason that one side does not name was counted zero times there. */
function rejectionsOf(before: Side | null, after: Side | null): PairRow['rejections'] {
  const reasons = new Set([...Object.keys(before?.rejections ?? {}), ...Object.keys(after?.rejections ?? {})]);
  return [...reasons]
    .map((reason) => ({ reason, change: changeOf(before && (before.rejections[reason] ?? 0), after && (after.rejections[reason] ?? 0), 'count') }))
    .toSorted((a, b) => distance(b.change) - distance(a.change) || a.reason.localeCompare(b.reason));
}

/** The differences that matter, each a sentence. */
export function sentencesOf(rows: readonly PairRow[]): string[] {
  return rows.flatMap((row) => {
    const name = `“${plain(row.pair.name)}”`;
    if (row.only) return [`${name} is a step of ${row.only === 'before' ? 'the other run' : 'this run'} only.`];
    const said: string[] = [];
    if (row.dropRate.notable) said.push(`drops ${percent(row.dropRate.after)} instead of ${percent(row.dropRate.before)}`);
    else if (row.output.notable) said.push(`leaves ${count(row.output.after)} instead of ${count(row.output.before)}`);
    if (row.cost.notable) said.push(`costs ${money(row.cost.after)} instead of ${money(row.cost.before)}`);
    if (row.seconds.notable) said.push(`takes ${took(row.seconds.after)} instead of ${took(row.seconds.before)}`);
    return said.length > 0 ? [`${name} ${said.join(', ')}.`] : [];
  });
}

function took(seconds: number | null): string {
  return duration((seconds ?? 0) * 1000);
}

function distance({ before, after }: Change): number {
  return Math.abs((after ?? 0) - (before ?? 0));
}
