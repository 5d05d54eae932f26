import type { Bar } from './waterfall';

/** What one operation did in a trace. */
export interface OperationFigures {
  service: string;
  operation: string;
  spans: number;
  failed: number;
  /** Milliseconds of all its spans together. */
  total: number;
  /** Milliseconds in which none of its children was at work. */
  own: number;
  longest: number;
}

/** The operations of a trace, those with most work of their own first. */
export function operationsOf(bars: readonly Bar[]): OperationFigures[] {
  const own = ownTimes(bars);
  const found = new Map<string, OperationFigures>();
  bars.forEach((bar, row) => {
    const key = `${bar.service}\0${bar.name}`;
    let figures = found.get(key);
    if (!figures) found.set(key, (figures = { service: bar.service, operation: bar.name, spans: 0, failed: 0, total: 0, own: 0, longest: 0 }));
    figures.spans++;
    if (bar.failed) figures.failed++;
    figures.total += bar.duration;
    figures.own += own[row]!;
    figures.longest = Math.max(figures.longest, bar.duration);
  });
  return [...found.values()].toSorted((a, b) => b.own - a.own);
}

/** Of each span the time that no child covers; children at the same time cover it once. */
export function ownTimes(bars: readonly Bar[]): number[] {
  const own = bars.map((bar) => bar.duration);
  // Siblings stand by start: up to here the parent's time is covered already.
  const covered = new Map<number, number>();
  const starts = bars.map((_, row) => row).filter((row) => bars[row]!.parent >= 0).toSorted((a, b) => bars[a]!.start - bars[b]!.start);
  for (const row of starts) {
    const bar = bars[row]!;
    const parent = bars[bar.parent]!;
    const from = Math.max(bar.start, covered.get(bar.parent) ?? parent.start);
    const until = Math.min(bar.start + bar.duration, parent.start + parent.duration);
    if (until <= from) continue;
    own[bar.parent]! -= until - from;
    covered.set(bar.parent, until);
  }
  return own.map((time) => Math.max(0, time));
}
