import { useEffect, useRef, useState } from 'react';
import { useDebounced } from './debounced';

const PAUSE_MS = 250;

/**
 * A text that is typed, and kept somewhere else once nobody has typed for a moment: a page that takes long to draw loses no key.
 * What is changed elsewhere, by going back for instance, is shown.
 */
export function useTyped(kept: string, keep: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(kept);
  const settled = useDebounced(typed, PAUSE_MS);
  const last = useRef(kept);
  useEffect(() => {
    if (settled !== last.current) {
      last.current = settled;
      keep(settled);
    }
  }, [settled, keep]);
  useEffect(() => {
    if (kept !== last.current) {
      last.current = kept;
      setTyped(kept);
    }
  }, [kept]);
  return [typed, setTyped];
}
