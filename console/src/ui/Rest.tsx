import { useState } from 'react';
import { whole } from './text';

/** The first of a list, as many as a page draws without getting slow, and a way to the rest. */
export function useFirst<T>(all: readonly T[], most: number): [shown: readonly T[], rest: { hidden: number; onShow: () => void }] {
  const [everything, setEverything] = useState(false);
  const shown = everything ? all : all.slice(0, most);
  return [shown, { hidden: all.length - shown.length, onShow: () => setEverything(true) }];
}

export function Rest({ hidden, what, onShow }: { hidden: number; what: string; onShow: () => void }) {
  if (hidden === 0) return null;
  return (
    <button type="button" className="more" onClick={onShow}>
      Show the other {whole(hidden)} {what}
    </button>
  );
}
