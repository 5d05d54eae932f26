// Which columns a list of signals has: in its address as names between commas, in their order.
import type { Kind } from '../api/search';
import type { Signal } from '../api/types';
import { isTrouble, number, text } from '../trace/signal';
import { valueText } from '../ui/text';
import { clock, duration } from '../ui/time';

/** Columns that a kind of signal has without being asked. */
export const USUAL: Record<Kind, readonly string[]> = {
  logs: ['time', 'level', 'service', 'message'],
  spans: ['time', 'status', 'service', 'duration', 'name'],
};

/** What else every signal of a kind may be asked for. */
const MORE: Record<Kind, readonly string[]> = { logs: ['trace', 'span'], spans: ['kind', 'trace', 'span', 'status_message'] };

/** More can be read on no screen. */
export const MOST = 12;

/** The columns that an address names; the usual ones where it names none. */
export function columnsOf(kind: Kind, address: string | null): readonly string[] {
  const names = [...new Set((address ?? '').split(',').map(decoded))].filter((name) => name !== '').slice(0, MOST);
  return names.length === 0 ? USUAL[kind] : names;
}

/** What the address says of columns; nothing for the usual ones. */
export function addressOf(kind: Kind, columns: readonly string[]): string | undefined {
  const written = columns.map((name) => name.replace(/[%,]/g, encodeURIComponent)).join(',');
  return columns.length === 0 || written === USUAL[kind].join(',') ? undefined : written;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.trim());
  } catch {
    return name.trim();
  }
}

/** One of them moved by a place to the front or to the back. */
export function moved(columns: readonly string[], name: string, by: -1 | 1): string[] {
  const from = columns.indexOf(name);
  const to = from + by;
  if (from < 0 || to < 0 || to >= columns.length) return [...columns];
  const next = [...columns];
  next.splice(from, 1);
  next.splice(to, 0, name);
  return next;
}

/** What could be shown beside what is: fields of their own, then attributes that were seen. */
export function offered(kind: Kind, columns: readonly string[], seen: readonly string[]): string[] {
  const own = new Set([...USUAL[kind], ...MORE[kind]]);
  return [...new Set([...own, ...seen.filter((name) => /^(attr|resource)\./.test(name))])].filter((name) => !columns.includes(name));
}

/** The attributes of some signals as the search language names them. */
export function attributesOf(items: readonly Signal[]): string[] {
  const names = new Set<string>();
  for (const { payload } of items) {
    for (const [prefix, group] of [['attr.', payload.attributes], ['resource.', payload.resource]] as const) {
      if (typeof group === 'object' && group !== null) for (const name of Object.keys(group)) names.add(prefix + name);
    }
  }
  return [...names].toSorted();
}

/** What a signal has in a column; empty where it has nothing. */
export function cellOf(item: Signal, column: string): string {
  const { payload } = item;
  switch (column) {
    case 'time':
      return clock(item.timestamp);
    case 'level':
      return text(payload.level) || '–';
    case 'status':
      return isTrouble(item) ? 'error' : text(payload.status).toLowerCase() || '–';
    case 'service':
      return text(item.service_name);
    case 'duration':
      return payload.duration_ms === undefined ? '' : duration(number(payload.duration_ms));
    case 'message':
      return text(payload.message);
    case 'name':
      return `${text(payload.name) || text(payload.span_id)}${payload.status_message ? ` · ${text(payload.status_message)}` : ''}`;
    case 'trace':
      return text(item.trace_id);
    case 'span':
      return text(payload.span_id);
    case 'kind':
    case 'status_message':
      return text(payload[column]);
    default: {
      const value = attributeOf(payload, column);
      return value === undefined || value === null ? '' : valueText(value).replace(/\s+/g, ' ');
    }
  }
}

function attributeOf(payload: Record<string, unknown>, column: string): unknown {
  const [, place, quoted = ''] = /^(attr\.|resource\.)?(.*)$/s.exec(column) ?? [];
  const name = /^"(.*)"$/s.exec(quoted)?.[1]?.replace(/\\(.)/gs, '$1') ?? quoted;
  const own = (group: unknown) => (typeof group === 'object' && group !== null && Object.hasOwn(group, name) ? (group as Record<string, unknown>)[name] : undefined);
  if (place === 'attr.') return own(payload.attributes);
  if (place === 'resource.') return own(payload.resource);
  return own(payload.attributes) ?? own(payload.resource);
}

const WIDTHS: Record<string, string> = { time: '100px', level: '58px', status: '58px', service: 'minmax(0, 140px)', duration: '72px', kind: '72px' };
/** Of a time with its day. */
const DATED = '142px';
const TEXTS = new Set(['message', 'name', 'status_message']);

/** How wide they are, for a grid: texts, or else the last one, take what the others leave. */
export function widthsOf(columns: readonly string[], dated = false): string {
  const texts = columns.some((name) => TEXTS.has(name));
  return columns
    .map((name, index) => (TEXTS.has(name) || (!texts && index === columns.length - 1) ? 'minmax(0, 1fr)' : ((name === 'time' && dated ? DATED : WIDTHS[name]) ?? (texts ? 'minmax(0, 150px)' : 'minmax(0, 1fr)'))))
    .join(' ');
}
