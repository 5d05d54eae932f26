import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson, Problem } from './client';
import type { Analysis, Incident, IncidentStatus, Page, Severity, Signal } from './types';

const LIVE = 3_000;

export interface IncidentFilter {
  status?: IncidentStatus | undefined;
  severity?: Severity | undefined;
  limit: number;
  offset: number;
}

export function useSignals(limit: number) {
  return useQuery({
    queryKey: ['signals', limit],
    queryFn: ({ signal }) => getJson<Page<Signal>>(`/query/signals?limit=${limit}`, signal),
    refetchInterval: LIVE,
  });
}

export function useIncidents(filter: IncidentFilter) {
  const params = new URLSearchParams({ limit: String(filter.limit), offset: String(filter.offset) });
  if (filter.status) params.set('status', filter.status);
  if (filter.severity) params.set('severity', filter.severity);
  return useQuery({
    queryKey: ['incidents', filter],
    queryFn: ({ signal }) => getJson<Page<Incident>>(`/query/incidents?${params}`, signal),
    refetchInterval: LIVE,
    placeholderData: keepPreviousData,
  });
}

export function useIncident(id: string) {
  return useQuery({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => getJson<Incident>(`/query/incidents/${encodeURIComponent(id)}`, signal),
    refetchInterval: LIVE,
  });
}

/** The newest analysis; null while there is none. */
export function useAnalysis(id: string) {
  return useQuery({
    queryKey: ['analysis', id],
    queryFn: async ({ signal }) => {
      try {
        return await getJson<Analysis>(`/query/incidents/${encodeURIComponent(id)}/analysis`, signal);
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 404) return null;
        throw failure;
      }
    },
    refetchInterval: (query) => (query.state.data ? LIVE * 3 : 1_500),
  });
}

export function useTrace(id: string) {
  return useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => getJson<Signal[]>(`/query/traces/${encodeURIComponent(id)}`, signal),
    // A trace may still be arriving while one looks at it.
    refetchInterval: LIVE * 2,
  });
}
