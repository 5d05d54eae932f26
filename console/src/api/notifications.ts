import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from './client';
import type { Severity } from './types';

const BASE = '/api/notifications';

export type ChannelKind = 'webhook' | 'slack' | 'pagerduty' | 'email' | 'alertmanager';
export type Strategy = 'new-only' | 'all-updates' | 'none';

export interface Channel {
  id: string;
  name: string;
  kind: ChannelKind;
  enabled: boolean;
  target: string;
  pending?: number;
  held?: number;
  failed?: number;
  last_sent_at?: string | null;
  last_error?: string | null;
  circuit?: 'closed' | 'open' | 'half-open';
  /** Told once, when it was made. */
  secret?: string;
}

export interface Route {
  id: string;
  channel_id: string;
  channel_name: string;
  services: string[];
  min_severity: Severity;
  strategy: Strategy;
  enabled: boolean;
}

export interface MaintenanceWindow {
  id: string;
  services: string[];
  from: string;
  to: string;
  reason: string;
  created_by?: string;
  state: 'planned' | 'active' | 'ended';
  held?: number;
}

export interface Delivery {
  id: string;
  channel_name: string;
  kind: ChannelKind;
  type: string;
  incident_id?: string | null;
  incident_title?: string | null;
  state: 'pending' | 'held' | 'sent' | 'failed' | 'summarised' | 'folded' | 'superseded';
  attempts: number;
  created_at: string;
  sent_at?: string | null;
  last_detail?: string | null;
}

export interface TestOutcome {
  outcome: 'sent' | 'failed';
  detail: string;
  response?: string | null;
}

interface Items<T> {
  items: T[];
}

function useList<T>(what: string, everyMs: number) {
  return useQuery({
    queryKey: ['notifications', what],
    queryFn: ({ signal }) => getJson<Items<T>>(`${BASE}/${what}`, signal),
    refetchInterval: everyMs,
  });
}

export const useChannels = () => useList<Channel>('channels', 10_000);
export const useRoutes = () => useList<Route>('routes', 30_000);
export const useMaintenance = () => useList<MaintenanceWindow>('maintenance', 30_000);
export const useDeliveries = () => useList<Delivery>('deliveries?limit=50', 5_000);

interface Change {
  path: string;
  method: 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
}

/** Any change of what is notified; everything on the page is read again after it. */
export function useNotificationChange<T = unknown>() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, body }: Change) => sendJson<T>(`${BASE}/${path}`, body, method),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  });
}
