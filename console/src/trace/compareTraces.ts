import type { Bar } from './waterfall';

export interface Side {
  spans: number;
  failed: number;
  /** Milliseconds of one of them, on average. */
  mean: number;
}

export type Change = 'new' | 'gone' | 'slower' | 'faster' | 'same';

/** One operation at one place of the call tree, in either trace. */
export interface ComparedPath {
  service: string;
  operation: string;
  depth: number;
  before: Side | null;
  after: Side | null;
  change: Change;
  /** It fails in the second trace and did not in the first, or the other way round. */
  failure: 'new' | 'gone' | null;
}

/** Slower or faster is what differs by a quarter and by more than a millisecond; below that, two runs of anything differ. */
const NOTABLE = 1.25;
const NOTABLE_MS = 1;

interface Place {
  service: string;
  operation: string;
  below: Map<string, Place>;
  sides: [Sum, Sum];
}

interface Sum {
  spans: number;
  failed: number;
  total: number;
}

/** What differs between two traces, by the way of calls that leads to each operation. */
export function compareTraces(before: readonly Bar[], after: readonly Bar[]): ComparedPath[] {
  const top = placeOf('', '');
  add(top, before, 0);
  add(top, after, 1);
  const rows: ComparedPath[] = [];
  // An explicit stack: a trace may be deeper than the call stack allows.
  const open = [...top.below.values()].toReversed().map((place) => ({ place, depth: 0 }));
  while (open.length > 0) {
    const { place, depth } = open.pop()!;
    rows.push(rowOf(place, depth));
    for (const below of [...place.below.values()].toReversed()) open.push({ place: below, depth: depth + 1 });
  }
  return rows;
}

function placeOf(service: string, operation: string): Place {
  return { service, operation, below: new Map(), sides: [{ spans: 0, failed: 0, total: 0 }, { spans: 0, failed: 0, total: 0 }] };
}

function add(top: Place, bars: readonly Bar[], side: 0 | 1): void {
  const places: Place[] = [];
  for (const bar of bars) {
    const parent = places[bar.parent] ?? top;
    const key = `${bar.service}\0${bar.name}`;
    let place = parent.below.get(key);
    if (!place) parent.below.set(key, (place = placeOf(bar.service, bar.name)));
    const sum = place.sides[side];
    sum.spans++;
    sum.total += bar.duration;
    if (bar.failed) sum.failed++;
    places.push(place);
  }
}

function rowOf({ service, operation, sides }: Place, depth: number): ComparedPath {
  const [before, after] = sides.map((sum): Side | null => (sum.spans === 0 ? null : { spans: sum.spans, failed: sum.failed, mean: sum.total / sum.spans }));
  const failure = before && after && before.failed > 0 !== after.failed > 0 ? (after.failed > 0 ? 'new' : 'gone') : null;
  return { service, operation, depth, before: before ?? null, after: after ?? null, change: changeOf(before ?? null, after ?? null), failure };
}

function changeOf(before: Side | null, after: Side | null): Change {
  if (!before) return 'new';
  if (!after) return 'gone';
  const [low, high] = before.mean < after.mean ? [before.mean, after.mean] : [after.mean, before.mean];
  if (high - low <= NOTABLE_MS || high < low * NOTABLE) return 'same';
  return after.mean > before.mean ? 'slower' : 'faster';
}
