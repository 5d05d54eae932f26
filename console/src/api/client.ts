// One way to ask the gateway: JSON in, or a Problem that says what to do about it.
import { at } from '../base';
import type { Tokens } from './session';
import { Session } from './session';

const KEY = 'whence.apiKey';
const REFRESH = 'whence.refreshToken';

/** The session of this tab. */
export const session = new Session(
  {
    read: () => sessionStorage.getItem(REFRESH),
    write: (token) => sessionStorage.setItem(REFRESH, token),
    clear: () => sessionStorage.removeItem(REFRESH),
  },
  async (refreshToken, project) => {
    try {
      return await plainly<Tokens>('/api/auth/jwt/refresh', { refresh_token: refreshToken, project });
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 401) return null;
      throw failure;
    }
  },
);

export interface FieldError {
  pointer: string;
  message: string;
}

/** A failure as the gateway or a service described it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;
  /** What is wrong field by field, where the server says it. */
  readonly fields: FieldError[];

  constructor(status: number, code: string, detail: string, traceId?: string, fields: FieldError[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.traceId = traceId;
    this.fields = fields;
  }

  /** Whether asking again may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, { signal: signal ?? null });
}

/** The same for a list that may have been cut, which a header says. */
export async function getCut<T>(path: string, signal?: AbortSignal): Promise<{ items: T[]; cut: boolean }> {
  const response = await answerTo(path, { signal: signal ?? null });
  return { items: (await response.json()) as T[], cut: response.headers.get('x-truncated') === 'true' };
}

/** A part of a list that goes on where `next` says; the API passes it in a header. */
export interface Slice<T> {
  items: T[];
  next: string | null;
}

export async function getSlice<T>(path: string, signal?: AbortSignal): Promise<Slice<T>> {
  const response = await answerTo(path, { signal: signal ?? null });
  return { items: (await response.json()) as T[], next: response.headers.get('whence-next-cursor') };
}

/** Sends JSON; `method` is POST unless said otherwise. */
export function sendJson<T>(path: string, body: unknown, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'POST', headers: Record<string, string> = {}): Promise<T> {
  return ask<T>(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

/** An answer that goes on for as long as there is something to tell. */
export function getStream(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  return answerTo(path, { headers: { ...headers, accept: 'text/event-stream' }, signal });
}

/** Signs somebody in. A key that was used before is forgotten: a request carries one credential. */
export async function signIn(email: string, password: string): Promise<void> {
  const tokens = await plainly<Tokens>('/api/auth/jwt/login', { username: email, password });
  sessionStorage.removeItem(KEY);
  session.begin(tokens);
}

/** Makes an account and nothing else. */
export function register(email: string, password: string, invitation?: string): Promise<unknown> {
  return plainly('/api/auth/register', { email, password, invitation: invitation || undefined });
}

/** Ends the session at the server, and here whatever the server says. */
export async function signOut(): Promise<void> {
  try {
    await sendJson('/api/auth/jwt/logout', undefined);
  } finally {
    session.end();
  }
}

/** What the server answers to whoever sends no credential: whether it asks for one. */
export async function asksWhoOneIs(signal?: AbortSignal): Promise<boolean> {
  const response = await reach('/api/projects', { signal: signal ?? null, headers: { accept: 'application/json' } });
  if (response.status === 401) return true;
  if (!response.ok) throw await problemOf(response);
  return false;
}

async function ask<T>(path: string, request: RequestInit): Promise<T> {
  const response = await answerTo(path, request);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Asks as whoever has signed in, with a new token where the old one is refused. */
async function answerTo(path: string, request: RequestInit): Promise<Response> {
  const token = await session.token();
  let response = await reach(path, { ...request, headers: headers(request, token) });
  if (response.status === 401 && token !== null) {
    const next = await session.after(token);
    if (next !== null) response = await reach(path, { ...request, headers: headers(request, next) });
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401) session.refuse(problem.message);
  throw problem;
}

/** Sends JSON without any credential. */
async function plainly<T>(path: string, body: unknown): Promise<T> {
  const response = await reach(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(at(path), request);
  } catch (failure) {
    if (request.signal?.aborted) throw failure;
    throw new Problem(0, 'unreachable', 'The gateway cannot be reached.');
  }
}

/** What a failed answer says, whichever service wrote it. */
export async function problemOf(response: Response): Promise<Problem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // Not JSON: the status alone has to do.
  }
  const text = (key: string) => (typeof body[key] === 'string' ? (body[key] as string) : undefined);
  return new Problem(
    response.status,
    text('code') ?? `http-${response.status}`,
    // The API of image definitions has a list for a detail where a form was wrong, and the sentence beside it.
    text('detail') ?? text('error') ?? `The server answered ${response.status}.`,
    text('traceId') ?? response.headers.get('x-correlation-id') ?? undefined,
    Array.isArray(body.errors) ? body.errors.filter(isFieldError) : [],
  );
}

function isFieldError(value: unknown): value is FieldError {
  const { pointer, message } = (value ?? {}) as Record<string, unknown>;
  return typeof pointer === 'string' && typeof message === 'string';
}

/** Kept for this tab only, so that a shared machine forgets it. Whoever had signed in has not any more. */
export function rememberApiKey(key: string): void {
  session.end();
  sessionStorage.setItem(KEY, key);
}

export function forgetApiKey(): void {
  sessionStorage.removeItem(KEY);
}

export function hasApiKey(): boolean {
  return sessionStorage.getItem(KEY) !== null;
}

function headers(request: RequestInit, token: string | null): Record<string, string> {
  const all: Record<string, string> = { accept: 'application/json', ...(request.headers as Record<string, string> | undefined) };
  const key = sessionStorage.getItem(KEY);
  if (token !== null) all.authorization = `Bearer ${token}`;
  else if (key) all['x-api-key'] = key;
  return all;
}
