// Numbers of runs as people say them.
import { whole } from '../ui/text';

/** A share from 0 to 1, with as many digits as still say something. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return '–';
  const hundredths = share * 100;
  const near = Math.abs(hundredths);
  // What is nearly all is not all, and what is nearly nothing is not nothing.
  const digits = near === 0 || near === 100 ? 0 : near < 1 || (near > 99 && near < 100) ? 2 : near < 10 || near > 90 ? 1 : 0;
  return `${trimmed(hundredths, digits)} %`;
}

/** In the client's currency, which is not known. */
export function money(cost: number | null | undefined): string {
  if (cost === null || cost === undefined || !Number.isFinite(cost)) return '–';
  if (cost === 0) return '0';
  const size = Math.abs(cost);
  if (size >= 1000) return whole(cost);
  return size >= 1 ? cost.toFixed(2) : trimmed(cost, Math.min(8, Math.ceil(-Math.log10(size)) + 2));
}

export function count(number: number | null | undefined): string {
  return number === null || number === undefined ? '–' : whole(number);
}

function trimmed(number: number, digits: number): string {
  return String(Number(number.toFixed(digits)));
}

/** The moment that a client's text names, without a zone in UTC as the services read it; NaN when it names none. */
export function moment(text: string | null | undefined): number {
  if (!text) return Number.NaN;
  const iso = text.trim().replace(' ', 'T');
  return Date.parse(/[zZ]$|[+-]\d\d(:?\d\d)?$/.test(iso) ? iso : `${iso}Z`);
}

/** How long from one to the other; null when either cannot be read. */
export function between(start: string | null, end: string | null): number | null {
  const took = moment(end) - moment(start);
  return Number.isFinite(took) && took >= 0 ? took : null;
}
