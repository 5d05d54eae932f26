import { useId, useState } from 'react';
import type { Kind } from '../api/search';
import { Popover } from '../ui/Popover';
import { plain } from '../ui/text';
import { MOST, moved, offered } from './columns';

/** Of what could be added, this much stands there; the rest is found by typing. */
const SUGGESTED = 12;

interface Props {
  kind: Kind;
  columns: readonly string[];
  /** Attributes that were seen, as the search language names them. */
  seen: readonly string[];
  onChange: (columns: readonly string[]) => void;
}

/** Chooses the columns of a list and their order. */
export function ColumnPicker({ kind, columns, seen, onChange }: Props) {
  const [name, setName] = useState('');
  const list = useId();
  const choices = offered(kind, columns, seen);
  const full = columns.length >= MOST;
  const add = (one: string) => {
    const wanted = one.trim();
    if (wanted && !full && !columns.includes(wanted)) onChange([...columns, wanted]);
    setName('');
  };
  return (
    <Popover name="Columns" label="Columns">
      <div className="picker">
        <ol aria-label="Columns that are shown">
          {columns.map((one, index) => (
            <li key={one}>
              <span className="mono">{plain(one)}</span>
              <button type="button" aria-label={`Move ${plain(one)} to the front`} title="Further to the front" disabled={index === 0} onClick={() => onChange(moved(columns, one, -1))}>
                ↑
              </button>
              <button type="button" aria-label={`Move ${plain(one)} to the back`} title="Further to the back" disabled={index === columns.length - 1} onClick={() => onChange(moved(columns, one, 1))}>
                ↓
              </button>
              <button type="button" aria-label={`Leave ${plain(one)} out`} title="Leave it out" disabled={columns.length === 1} onClick={() => onChange(columns.filter((other) => other !== one))}>
                ×
              </button>
            </li>
          ))}
        </ol>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            add(name);
          }}
        >
          <input aria-label="Another column" placeholder="attr.http.route" list={list} className="mono" value={name} spellCheck={false} autoFocus disabled={full} onChange={(event) => setName(event.target.value)} />
          <datalist id={list}>
            {choices.map((choice) => (
              <option key={choice} value={choice} />
            ))}
          </datalist>
          <button type="submit" disabled={full}>
            Add
          </button>
        </form>
        {full ? (
          <p className="faint">No more fit on a screen.</p>
        ) : (
          <p className="chips">
            {choices.slice(0, SUGGESTED).map((choice) => (
              <button key={choice} type="button" className="mono" aria-label={`Add ${plain(choice)}`} onClick={() => add(choice)}>
                + {plain(choice)}
              </button>
            ))}
          </p>
        )}
        <button type="button" onClick={() => onChange([])}>
          As usual
        </button>
      </div>
    </Popover>
  );
}
