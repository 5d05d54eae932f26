import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';

interface Props {
  /** What the button says. */
  label: ReactNode;
  /** What is asked before it is done. */
  question: string;
  /** What the answer says that does it. */
  yes: string;
  disabled?: boolean;
  onYes: () => void;
}

/** A button for what cannot be undone: it asks once more, in its own place. */
export function Sure({ label, question, yes, disabled, onYes }: Props) {
  const [asking, setAsking] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) no.current?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <button type="button" disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  }
  return (
    <span className="sure" role="group" aria-label={question} onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}>
      <span>{question}</span>
      <button
        type="button"
        className="danger"
        onClick={() => {
          setAsking(false);
          onYes();
        }}
      >
        {yes}
      </button>
      <button type="button" ref={no} onClick={() => setAsking(false)}>
        No
      </button>
    </span>
  );
}
