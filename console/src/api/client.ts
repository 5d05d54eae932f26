// One way to ask the gateway: JSON in, or a Problem that says what to do about it.

const KEY = 'whence.apiKey';

/** A failure as the gateway or a service described it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;

  constructor(status: number, code: string, detail: string, traceId?: string) {
    super(detail);
    this.status = status;
    this.code = code;
    this.traceId = traceId;
  }

  /** Whether asking again may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, { headers: headers(), signal: signal ?? null });
}

/** The same for a list that may have been cut, which a header says. */
export async function getCut<T>(path: string, signal?: AbortSignal): Promise<{ items: T[]; cut: boolean }> {
  const response = await answerTo(path, { headers: headers(), signal: signal ?? null });
  return { items: (await response.json()) as T[], cut: response.headers.get('x-truncated') === 'true' };
}

/** A part of a list that goes on where `next` says; the API passes it in a header. */
export interface Slice<T> {
  items: T[];
  next: string | null;
}

export async function getSlice<T>(path: string, signal?: AbortSignal): Promise<Slice<T>> {
  const response = await answerTo(path, { headers: headers(), signal: signal ?? null });
  return { items: (await response.json()) as T[], next: response.headers.get('whence-next-cursor') };
}

/** Sends JSON; `method` is POST unless said otherwise. */
export function sendJson<T>(path: string, body: unknown, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'POST'): Promise<T> {
  return ask<T>(path, {
    method,
    headers: { ...headers(), 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

async function ask<T>(path: string, request: RequestInit): Promise<T> {
  const response = await answerTo(path, request);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function answerTo(path: string, request: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (failure) {
    if (request.signal?.aborted) throw failure;
    throw new Problem(0, 'unreachable', 'The gateway cannot be reached.');
  }
  if (!response.ok) throw await problemOf(response);
  return response;
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
    text('detail') ?? `The server answered ${response.status}.`,
    text('traceId') ?? response.headers.get('x-correlation-id') ?? undefined,
  );
}

/** Kept for this tab only, so that a shared machine forgets it. */
export function rememberApiKey(key: string): void {
  sessionStorage.setItem(KEY, key);
}

function headers(): Record<string, string> {
  const key = sessionStorage.getItem(KEY);
  return key ? { accept: 'application/json', 'x-api-key': key } : { accept: 'application/json' };
}
