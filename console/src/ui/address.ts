import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export type Change = (changes: Record<string, string | undefined>, how?: { replace?: boolean }) => void;

/** What the address says of the page, and how to change it; an undefined or empty value is taken out. */
export function useAddress(): [URLSearchParams, Change] {
  const [params, setParams] = useSearchParams();
  const change = useCallback<Change>(
    (changes, { replace = false } = {}) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          for (const [key, value] of Object.entries(changes)) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        { preventScrollReset: true, replace },
      ),
    [setParams],
  );
  return [params, change];
}
