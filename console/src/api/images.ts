import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, Problem, sendJson } from './client';

const BASE = '/api/config';

/** Nothing but the editor's last texts; they may be long. */
const SHORT = { gcTime: 10_000 };

/** What somebody writes when they write a definition. */
export interface Content {
  name: string;
  description: string | null;
  yaml_content: string;
  image_type: string;
  fedora_version: string;
  enable_plymouth: boolean;
  artifact_kinds: string[];
}

export interface Definition extends Content {
  id: number;
  created_at: string;
  updated_at: string;
  /** How often it has been written, from 1. */
  version: number;
}

export interface Version extends Content {
  version: number;
  written_at: string;
  written_by: string;
  /** The version that this one brought back, if it did. */
  restores: number | null;
}

/** One thing about the text of a definition; line and column count from 1, the column in code points. */
export interface Finding {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  path: string;
  line: number;
  column: number;
  suggestion?: string;
}

export interface Verdict {
  valid: boolean;
  problems: Finding[];
}

export interface DefinitionFile {
  filename: string;
  name: string;
  description: string | null;
  image_type: string | null;
}

/** Types that the API knows. Of those that are not buildable no Containerfile can be made yet. */
export const IMAGE_TYPES = [
  { name: 'fedora-bootc', buildable: true },
  { name: 'fedora-sway-atomic', buildable: true },
  { name: 'fedora-kinoite', buildable: true },
  { name: 'fedora-lxqt', buildable: true },
  ...['onyx', 'budgie', 'cinnamon', 'cosmic', 'deepin', 'mate', 'xfce'].map((name) => ({ name: `fedora-${name}`, buildable: false })),
] as const;

export const PAGE = 20;

export function useDefinitions(q: string, page: number) {
  const params = new URLSearchParams({ page: String(page), page_size: String(PAGE) });
  if (q) params.set('q', q);
  return useQuery({
    queryKey: ['definitions', q, page],
    queryFn: ({ signal }) => getJson<{ configs: Definition[]; total: number }>(`${BASE}/?${params}`, signal),
    placeholderData: keepPreviousData,
  });
}

export function useDefinition(id: string) {
  return useQuery({
    queryKey: ['definition', id],
    queryFn: ({ signal }) => getJson<Definition>(`${BASE}/${encodeURIComponent(id)}`, signal),
  });
}

export function useVersions(id: number, page: number) {
  return useQuery({
    queryKey: ['versions', id, page],
    queryFn: ({ signal }) => getJson<{ versions: Version[]; total: number }>(`${BASE}/${id}/versions?page=${page}&page_size=${PAGE}`, signal),
    placeholderData: keepPreviousData,
  });
}

export function useVersion(id: number, version: number | undefined) {
  return useQuery({
    queryKey: ['version', id, version],
    enabled: version !== undefined,
    queryFn: ({ signal }) => getJson<Version>(`${BASE}/${id}/versions/${version}`, signal),
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What differs between the texts of two versions, as a unified diff. */
export function useDiff(id: number, from: number | undefined, to: number | undefined) {
  return useQuery({
    queryKey: ['diff', id, from, to],
    enabled: from !== undefined && to !== undefined,
    queryFn: ({ signal }) => getJson<{ diff: string }>(`${BASE}/${id}/diff?from=${from}&to=${to}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSchema() {
  return useQuery({
    queryKey: ['schema'],
    queryFn: ({ signal }) => getJson<Record<string, unknown>>(`${BASE}/schema`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useVerdict(yaml: string) {
  return useQuery({
    ...SHORT,
    queryKey: ['verdict', yaml],
    queryFn: () => sendJson<Verdict>(`${BASE}/validate`, { yaml_content: yaml }),
    placeholderData: keepPreviousData,
  });
}

/** The options that a Containerfile depends on beside the text. */
export type Options = Pick<Content, 'image_type' | 'fedora_version' | 'enable_plymouth'>;

export function useContainerfile(yaml: string, { image_type, fedora_version, enable_plymouth }: Options) {
  const body = { yaml_content: yaml, image_type, fedora_version, enable_plymouth };
  return useQuery({
    ...SHORT,
    queryKey: ['containerfile', body],
    queryFn: () => sendJson<{ containerfile: string }>(`${BASE}/transpile`, body),
    retry: (count, error) => error instanceof Problem && error.passing && count < 2,
    placeholderData: keepPreviousData,
  });
}

export function useFiles() {
  return useQuery({
    queryKey: ['definition-files'],
    queryFn: ({ signal }) => getJson<{ definitions: DefinitionFile[] }>(`${BASE}/definitions/list`, signal),
  });
}

export function readFile(filename: string): Promise<{ content: string }> {
  return getJson(`${BASE}/definitions/${encodeURIComponent(filename)}`);
}

/** Stores a definition: a new one, or over the version that its author has seen. */
export function useSave() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, seen, content }: { id?: number; seen?: number; content: Content }) =>
      id === undefined
        ? sendJson<Definition>(`${BASE}/`, content)
        : sendJson<Definition>(`${BASE}/${id}`, content, 'PUT', seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    onSuccess: (saved) => {
      client.setQueryData(['definition', String(saved.id)], saved);
      return Promise.all([client.invalidateQueries({ queryKey: ['definitions'] }), client.invalidateQueries({ queryKey: ['versions', saved.id] })]);
    },
  });
}

export function useRollback(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, seen }: { version: number; seen: number }) => sendJson<Definition>(`${BASE}/${id}/rollback`, { version }, 'POST', { 'if-match': `"${seen}"` }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['definition', String(id)] }),
        client.invalidateQueries({ queryKey: ['definitions'] }),
        client.invalidateQueries({ queryKey: ['versions', id] }),
      ]),
  });
}

export function useDelete() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, seen }: { id: number; seen: number }) => sendJson<void>(`${BASE}/${id}`, undefined, 'DELETE', { 'if-match': `"${seen}"` }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['definitions'] }),
  });
}

/** Something of a recipe that has no counterpart here, and why. */
export interface Dropped {
  path: string;
  line: number;
  column: number;
  reason: string;
}

export interface Imported {
  /** That the API takes. */
  name: string;
  yaml_content: string;
  not_carried_over: Dropped[];
}

/** Makes a definition of a BlueBuild recipe; stores nothing. */
export function useImport() {
  return useMutation({
    mutationFn: (recipe: string) => sendJson<Imported>(`${BASE}/import/bluebuild`, { yaml_content: recipe }),
  });
}
