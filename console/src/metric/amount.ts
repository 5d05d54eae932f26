import { bytes, plain } from '../ui/text';
import { duration } from '../ui/time';

/** UCUM's names of times, in milliseconds. */
const TIMES: Record<string, number> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A measured number with its unit; an amount per second where it is a rate. */
export function amountText(value: number | null | undefined, unit: string, rate = false): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const per = rate ? '/s' : '';
  if (unit === 'By') return bytes(value) + per;
  // Seconds in a second are a share, which no unit says better.
  const time = TIMES[unit];
  if (time !== undefined && !rate) return duration(value * time);
  if (time !== undefined) return `${numberText((value * time) / 1_000)} s${per}`;
  // What stands in braces is a word for what is counted; it is said once, where the metric is named.
  if (unit === '' || unit === '1' || unit.startsWith('{')) return numberText(value) + per;
  return `${numberText(value)} ${plain(unit)}${per}`;
}

/** Three digits of it at least, and never a long tail. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  return value.toLocaleString('en-US', size >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: size >= 100 ? 4 : 3 });
}
