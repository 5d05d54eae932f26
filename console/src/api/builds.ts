import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getJson, getStream, sendJson } from './client';
import { watch } from './stream';

const BASE = '/api/build';

/** While no events arrive. */
const POLL = 5_000;

export const STATUSES = ['pending', 'queued', 'in_progress', 'success', 'failure', 'cancelled'] as const;
export type BuildStatus = (typeof STATUSES)[number];

export interface Build {
  id: number;
  config_id: number | null;
  workflow_run_id: number | null;
  status: BuildStatus;
  image_type: string;
  fedora_version: string;
  ref: string;
  started_at: string | null;
  completed_at: string | null;
  created_at: string;
  /** The name or the file that it was made from; null when the text was sent along. */
  definition: string | null;
  requested_by: string;
  workflow_url: string | null;
  /** How the run ended, in GitHub's word. */
  conclusion: string | null;
  /** Why it waits or failed. */
  detail: string | null;
}

export interface BuildState {
  build: Build;
  workflow_status: string | null;
  workflow_url: string | null;
  conclusion: string | null;
  logs_url: string | null;
}

/** What is to be built: one of the first three, or else a description of the system. */
export interface Wanted {
  config_id?: number;
  definition_filename?: string;
  os?: string;
  desktop_environment?: string;
  window_manager?: string;
  image_type?: string;
  fedora_version?: string;
  enable_plymouth?: boolean;
  ref?: string;
}

export const PAGE = 20;

export function isOver(status: BuildStatus): boolean {
  return status === 'success' || status === 'failure' || status === 'cancelled';
}

export function useBuilds(filter: { status?: BuildStatus | undefined; config_id?: string | undefined }, page: number) {
  const params = new URLSearchParams({ page: String(page), page_size: String(PAGE) });
  if (filter.status) params.set('status', filter.status);
  if (filter.config_id) params.set('config_id', filter.config_id);
  const live = useBuildEvents('/events');
  return useQuery({
    queryKey: ['builds', filter, page],
    queryFn: ({ signal }) => getJson<{ builds: Build[]; total: number }>(`${BASE}/?${params}`, signal),
    refetchInterval: live ? false : POLL,
    placeholderData: keepPreviousData,
  });
}

/** One build and what is known of its run; told by the server while it goes on, or else asked for. */
export function useBuild(id: string) {
  const [over, setOver] = useState(false);
  const live = useBuildEvents(over ? undefined : `/${encodeURIComponent(id)}/events`);
  const state = useQuery({
    queryKey: ['build', id],
    queryFn: ({ signal }) => getJson<BuildState>(`${BASE}/${encodeURIComponent(id)}/status`, signal),
    refetchInterval: over || live ? false : POLL,
  });
  const status = state.data?.build.status;
  useEffect(() => setOver(status !== undefined && isOver(status)), [status]);
  return { ...state, live: live && !over };
}

/** Has everything about builds asked for again when one changes; says whether the server tells of it. */
function useBuildEvents(path: string | undefined): boolean {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    const onEvent = () => {
      void client.invalidateQueries({ queryKey: ['builds'] });
      void client.invalidateQueries({ queryKey: ['build'] });
    };
    const onLive = (is: boolean) => {
      setLive(is);
      // What happened before it listened.
      if (is) onEvent();
    };
    void watch((headers, signal) => getStream(BASE + path, headers, signal), { onEvent, onLive }, stop.signal).finally(() => setLive(false));
    return () => stop.abort();
  }, [client, path]);
  return live;
}

export function useTrigger() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => sendJson<Build>(`${BASE}/trigger`, wanted),
    // A build that GitHub refused is stored, too.
    onSettled: () => client.invalidateQueries({ queryKey: ['builds'] }),
  });
}

export function useCancel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => sendJson<Build>(`${BASE}/${id}/cancel`, undefined),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['builds'] }), client.invalidateQueries({ queryKey: ['build'] })]),
  });
}
