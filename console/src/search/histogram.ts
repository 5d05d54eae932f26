import type { Histogram, HistogramBucket } from '../api/search';

/** What a part of a bar means, the worst first; the same words as the style sheet's classes. */
export type Tone = 'fatal' | 'error' | 'warn' | 'ok' | 'info' | 'debug' | 'other';

export const TONES: readonly Tone[] = ['fatal', 'error', 'warn', 'ok', 'info', 'debug', 'other'];

/** What a series of the API is drawn as. */
export function toneOf(series: string): Tone {
  const name = series.toLowerCase();
  if (/^(fatal|critical|emerg|alert|panic|severe)/.test(name)) return 'fatal';
  if (/^(err|fail)/.test(name)) return 'error';
  if (name.startsWith('warn')) return 'warn';
  if (name === 'ok') return 'ok';
  if (/^(info|notice)/.test(name)) return 'info';
  if (/^(debug|trace|fine|verbose)/.test(name)) return 'debug';
  return 'other';
}

export interface Part {
  tone: Tone;
  count: number;
  /** From the bottom, of the whole height. */
  from: number;
  height: number;
}

export interface Column {
  bucket: HistogramBucket;
  parts: Part[];
}

/** The bars of a histogram, the worst at the bottom, where a few are not lost above many. */
export function columnsOf(histogram: Histogram): { columns: Column[]; most: number; totals: [Tone, number][] } {
  const most = Math.max(1, ...histogram.buckets.map((bucket) => bucket.count));
  const totals = new Map<Tone, number>();
  const columns = histogram.buckets.map((bucket) => {
    const counts = new Map<Tone, number>();
    for (const [series, count] of Object.entries(bucket.series)) counts.set(toneOf(series), (counts.get(toneOf(series)) ?? 0) + count);
    const told = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (bucket.count > told) counts.set('other', (counts.get('other') ?? 0) + bucket.count - told);
    let from = 0;
    const parts: Part[] = [];
    for (const tone of TONES) {
      const count = counts.get(tone) ?? 0;
      if (count === 0) continue;
      totals.set(tone, (totals.get(tone) ?? 0) + count);
      parts.push({ tone, count, from, height: count / most });
      from += count / most;
    }
    return { bucket, parts };
  });
  return { columns, most, totals: TONES.filter((tone) => totals.has(tone)).map((tone) => [tone, totals.get(tone)!]) };
}

/** The time that a stretch of buckets covers, both ends inclusive and in any order. */
export function timeOf(histogram: Histogram, one: number, other: number): { from: string; to: string } | undefined {
  const [first, last] = one < other ? [one, other] : [other, one];
  const begin = Date.parse(histogram.buckets[first]?.start ?? '');
  const end = Date.parse(histogram.buckets[last]?.start ?? '');
  if (Number.isNaN(begin) || Number.isNaN(end)) return undefined;
  return { from: new Date(begin).toISOString(), to: new Date(end + histogram.bucket_seconds * 1000).toISOString() };
}
