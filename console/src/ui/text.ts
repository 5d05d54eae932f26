// Telemetry is written by anyone. What could make it look like something else is made visible.

// Bidirectional controls, zero-width characters and control characters other than tab and line feed.
const DECEPTIVE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** The text with invisible and direction-changing characters written out. */
export function plain(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(DECEPTIVE, (char) => `⟨U+${hex(char)}⟩`);
}

/** Any JSON value as text for a person. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return plain(value);
  if (value === null || value === undefined) return '–';
  return plain(typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value));
}

/** A count with its thousands apart. */
export function whole(count: number): string {
  return Number.isFinite(count) ? Math.round(count).toLocaleString('en-US') : '–';
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size in the unit of a thousand that suits it. */
export function bytes(size: number | null | undefined): string {
  if (size === null || size === undefined || !Number.isFinite(size)) return '–';
  const unit = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(size))) / 3)));
  const value = size / 1000 ** unit;
  return `${unit === 0 || Math.abs(value) >= 100 ? Math.round(value) : value.toFixed(1)} ${SIZES[unit]}`;
}

/** A share of 1 as a person reads it: what is there is never 0 %, what is not all never 100 %. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const hundredths = share * 100;
  if (hundredths > 0 && hundredths < 0.1) return '< 0.1 %';
  if (hundredths < 100 && hundredths > 99.9) return '> 99.9 %';
  return `${hundredths < 10 && hundredths !== Math.round(hundredths) ? hundredths.toFixed(1) : Math.round(hundredths)} %`;
}

/** How often in a second, or in a minute where that says more. */
export function perSecond(rate: number): string {
  if (rate === 0) return '0';
  if (rate >= 100) return `${whole(rate)}/s`;
  if (rate >= 1) return `${rate.toFixed(1)}/s`;
  return rate * 60 >= 0.1 ? `${(rate * 60).toFixed(1)}/min` : '< 0.1/min';
}

/** How many of a thing: "1 span", "2 spans". */
export function several(count: number, thing: string): string {
  return `${whole(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** How many there are; that many and more where counting stopped. */
export function totalOf(page: { total: number; total_capped?: boolean }): string {
  return whole(page.total) + (page.total_capped ? ' or more' : '');
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
