import { useEffect, useRef, useState } from 'react';
import { getStream } from '../api/client';
import type { Kind } from '../api/search';
import { tailPath } from '../api/search';
import { watch } from '../api/stream';
import type { Signal } from '../api/types';

/** Rows kept of what arrived; older ones fall out at the end. */
export const KEPT = 2_000;
/** The list is drawn again at most this often: nobody reads faster. */
const DRAW_MS = 250;

export interface Tail {
  /** Newest first. */
  items: Signal[];
  /** Whether the stream is open. */
  live: boolean;
  /** How many the server left out because they came too fast. */
  skipped: number;
}

/** What arrives from now on, while `on`. What comes while it is paused is not shown later. */
export function useTail(kind: Kind, q: string, on: boolean): Tail {
  const [tail, setTail] = useState<Tail>({ items: [], live: false, skipped: 0 });
  const fresh = useRef<Signal[]>([]);
  useEffect(() => {
    if (!on) return;
    setTail((old) => ({ ...old, items: [], skipped: 0 }));
    fresh.current = [];
    const stop = new AbortController();
    const draw = setInterval(() => {
      if (fresh.current.length === 0) return;
      const arrived = fresh.current;
      fresh.current = [];
      setTail((old) => ({ ...old, items: joined(arrived, old.items) }));
    }, DRAW_MS);
    void watch(
      (headers, signal) => getStream(tailPath(kind, q), headers, signal),
      {
        onEvent: ({ name, data }) => {
          const event = parsed(data);
          if (name === 'signal' && isSignal(event)) fresh.current.push(event);
          if (name === 'lagging') setTail((old) => ({ ...old, skipped: old.skipped + (Number((event as { skipped?: unknown })?.skipped) || 0) }));
        },
        onLive: (live) => setTail((old) => ({ ...old, live })),
      },
      stop.signal,
    );
    return () => {
      clearInterval(draw);
      stop.abort();
      setTail((old) => ({ ...old, live: false }));
    };
  }, [kind, q, on]);
  return tail;
}

/** What arrived, in the order in which it did, before what was there; each once, and no more than is kept. */
export function joined(arrived: readonly Signal[], old: readonly Signal[]): Signal[] {
  const seen = new Set<string>();
  return [...arrived.toReversed(), ...old].filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, KEPT);
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function isSignal(value: unknown): value is Signal {
  const { id, timestamp, payload } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof timestamp === 'string' && typeof payload === 'object' && payload !== null;
}
