import { useEffect, useRef } from 'react';

/** Whether a key that was pressed belongs to what somebody is writing. */
export function isTyping(event: KeyboardEvent): boolean {
  // Seen from outside, the target inside of an editor's shadow root is the editor as a whole.
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/**
 * Keys of a page, without Ctrl, Alt or Cmd. They count while nothing else has the focus or something inside of `within`
 * has it, so that no single letter surprises whoever uses the keyboard elsewhere.
 */
export function usePageKeys(within: string, keys: Record<string, () => void>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || event.defaultPrevented) return;
      const focused = document.activeElement;
      if (focused && focused !== document.body && !focused.closest(within)) return;
      const act = current.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [within]);
}
