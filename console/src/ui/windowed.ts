import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Rows drawn above and below what is seen, so that a quick scroll does not show gaps. */
const SPARE = 12;

export interface Slice {
  first: number;
  /** One past the last row drawn. */
  end: number;
}

/** Which of `count` rows of one height have to be drawn. */
export function sliceOf(scrollTop: number, seen: number, rowHeight: number, count: number, spare = SPARE): Slice {
  const top = Math.max(0, Math.min(scrollTop, count * rowHeight - seen));
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  return { first, end: Math.min(count, Math.ceil((top + seen) / rowHeight) + spare) };
}

/** Where to scroll so that a row is seen, with a row to spare; where it is already seen, nowhere. */
export function scrollFor(row: number, scrollTop: number, seen: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop + rowHeight) return Math.max(0, top - rowHeight);
  if (top + 2 * rowHeight > scrollTop + seen) return Math.max(0, top + 2 * rowHeight - seen);
  return scrollTop;
}

/**
 * Draws only the rows of a long list that are seen. The element of `ref` scrolls and holds one child of `height` pixels;
 * row n stands `n * rowHeight` from its top.
 */
export function useWindowed(count: number, rowHeight: number) {
  const element = useRef<HTMLDivElement>(null);
  const [slice, setSlice] = useState<Slice>({ first: 0, end: Math.min(count, 60) });
  const measure = useCallback(() => {
    const { scrollTop = 0, clientHeight = 0 } = element.current ?? {};
    const next = sliceOf(scrollTop, clientHeight, rowHeight, count);
    setSlice((old) => (old.first === next.first && old.end === next.end ? old : next));
  }, [count, rowHeight]);

  useLayoutEffect(() => {
    measure();
    if (!element.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [measure]);

  const scrollTo = useCallback(
    (row: number) => {
      const box = element.current;
      if (box) box.scrollTop = scrollFor(row, box.scrollTop, box.clientHeight, rowHeight);
    },
    [rowHeight],
  );
  return { ref: element, first: Math.min(slice.first, count), end: Math.min(slice.end, count), height: count * rowHeight, onScroll: measure, scrollTo };
}
