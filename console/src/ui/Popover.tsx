import type { MouseEvent, ReactNode } from 'react';
import { useOpened } from './opened';

interface Props {
  /** What stands on the button. */
  name: ReactNode;
  /** What the panel is called. */
  label: string;
  children: ReactNode;
}

/** A button that opens a panel below it. Escape, a click elsewhere and following one of its links close it. */
export function Popover({ name, label, children }: Props) {
  const { open, close, holder, opener } = useOpened();
  const follow = (event: MouseEvent) => event.target instanceof Element && event.target.closest('a') && close();
  return (
    <div className="popover" {...holder}>
      <button type="button" {...opener}>
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
