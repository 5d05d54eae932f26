import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { asksWhoOneIs, getJson, sendJson, session } from './client';
import type { SessionState } from './session';

export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['ingest', 'read', 'write', 'admin'] as const;

export interface Account {
  id: string;
  email: string;
  is_active: boolean;
  /** Whether it runs the installation: an administrator of project 1. */
  is_superuser: boolean;
  created_at: string;
  last_login_at: string | null;
}

export interface Member {
  id: string;
  email: string;
  is_active: boolean;
  role: Role;
  since: string;
  last_login_at: string | null;
}

export interface Membership {
  id: number;
  name: string;
  role: Role;
}

export interface Invitation {
  id: number;
  project_id: number;
  role: Role;
  /** The only address that may accept it; null for whoever has the token. */
  email: string | null;
  invited_by: string;
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  revoked_at: string | null;
  /** Told once, when it was made. */
  token?: string;
}

export interface Project {
  id: number;
  name: string;
  created_at: string;
}

export interface ApiKey {
  id: number;
  project_id: number;
  name: string;
  prefix: string;
  scopes: string[];
  /** Null for no limit of its own. */
  requests_per_minute: number | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
  /** Told once, when it was made. */
  key?: string;
}

export interface AuditEntry {
  id: number;
  at: string;
  project_id: number;
  actor: { kind: string; id: string | null; name: string };
  action: string;
  object: { kind: string; id: string };
  details: Record<string, unknown>;
}

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const PAGE = 20;

/** Everything of this file is asked for again when something of it was changed. */
const ALL = 'accounts';

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

/** Whether the server asks for a credential at all. */
export function useAsksWhoOneIs() {
  return useQuery({ queryKey: ['asks'], queryFn: ({ signal }) => asksWhoOneIs(signal), staleTime: 60_000 });
}

export function useMe() {
  const { signedIn } = useSession();
  return useQuery({ queryKey: [ALL, 'me'], enabled: signedIn, queryFn: ({ signal }) => getJson<Account>('/api/users/me', signal), staleTime: 60_000 });
}

export function useMyProjects() {
  const { signedIn } = useSession();
  return useQuery({ queryKey: [ALL, 'mine'], enabled: signedIn, queryFn: ({ signal }) => getJson<Membership[]>('/api/users/me/projects', signal), staleTime: 60_000 });
}

/** The projects that the credential may administer. */
export function useProjects() {
  return useQuery({ queryKey: [ALL, 'projects'], queryFn: ({ signal }) => getJson<Project[]>('/api/projects', signal) });
}

export function useMembers(project: number) {
  return useQuery({ queryKey: [ALL, 'members', project], queryFn: ({ signal }) => getJson<Member[]>(`/api/projects/${project}/members`, signal) });
}

export function useInvitations(project: number) {
  return useQuery({ queryKey: [ALL, 'invitations', project], queryFn: ({ signal }) => getJson<Invitation[]>(`/api/projects/${project}/invitations`, signal) });
}

export function useKeys(project: number) {
  return useQuery({ queryKey: [ALL, 'keys', project], queryFn: ({ signal }) => getJson<ApiKey[]>(`/api/projects/${project}/keys`, signal) });
}

/** All accounts of the installation; for administrators of project 1. */
export function useAccounts(page: number) {
  return useQuery({
    queryKey: [ALL, 'users', page],
    queryFn: ({ signal }) => getJson<{ users: Account[]; total: number }>(`/api/users/?page=${page}&page_size=${PAGE}`, signal),
    placeholderData: keepPreviousData,
  });
}

export function useAudit(filter: AuditFilter, cursor: string | undefined) {
  const params = new URLSearchParams({ limit: '50' });
  for (const [key, value] of Object.entries({ ...filter, cursor })) if (value) params.set(key, value);
  return useQuery({
    queryKey: [ALL, 'audit', filter, cursor],
    queryFn: ({ signal }) => getJson<{ entries: AuditEntry[]; next: number | null }>(`/api/audit?${params}`, signal),
    placeholderData: keepPreviousData,
  });
}

export interface AccountChange {
  /** Below /api/. */
  path: string;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
}

export function useAccountChange<T = unknown>() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, body }: AccountChange) => sendJson<T>(`/api/${path}`, body, method),
    onSettled: () => client.invalidateQueries({ queryKey: [ALL] }),
  });
}

/** Goes on in another project: everything on the page is another project's then. */
export function useSwitch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (project: number) => session.switchTo(project),
    onSuccess: () => client.resetQueries(),
  });
}
