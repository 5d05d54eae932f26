import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getCut, getJson, Problem, sendJson } from './client';
import type { ActionOutcome, Analysis, BulkOutcome, Facets, Feedback, Incident, IncidentState, Page, Severity, Signal, Stats } from './types';

const LIVE = 3_000;

export interface IncidentFilter {
  state?: IncidentState | undefined;
  severity?: Severity | undefined;
  service?: string | undefined;
  assignee?: string | undefined;
  q?: string | undefined;
  /** When it was detected, as ISO 8601. */
  from?: string | undefined;
  to?: string | undefined;
}

export function useSignals(limit: number) {
  return useQuery({
    queryKey: ['signals', limit],
    queryFn: ({ signal }) => getJson<Page<Signal>>(`/query/signals?limit=${limit}`, signal),
    refetchInterval: LIVE,
  });
}

export function useIncidents(filter: IncidentFilter, page: { limit: number; offset: number }) {
  const params = paramsOf(filter);
  params.set('limit', String(page.limit));
  params.set('offset', String(page.offset));
  return useQuery({
    queryKey: ['incidents', filter, page],
    queryFn: ({ signal }) => getJson<Page<Incident>>(`/query/incidents?${params}`, signal),
    refetchInterval: LIVE,
    placeholderData: keepPreviousData,
  });
}

/** How many incidents there are of each kind, under the same filter. */
export function useFacets(filter: IncidentFilter) {
  return useQuery({
    queryKey: ['facets', filter],
    queryFn: ({ signal }) => getJson<Facets>(`/query/incidents/facets?${paramsOf(filter)}`, signal),
    refetchInterval: LIVE * 5,
    placeholderData: keepPreviousData,
  });
}

/** Of the last 30 days. */
export function useStats() {
  return useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => getJson<Stats>('/query/incidents/stats', signal),
    refetchInterval: LIVE * 20,
  });
}

function paramsOf(filter: IncidentFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.state) params.set('status', filter.state);
  if (filter.severity) params.set('severity', filter.severity);
  if (filter.service) params.set('service', filter.service);
  if (filter.assignee) params.set('assignee', filter.assignee);
  for (const key of ['q', 'from', 'to'] as const) if (filter[key]) params.set(key, filter[key]);
  return params;
}

/** What a person does to an incident; `action` is the last part of its path. */
export function useIncidentAction(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, body }: { action: string; body: Record<string, unknown> }) =>
      sendJson<ActionOutcome>(`/query/incidents/${encodeURIComponent(id)}/${action}`, body),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['incident', id] }), client.invalidateQueries({ queryKey: ['analysis', id] })]),
  });
}

export function useBulkAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { action: string; ids: string[]; actor?: string | undefined }) => sendJson<BulkOutcome>('/query/incidents/bulk', body),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['incidents'] }), client.invalidateQueries({ queryKey: ['facets'] })]),
  });
}

/** Was the analysis right? */
export function useFeedback(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { right: boolean; service?: string; note?: string; incident_version?: number | undefined; actor?: string | undefined }) =>
      sendJson<Feedback>(`/query/incidents/${encodeURIComponent(id)}/analysis/feedback`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ['analysis', id] }),
  });
}

/** The signals that the answer rests on; they outlive retention. */
export function useEvidence(id: string) {
  return useQuery({
    queryKey: ['evidence', id],
    queryFn: ({ signal }) => getJson<Signal[]>(`/query/incidents/${encodeURIComponent(id)}/evidence`, signal),
  });
}

/** What a service sent around a moment, newest first. */
export function useNeighbourhood(signal: Signal | undefined, aroundMs: number) {
  return useQuery({
    queryKey: ['neighbourhood', signal?.id, aroundMs],
    enabled: signal !== undefined,
    queryFn: ({ signal: abort }) => {
      const at = Date.parse(signal?.timestamp ?? '');
      const params = new URLSearchParams({
        service_name: signal?.service_name ?? '',
        start_time: new Date(at - aroundMs).toISOString(),
        end_time: new Date(at + aroundMs).toISOString(),
        limit: '100',
      });
      return getJson<Page<Signal>>(`/query/signals?${params}`, abort);
    },
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

/** The incidents that were seen on a trace. */
export function useIncidentsOfTrace(trace: string) {
  return useQuery({
    queryKey: ['incidents', 'of', trace],
    enabled: trace !== '',
    queryFn: ({ signal }) => getJson<Page<Incident>>(`/query/incidents?${new URLSearchParams({ trace_id: trace, limit: '5' })}`, signal),
    staleTime: 30_000,
  });
}

/** The incidents whose title, services, problems or traces say a text. */
export function useIncidentSearch(text: string) {
  return useQuery({
    queryKey: ['incidents', 'search', text],
    enabled: text.length > 1,
    queryFn: ({ signal }) => getJson<Page<Incident>>(`/query/incidents?${new URLSearchParams({ q: text, limit: '6' })}`, signal),
    staleTime: 30_000,
  });
}

/** A larger trace is not fetched again and again. */
const STILL_ARRIVING = 2_000;

export function useTrace(id: string) {
  return useQuery({
    queryKey: ['trace', id],
    enabled: id !== '',
    queryFn: ({ signal }) => getCut<Signal>(`/query/traces/${encodeURIComponent(id)}`, signal),
    // A trace may still be arriving while one looks at it.
    refetchInterval: (query) => ((query.state.data?.items.length ?? 0) < STILL_ARRIVING ? LIVE * 2 : false),
    refetchOnWindowFocus: false,
  });
}
