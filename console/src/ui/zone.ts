import { useSyncExternalStore } from 'react';

const KEY = 'whence.zone';

/** In which zone times are written: that of this browser, or UTC. */
export type Zone = 'local' | 'utc';

const listeners = new Set<() => void>();
let chosen: Zone | undefined;

export function zone(): Zone {
  chosen ??= typeof localStorage !== 'undefined' && localStorage.getItem(KEY) === 'utc' ? 'utc' : 'local';
  return chosen;
}

export function chooseZone(next: Zone): void {
  chosen = next;
  if (typeof localStorage !== 'undefined') localStorage.setItem(KEY, next);
  for (const listener of listeners) listener();
}

/** Draws whoever asks again when the choice changes. */
export function useZone(): Zone {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, zone);
}
