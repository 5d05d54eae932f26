import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';

/** Whether the panel of a button is open: Escape and a click elsewhere close it, and closing gives the button its focus back. */
export function useOpened() {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = (event: PointerEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    addEventListener('pointerdown', leave);
    return () => removeEventListener('pointerdown', leave);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    close();
  };
  return {
    open,
    close,
    /** Of what holds the button and its panel. */
    holder: { ref: box, onKeyDown },
    opener: { ref: button, 'aria-expanded': open, 'aria-haspopup': 'dialog', onClick: () => setOpen(!open) } as const,
  };
}
