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

/** How many there are; that many and more where counting stopped. */
export function totalOf(page: { total: number; total_capped?: boolean }): string {
  return whole(page.total) + (page.total_capped ? ' or more' : '');
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
