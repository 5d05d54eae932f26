// The search over logs and spans.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getJson, Problem } from './client';
import type { Signal } from './types';

export type Kind = 'logs' | 'spans';

/** A question: what, which of it, and when. Times are ISO 8601. */
export interface Question {
  kind: Kind;
  q: string;
  from: string;
  to: string;
}

/** What an answer says about itself. */
export interface Completeness {
  /** False where the time or the bytes that a question may take were used up before its end. */
  complete: boolean;
  /** How far was looked, where it is not complete. */
  searched_to?: string | null;
  /** Everything received before this is in the answer. */
  watermark?: string | null;
  /** Times of which something cannot be read any more. */
  hurt?: { from: string; to: string }[];
}

export interface Found extends Completeness {
  items: Signal[];
  next_cursor: string | null;
  from: string;
  to: string;
}

export interface Histogram extends Completeness {
  bucket_seconds: number;
  buckets: HistogramBucket[];
}

export interface HistogramBucket {
  start: string;
  count: number;
  /** By severity for logs, `ok` and `error` for spans. */
  series: Record<string, number>;
}

export interface Facet {
  field: string;
  /** Each with the search that finds it. */
  values: { value: string; count: number; search: string }[];
  /** How many have another value than those. */
  others: number;
}

export interface Facets extends Completeness {
  facets: Facet[];
  examined: number;
  /** Whether others match that were not looked at. */
  more: boolean;
}

export interface LogPattern {
  template: string;
  count: number;
  share: number;
  severity: string | null;
  services: string[];
  first_seen: string;
  last_seen: string;
  example: string;
  /** Finds its lines again. */
  query: string;
}

export interface Patterns extends Completeness {
  patterns: LogPattern[];
  examined: number;
  more: boolean;
}

export interface Difference {
  field: string;
  value: string;
  selected_share: number;
  baseline_share: number;
  score: number;
  /** Finds the signals that have it. */
  search: string;
}

export interface Comparison extends Completeness {
  selected: number;
  baseline: number;
  attributes: Difference[];
}

export interface Percentile {
  /** The share of its operation's spans that took less; null while none are counted. */
  percentile: number | null;
  operation: string;
  service: string;
  count: number;
  p50_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
  from: string;
  to: string;
}

const PAGE = 500;

export function useSearch(question: Question, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['search', question],
    enabled,
    queryFn: ({ pageParam, signal }) => getJson<Found>(`/query/search?${paramsOf(question, { limit: String(PAGE), cursor: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    // A hundred thousand rows are not compared one by one to find out whether they are still the same.
    structuralSharing: false,
  });
}

export function useHistogram(question: Question, buckets: number, enabled = true) {
  return useAnswer<Histogram>('/query/search/histogram', question, { buckets: String(buckets) }, enabled);
}

export function useSearchFacets(question: Question) {
  return useAnswer<Facets>('/query/search/facets', question, {}, true);
}

export function useLogPatterns(question: Question, enabled = true) {
  return useAnswer<Patterns>('/query/search/patterns', question, { limit: '50' }, enabled);
}

/** What is different about the spans of a question from those of another, or, where that is empty, from all others. */
export function useComparison(question: Question, baseline: string, enabled = true) {
  return useAnswer<Comparison>('/query/search/comparison', question, { baseline }, enabled);
}

function useAnswer<T>(path: string, question: Question, more: Record<string, string>, enabled: boolean) {
  return useQuery({
    queryKey: ['search', path, question, more],
    enabled,
    queryFn: ({ signal }) => getJson<T>(`${path}?${paramsOf(question, more)}`, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

/** The logs of the same service around one of them, oldest first. It is named by its id and its time. */
export function useAround(id: string, time: string) {
  return useQuery({
    queryKey: ['around', id, time],
    enabled: time !== '',
    queryFn: ({ signal }) => getJson<{ items: Signal[]; index: number }>(`/query/search/around?${new URLSearchParams({ id, time, before: '20', after: '20' })}`, signal),
    staleTime: Infinity,
  });
}

/** Where a span stands among those of its operation; null where that is not known. Ids are parameters, because they may be any text. */
export function usePercentile(trace: string | null, span: string, service: string) {
  return useQuery({
    queryKey: ['percentile', trace, span, service],
    enabled: trace !== null && span !== '',
    queryFn: async ({ signal }) => {
      try {
        return await getJson<Percentile>(`/query/spans/percentile?${new URLSearchParams({ trace_id: trace ?? '', span_id: span, service })}`, signal);
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 404) return null;
        throw failure;
      }
    },
    staleTime: 60_000,
  });
}

/** The address of what arrives from now on. */
export function tailPath(kind: Kind, q: string): string {
  return `/query/search/tail?${new URLSearchParams({ kind, q })}`;
}

function paramsOf({ kind, q, from, to }: Question, more: Record<string, string>): URLSearchParams {
  const params = new URLSearchParams({ kind, q, from, to });
  for (const [key, value] of Object.entries(more)) if (value !== '') params.set(key, value);
  return params;
}
