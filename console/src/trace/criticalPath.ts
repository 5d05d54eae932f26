import type { Bar } from './waterfall';

/** A stretch of time in which the whole trace waited for one span's own work. */
export interface Stretch {
  /** The span's row. */
  row: number;
  start: number;
  end: number;
}

/**
 * What decided how long a span took, newest first. Seen from its end backwards, the span waited for the child that finished
 * last; before that child began, for the one that had finished last by then, and so on; what no child covers is its own
 * work. Children are looked at within their parent's time only, so that the stretches add up to the span's duration.
 */
export function criticalPath(bars: readonly Bar[], root: number): Stretch[] {
  const top = bars[root];
  if (!top) return [];
  const path: Stretch[] = [];
  const children = childrenOf(bars, root);
  // An explicit stack: what happened between `from` and `until` is still to be told.
  const open = [{ row: root, from: top.start, until: top.start + top.duration, next: 0, untouched: true }];
  while (open.length > 0) {
    const here = open.at(-1)!;
    const below = children.get(here.row) ?? [];
    // At its very end a span may have waited for one that outlived it; before that only for one that was over by then.
    const waitedFor = ({ start, duration }: Bar) =>
      duration > 0 && start < here.until && start + duration > here.from && (here.untouched || start + duration <= here.until);
    while (here.next < below.length && !waitedFor(bars[below[here.next]!]!)) here.next++;
    const row = below[here.next];
    const child = row === undefined ? undefined : bars[row];
    if (row === undefined || !child) {
      push(path, here.row, here.from, here.until);
      open.pop();
      continue;
    }
    const end = Math.min(child.start + child.duration, here.until);
    const start = Math.max(child.start, here.from);
    push(path, here.row, end, here.until);
    here.until = start;
    here.untouched = false;
    here.next++;
    open.push({ row, from: start, until: end, next: 0, untouched: true });
  }
  return path;
}

/** The children of each span below `root`, those that ended last first. */
function childrenOf(bars: readonly Bar[], root: number): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (let row = root + 1; row < root + bars[root]!.size; row++) {
    const parent = bars[row]!.parent;
    const known = children.get(parent);
    if (known) known.push(row);
    else children.set(parent, [row]);
  }
  const end = (row: number) => bars[row]!.start + bars[row]!.duration;
  for (const rows of children.values()) rows.sort((a, b) => end(b) - end(a));
  return children;
}

function push(path: Stretch[], row: number, start: number, end: number): void {
  if (end > start) path.push({ row, start, end });
}

export interface Share {
  service: string;
  operation: string;
  /** Milliseconds on the critical path. */
  took: number;
  /** Of its whole length. */
  share: number;
  /** One of the spans, that with the longest stretch. */
  row: number;
}

/** Who the trace waited for, longest first. */
export function sharesOf(bars: readonly Bar[], path: readonly Stretch[]): Share[] {
  const shares = new Map<string, { share: Share; longest: number }>();
  let whole = 0;
  for (const { row, start, end } of path) {
    const { service, name: operation } = bars[row]!;
    const took = end - start;
    whole += took;
    const key = `${service}\0${operation}`;
    let known = shares.get(key);
    if (!known) shares.set(key, (known = { share: { service, operation, took: 0, share: 0, row }, longest: 0 }));
    known.share.took += took;
    if (took <= known.longest) continue;
    known.longest = took;
    known.share.row = row;
  }
  return [...shares.values()].map(({ share }) => ({ ...share, share: share.took / whole })).toSorted((a, b) => b.took - a.took);
}
