// The candidates that a step names, read as the query service reads them when it follows one.
import type { Step } from '../api/runs';
import { isObject } from './funnel';

export interface Candidate {
  /** By what it is known; null for an object that has none of the usual keys. */
  id: string | null;
  /** What there is to read of it. */
  label: string;
  rank: number;
  score: number | null;
  /** Whether it went on; null when the step does not say. */
  selected: boolean | null;
  reason: string | null;
}

export interface Candidates {
  listed: Candidate[];
  /** How many there were, where only a sample is kept of them and the step says so. */
  sampledOf: number | null;
  sampled: boolean;
}

const LISTS: [part: 'outputs' | 'metadata', list: string, selected: boolean | null][] = [
  ['outputs', 'candidates', null],
  ['metadata', 'candidates', null],
];
const SPLIT: typeof LISTS = [
  ['outputs', 'survivors', true],
  ['outputs', 'items', true],
  ['outputs', 'selected', true],
  ['outputs', 'rejected', false],
  ['outputs', 'dropped', false],
];
const IDS = ['id', 'candidate_id', 'document_id', 'doc_id'];

/** The list that tells of all comes before those that tell of the kept and the dropped apart. */
export function candidatesOf(step: Step): Candidates {
  const found = LISTS.map((place) => read(step, place)).find((list) => list !== null);
  const parts = found ? [found] : SPLIT.map((place) => read(step, place)).filter((list) => list !== null);
  const lengths = parts.map((part) => part.length).filter((length) => length !== null);
  const client = found !== undefined && isSampledByClient(step);
  return {
    listed: parts.flatMap((part) => part.listed),
    sampled: lengths.length > 0 || client,
    sampledOf: lengths.length > 0 ? parts.reduce((sum, part) => sum + (part.length ?? part.listed.length), 0) : client ? totalOf(step) : null,
  };
}

/** Whether the step had more candidates than it lists. */
export function isSampled(step: Step): boolean {
  return Object.keys(step.sampled ?? {}).length > 0 || isSampledByClient(step);
}

function isSampledByClient(step: Step): boolean {
  return isObject(step.metadata) && step.metadata.candidates_sampled === true;
}

function read(step: Step, [part, list, selected]: (typeof LISTS)[number]): { listed: Candidate[]; length: number | null } | null {
  const holder = step[part];
  const values = isObject(holder) ? holder[list] : undefined;
  if (!Array.isArray(values)) return null;
  const length = step.sampled?.[`${part}.${list}`];
  return { listed: values.map((value, index) => candidateOf(value, index + 1, selected)), length: typeof length === 'number' ? length : null };
}

function candidateOf(value: unknown, place: number, selected: boolean | null): Candidate {
  if (!isObject(value)) {
    const label = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return { id: typeof value === 'object' ? null : label, label, rank: place, score: null, selected, reason: null };
  }
  const key = IDS.find((name) => typeof value[name] === 'string' || typeof value[name] === 'number');
  const id = key === undefined ? null : String(value[key]);
  return {
    id,
    label: id ?? JSON.stringify(value),
    rank: numberOf(value.rank) ?? place,
    score: numberOf(value.score),
    selected: typeof value.selected === 'boolean' ? value.selected : selected,
    reason: typeof value.reason === 'string' ? value.reason : null,
  };
}

function totalOf(step: Step): number | null {
  const total = isObject(step.metadata) ? numberOf(step.metadata.total_count) : null;
  return total ?? (isObject(step.inputs) ? numberOf(step.inputs.candidate_count) : null);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
