import type { Signal } from '../api/types';
import { plain } from '../ui/text';
import { duration } from '../ui/time';

const BAD_LEVELS = new Set(['error', 'critical', 'fatal', 'severe', 'emergency', 'alert']);
const BAD_STATUSES = new Set(['error', 'failed', 'failure', 'status_code_error']);

/** One line that says what a signal is. */
export function signalText(signal: Signal): string {
  const payload = signal.payload;
  switch (signal.signal_type) {
    case 'log':
      return `${text(payload.level)} ${text(payload.message)}`.trim();
    case 'trace':
      return `${text(payload.name) || text(payload.span_id)} · ${duration(number(payload.duration_ms))}`;
    default:
      return `${text(payload.metric_name)} = ${number(payload.value).toLocaleString('en-US')} ${text(payload.unit)}`.trim();
  }
}

export function isTrouble(signal: Signal): boolean {
  if (signal.signal_type === 'log') return BAD_LEVELS.has(text(signal.payload.level).toLowerCase());
  if (signal.signal_type === 'trace') return BAD_STATUSES.has(text(signal.payload.status).toLowerCase());
  return false;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? plain(value) : typeof value === 'number' ? String(value) : '';
}

export function number(value: unknown): number {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : 0;
}
