import type { Completeness } from '../api/search';
import { clock, moment } from '../ui/time';

/** In words what an answer leaves out; undefined where it leaves nothing out. */
export function missingText({ complete, searched_to: to, hurt }: Completeness, order: 'newest' | 'oldest' = 'newest'): string | undefined {
  if (hurt && hurt.length > 0) return `Something of ${moment(hurt[0]!.from)} – ${moment(hurt[0]!.to)}${hurt.length > 1 ? ` and ${hurt.length - 1} more times` : ''} is damaged and cannot be read any more.`;
  if (complete) return undefined;
  const limit = 'The time that one question may take was up';
  if (!to) return `${limit}: not everything was looked at.`;
  return `${limit}: only what is ${order === 'newest' ? 'newer' : 'older'} than ${moment(to)} was looked at.`;
}

/** How fresh an answer is. */
export function freshText({ watermark }: Completeness): string | undefined {
  return watermark ? `Everything received before ${clock(watermark)} is in it.` : undefined;
}
