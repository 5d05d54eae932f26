import type { MouseEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';

interface Props {
  /** What stands on the button. */
  name: ReactNode;
  /** What the panel is called. */
  label: string;
  children: ReactNode;
}

/** A button that opens a panel below it. Escape, a click elsewhere and following one of its links close it. */
export function Popover({ name, label, children }: Props) {
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
  const follow = (event: MouseEvent) => event.target instanceof Element && event.target.closest('a') && close();
  return (
    <div className="popover" ref={box} onKeyDown={(event) => event.key === 'Escape' && open && (event.stopPropagation(), close())}>
      <button type="button" ref={button} aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(!open)}>
        {name}
      </button>
      {open && (
        <div className="popover-panel panel" role="dialog" aria-label={label} onClick={follow}>
          {children}
        </div>
      )}
    </div>
  );
}
