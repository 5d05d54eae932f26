// The time that a page is about: in its address, either the last so much ("15m") or from a moment to another.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useAddress } from './address';
import { moment } from './time';

const UNITS: Record<string, [ms: number, name: string]> = {
  m: [60_000, 'min'],
  h: [3_600_000, 'h'],
  d: [86_400_000, 'd'],
};

/** Instead of a range: all the time that there is. */
export const ALL = 'all';

/** What the picker offers. */
export const LAST = ['5m', '15m', '1h', '6h', '24h', '7d'] as const;

export interface Range {
  /** The relative range as the address says it, or `ALL`; undefined where both ends are moments. */
  last: string | undefined;
  /** Both empty where all the time is meant. */
  from: string;
  to: string;
}

/** The milliseconds of "15m"; undefined where it says nothing of the kind. */
export function lengthOf(last: string): number | undefined {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(last) ?? [];
  const ms = Number(count) * (UNITS[unit ?? '']?.[0] ?? Number.NaN);
  return ms > 0 ? ms : undefined;
}

/** "15m" in words. */
export function lastText(last: string): string {
  if (last === ALL) return 'any time';
  const [, count, unit] = /^(\d+)([mhd])$/.exec(last) ?? [];
  return `last ${count} ${UNITS[unit ?? '']?.[1] ?? ''}`;
}

/**
 * The range that an address means at a moment. `from` is "15m" or an ISO 8601 moment; a moment alone lasts until now. What
 * cannot be read means `usual`, which may be `ALL`.
 */
export function rangeOf(from: string | null, to: string | null, now: number, usual: string): Range {
  const last = from !== null && lengthOf(from) !== undefined ? from : undefined;
  const begin = Date.parse(from ?? '');
  if (last === undefined && !Number.isNaN(begin)) {
    const end = Date.parse(to ?? '');
    const until = Number.isNaN(end) || end <= begin ? Math.max(now, begin + 1) : end;
    return { last: undefined, from: iso(begin), to: iso(until) };
  }
  if (last === undefined && usual === ALL) return { last: ALL, from: '', to: '' };
  const length = lengthOf(last ?? usual) ?? 0;
  return { last: last ?? usual, from: iso(now - length), to: iso(now) };
}

export function rangeText(range: Range): string {
  return range.last ? lastText(range.last) : `${moment(range.from)} – ${moment(range.to)}`;
}

/** The same length once more before or after it. */
export function shifted({ from, to }: Range, by: 1 | -1): { from: string; to: string } {
  const length = Date.parse(to) - Date.parse(from);
  return { from: iso(Date.parse(from) + by * length), to: iso(Date.parse(to) + by * length) };
}

/** The time that an address names, for an address that is to name the same. */
export function timeOf(params: URLSearchParams): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const key of ['from', 'to']) if (params.has(key)) kept[key] = params.get(key)!;
  return kept;
}

/** So long before and after a moment. */
export function around(at: string, ms: number): { from: string; to: string } {
  const moment = Date.parse(at);
  return Number.isNaN(moment) ? { from: '', to: '' } : { from: iso(moment - ms), to: iso(moment + ms) };
}

/** For what is asked about a signal from elsewhere: the time that the page is about, or one that the signal lies in. */
export function timeFor(params: URLSearchParams, at: string): Record<string, string> {
  if (params.has('from')) return timeOf(params);
  return Date.now() - Date.parse(at) < RECENT_MS ? {} : around(at, HALF_AN_HOUR_MS);
}

const HALF_AN_HOUR_MS = 1_800_000;
/** What is younger lies in the time that pages show unless they are told. */
const RECENT_MS = 600_000;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export interface ChosenRange {
  range: Range;
  /** When a relative range ends, in milliseconds of the epoch. */
  now: number;
  /** Chooses "15m", or both ends. */
  choose: (from: string | undefined, to?: string) => void;
  /** Moves the end of a relative range to the present. */
  refresh: () => void;
}

/**
 * The range of a page. Relative ones stand still until `refresh`, so that all parts of a page tell of the same time; with
 * `everyMs` they move on by themselves.
 */
export function useRange(usual: string = '15m', everyMs?: number): ChosenRange {
  const [params, change] = useAddress();
  const [now, setNow] = useState(() => Date.now());
  const from = params.get('from');
  const to = params.get('to');
  const refresh = useCallback(() => setNow(Date.now()), []);
  const choose = useCallback(
    (from: string | undefined, to?: string) => {
      setNow(Date.now());
      change({ from, to });
    },
    [change],
  );
  const range = useMemo(() => rangeOf(from, to, now, usual), [from, to, now, usual]);
  useEffect(() => {
    if (!everyMs || !range.last) return;
    const timer = setInterval(refresh, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, range.last, refresh]);
  return { range, now, choose, refresh };
}
