// What services measure.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson, Problem } from './client';
import type { Period } from './services';

export interface Metric {
  service: string;
  name: string;
  kind: string;
  /** UCUM, where OpenTelemetry sent it; empty when unknown. */
  unit: string;
  /** In how many sets of attributes it is measured. */
  series: number;
  last_seen: string;
}

export interface MetricNames {
  metrics: Metric[];
  services: { service: string; metrics: number }[];
  truncated: boolean;
}

export interface MetricPoint {
  start: string;
  /** The mean, or an amount per second; null where nothing was measured. */
  value: number | null;
  min: number | null;
  max: number | null;
}

export interface Series {
  attributes: Record<string, unknown>;
  resource: Record<string, unknown>;
  /** As it was sent. */
  last: number;
  last_at: string;
  points: MetricPoint[];
}

export interface MetricSeries {
  service: string;
  name: string;
  kind: string;
  unit: string;
  /** Whether values are amounts per second. */
  rate: boolean;
  bucket_seconds: number;
  series: Series[];
  attributes: { name: string; values: { value: string; series: number }[]; others: number }[];
  from: string;
  to: string;
  watermark: string;
  truncated: boolean;
}

/** Of the service, or of all, those whose name contains a text. */
export function useMetricNames(service: string | undefined, q: string) {
  return useQuery({
    queryKey: ['metrics', service, q],
    queryFn: ({ signal }) => getJson<MetricNames>(`/query/metrics/names?${new URLSearchParams({ ...(service ? { service_name: service } : {}), ...(q ? { q } : {}) })}`, signal),
    placeholderData: keepPreviousData,
  });
}

/** Null where nothing was measured since the period began. */
export function useMetricSeries(service: string, name: string, attribute: string | undefined, period: Period) {
  return useQuery({
    queryKey: ['metric', service, name, attribute, period],
    enabled: name !== '',
    queryFn: async ({ signal }) => {
      try {
        return await getJson<MetricSeries>(`/query/metrics/series?${new URLSearchParams({ service_name: service, name, ...(attribute ? { attribute } : {}), ...period })}`, signal);
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 404) return null;
        throw failure;
      }
    },
    // Figures of one metric are not shown below the name of another.
    placeholderData: (old, query) => (query?.queryKey[1] === service && query.queryKey[2] === name ? old : undefined),
  });
}
