import { duration } from '../ui/time';

/** What the reasons of the API mean. */
export const REASONS: Record<string, string> = {
  malformed: 'it could not be read',
  'invalid-field': 'a field is missing or wrong',
  limit: 'it had more parts than are taken',
  'too-large': 'it was too large',
  'unsupported-type': 'its type is not known',
  conflict: 'its id was taken by another content',
};

/** Minutes are counted when they are over; more than this means that counting does not keep up. Own judgement. */
const LATE_SECONDS = 300;

export function lagOf(seconds: number | null): { value: string; late: boolean; words: string } {
  if (seconds === null) return { value: '–', late: false, words: 'not known' };
  if (seconds < 60) return { value: 'not at all', late: false, words: 'figures are up to the minute' };
  const late = seconds >= LATE_SECONDS;
  return { value: duration(seconds * 1000), late, words: late ? 'the worker does not keep up, or does not run' : 'figures are a little behind' };
}
