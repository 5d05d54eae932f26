import { useEffect, useState } from 'react';
import { zone } from './zone';

/** How long ago, in the largest unit that still says something. */
export function ago(then: string, now: number): string {
  const at = Date.parse(then);
  if (Number.isNaN(at)) return '–';
  const seconds = Math.round((now - at) / 1000);
  if (seconds < -5) return `in ${span(-seconds)}`;
  return seconds < 2 ? 'just now' : `${span(seconds)} ago`;
}

/** A distance in time as an engineer writes it. */
export function duration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 0.001) return '0 ms';
  if (size < 1) return `${Math.round(ms * 1000)} µs`;
  if (size < 10) return `${ms.toFixed(1)} ms`;
  if (size < 1000) return `${Math.round(ms)} ms`;
  if (size < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(size / 1000);
  return size < 3_600_000 && seconds % 60 > 0 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : span(seconds);
}

/** The same where it may not be known. */
export function took(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '–' : duration(ms);
}

/** The time of day with milliseconds, in the chosen zone. */
export function clock(at: string | number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '–';
  return `${format('time').format(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Day and time, in the chosen zone: "2026-01-02 03:04:05". */
export function moment(at: string | number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '–' : format('both').format(date).replace(', ', ' ');
}

/** Whether times between two moments are told apart by the day only, or are not of today. */
export function needsDay(from: string | number, to: string | number): boolean {
  const day = moment(from).slice(0, 10);
  return day !== moment(to).slice(0, 10) || day !== moment(Date.now()).slice(0, 10);
}

/** The time of day in seconds, with the day where that is needed. */
export function brief(at: string | number, day: boolean): string {
  return day ? moment(at) : clock(at).slice(0, 8);
}

/** The day and the hour in words that name the zone, for a tooltip. */
export function fully(at: string | number): string {
  return `${moment(at)} ${zone() === 'utc' ? 'UTC' : 'local time'}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than using it a hundred times. */
function format(what: 'time' | 'both'): Intl.DateTimeFormat {
  const key = `${what} ${zone()}`;
  let found = formats.get(key);
  if (!found) {
    // The Swedish order is that of ISO 8601.
    found = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium', dateStyle: what === 'both' ? 'short' : undefined, timeZone: zone() === 'utc' ? 'UTC' : undefined });
    formats.set(key, found);
  }
  return found;
}

/** The present, again every so often. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

function span(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d`;
}
