import type { Zone } from './zone';

/** A moment as an input of type datetime-local takes it. */
export function toInput(at: string, zone: Zone): string {
  const date = new Date(at);
  const shown = zone === 'utc' ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shown.toISOString().slice(0, 19);
}

/** The moment that such an input means; undefined where it means none. */
export function fromInput(text: string, zone: Zone): string | undefined {
  const at = Date.parse(zone === 'utc' ? `${text}Z` : text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
