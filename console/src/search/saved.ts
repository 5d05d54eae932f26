// Searches that somebody keeps by a name, in this browser and for one project. A saved search is its address.
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useSession } from '../api/accounts';
import { base } from '../base';

export interface SavedSearch {
  name: string;
  /** The address of the page, from its path there. */
  to: string;
}

export const LONGEST_NAME = 80;
const MOST = 200;
/** What belongs to the moment rather than to the search. */
const FLEETING = ['open', 'at', 'panel', 'paused'];

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Other tabs save, too.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

/** The searches of the project that one works in, by name, and what to do with them. */
export function useSavedSearches(): { searches: SavedSearch[]; save: (search: SavedSearch) => boolean; remove: (name: string) => void } {
  const { project } = useSession();
  const key = `whence.searches ${base} ${project ?? ''}`;
  const text = useSyncExternalStore(subscribe, () => localStorage.getItem(key) ?? '');
  const searches = useMemo(() => read(text), [text]);
  const save = useCallback((search: SavedSearch) => write(key, withSearch(read(localStorage.getItem(key) ?? ''), search)), [key]);
  const remove = useCallback((name: string) => void write(key, read(localStorage.getItem(key) ?? '').filter((one) => one.name !== name)), [key]);
  return { searches, save, remove };
}

/** Whatever lies there: what cannot be read is no search. */
export function read(text: string): SavedSearch[] {
  try {
    const found: unknown = JSON.parse(text || '[]');
    if (!Array.isArray(found)) return [];
    // Only pages of the console are led to.
    return found.filter((one): one is SavedSearch => typeof one?.name === 'string' && typeof one.to === 'string' && /^\/(?!\/)/.test(one.to));
  } catch {
    return [];
  }
}

/** With one more, by name; one of the same name is replaced, and the list does not grow without end. */
export function withSearch(searches: readonly SavedSearch[], { name, to }: SavedSearch): SavedSearch[] {
  const kept = searches.filter((one) => one.name !== name).slice(0, MOST - 1);
  return [...kept, { name: name.slice(0, LONGEST_NAME), to }].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The address of a page without what belongs to the moment. */
export function lasting(path: string, params: URLSearchParams): string {
  const kept = new URLSearchParams(params);
  for (const key of FLEETING) kept.delete(key);
  return kept.size > 0 ? `${path}?${kept}` : path;
}

function write(key: string, searches: SavedSearch[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(searches));
  } catch {
    // The browser keeps nothing, or its room is full.
    return false;
  }
  for (const listener of listeners) listener();
  return true;
}
