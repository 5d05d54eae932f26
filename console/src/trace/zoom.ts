/** A part of a trace's time, in milliseconds since it began. */
export interface Extent {
  from: number;
  until: number;
}

/** Less would not be seen as a stretch of time. */
const SHORTEST = 0.001;

/** The part that an address names; the whole where it names none or none that there is. */
export function extentOf(text: string | null, whole: Extent): Extent {
  const [from, until] = (text ?? '').split('~').map(Number);
  if (from === undefined || until === undefined || !Number.isFinite(from) || !Number.isFinite(until)) return whole;
  const clipped = { from: Math.max(whole.from, from), until: Math.min(whole.until, until) };
  return clipped.until - clipped.from >= SHORTEST ? clipped : whole;
}

/** How an address names a part; undefined for the whole. */
export function zoomText({ from, until }: Extent, whole: Extent): string | undefined {
  if (until - from < SHORTEST || (from <= whole.from && until >= whole.until)) return undefined;
  return `${round(from)}~${round(until)}`;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Where a stretch of time stands in a part, in percent of its width; null where it lies outside. */
export function placed(start: number, duration: number, { from, until }: Extent): { left: number; width: number } | null {
  const length = until - from;
  if (start > until || start + duration < from) return null;
  const left = Math.max(0, (start - from) / length);
  const right = Math.min(1, (start + duration - from) / length);
  return { left: left * 100, width: (right - left) * 100 };
}
