// Services, how they call each other, and what storing what they send takes.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson, Problem } from './client';
import type { Page } from './types';

export interface Red {
  calls: number;
  errors: number;
  error_rate: number;
  p50_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
}

export interface ServiceFigures extends Red {
  service: string;
  rate_per_second: number;
  logs: number;
  error_logs: number;
  last_seen: string | null;
}

export interface ServiceList {
  services: ServiceFigures[];
  from: string;
  to: string;
  watermark: string | null;
  /** Whether there are more than are listed. */
  truncated?: boolean;
}

export interface Edge {
  caller: string;
  callee: string;
  calls: number;
  errors: number;
  error_rate: number;
  p50_ms: number | null;
  p95_ms: number | null;
  /** How much longer calls took for the caller than for the callee: the way there and back, and queues. */
  gap_p95_ms?: number | null;
}

export interface ServiceDetail extends Omit<ServiceFigures, 'logs'> {
  log_count: number;
  bucket_seconds: number;
  truncated?: boolean;
  from: string;
  to: string;
  watermark: string | null;
  series: { start: string; calls: number; errors: number; p50_ms: number | null; p95_ms: number | null; p99_ms: number | null }[];
  operations: (Red & { operation: string; kind: string })[];
  callers: Edge[];
  callees: Edge[];
  logs: { start: string; counts: Record<string, number> }[];
  changes: { at: string; kind: string; title: string }[];
  open_incidents: { id: string; title: string; severity: string }[];
}

export interface MapService {
  service: string;
  calls: number;
  errors: number;
  error_rate: number;
  p95_ms: number | null;
  open_incidents: number;
}

export interface ServiceMap {
  nodes: MapService[];
  edges: Edge[];
  from: string;
  to: string;
  watermark: string | null;
  truncated?: boolean;
}

export interface Storage {
  tables: { table: string; kind: string; rows: number; rows_estimated?: boolean; bytes: number; bytes_per_row: number | null }[];
  kinds: { kind: string; signals: number | null; bytes: number; bytes_per_signal: number | null }[];
  services: { service: string; signals_per_day: number; bytes_per_day: number; forecast_bytes: number }[];
  total_bytes: number;
  forecast: { days: number; bytes: number } | null;
  segments: { count: number; signals?: number; bytes?: number };
  as_of: string;
  truncated?: boolean;
}

export interface IngestHealth {
  accepted: number;
  logs?: number;
  spans?: number;
  points?: number;
  rejected: { reason: string; count: number }[];
  /** For how long the oldest minute that is not counted yet has been over. */
  lag_seconds: number | null;
  watermark?: string | null;
}

/** A record that was not stored. */
export interface Rejected {
  received_at: string;
  transport: string;
  signal_type: string;
  reason: string;
  message: string;
  service_name: string | null;
  signal_id: string | null;
  excerpt: string | null;
}

/** Part of an address: the time that is asked about. */
export interface Period {
  from: string;
  to: string;
}

const REFRESH = 60_000;

export function useServices(period: Period, enabled = true) {
  return useQuery({
    queryKey: ['services', period],
    enabled,
    queryFn: ({ signal }) => getJson<ServiceList>(`/query/services?${new URLSearchParams({ ...period })}`, signal),
    placeholderData: keepPreviousData,
  });
}

/** Null where the service is not known. It is asked for by a parameter, because a name may be anything. */
export function useService(name: string, period: Period) {
  return useQuery({
    queryKey: ['service', name, period],
    queryFn: async ({ signal }) => {
      try {
        return await getJson<ServiceDetail>(`/query/service?${new URLSearchParams({ service: name, ...period })}`, signal);
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 404) return null;
        throw failure;
      }
    },
    // Figures of one service are not shown below the name of another.
    placeholderData: (old, query) => (query?.queryKey[1] === name ? old : undefined),
  });
}

export function useServiceMap(period: Period, enabled = true) {
  return useQuery({
    queryKey: ['service-map', period],
    enabled,
    queryFn: ({ signal }) => getJson<ServiceMap>(`/query/service-map?${new URLSearchParams({ ...period })}`, signal),
    placeholderData: keepPreviousData,
  });
}

export function useStorage() {
  return useQuery({
    queryKey: ['storage'],
    queryFn: ({ signal }) => getJson<Storage>('/query/storage', signal),
    refetchInterval: REFRESH,
  });
}

export function useIngestHealth(period: Period) {
  return useQuery({
    queryKey: ['ingest-health', period],
    queryFn: ({ signal }) => getJson<IngestHealth>(`/query/ingest-health?${new URLSearchParams({ ...period })}`, signal),
    placeholderData: keepPreviousData,
  });
}

export interface RejectedFilter {
  reason?: string | undefined;
  service?: string | undefined;
  type?: string | undefined;
  from: string;
  to: string;
}

export function useRejected({ reason, service, type, from, to }: RejectedFilter, page: { limit: number; offset: number }) {
  const params = new URLSearchParams({ start_time: from, end_time: to, limit: String(page.limit), offset: String(page.offset) });
  if (reason) params.set('reason', reason);
  if (service) params.set('service_name', service);
  if (type) params.set('signal_type', type);
  return useQuery({
    queryKey: ['rejected', String(params)],
    queryFn: ({ signal }) => getJson<Page<Rejected>>(`/query/rejected?${params}`, signal),
    placeholderData: keepPreviousData,
  });
}
