import { useMemo, useState } from 'react';
import { valueText, whole } from '../ui/text';

/** What is shown of a value at first. */
const SHOWN = 4_000;

/** Any JSON, set out for reading and cut where it is long. */
export function Json({ value }: { value: unknown }) {
  const [all, setAll] = useState(false);
  const text = useMemo(() => valueText(value), [value]);
  const cut = !all && text.length > SHOWN;
  return (
    <div className="json">
      <pre tabIndex={0} aria-label="JSON">
        {cut ? `${text.slice(0, SHOWN)}…` : text}
      </pre>
      {cut && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {whole(text.length)} characters
        </button>
      )}
    </div>
  );
}
