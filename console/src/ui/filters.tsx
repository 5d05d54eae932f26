import { useEffect, useRef, useState } from 'react';
import type { FacetValue } from '../api/types';
import { plain, whole } from './text';

const TYPING_MS = 300;

interface SearchProps {
  label: string;
  placeholder: string;
  /** A number takes digits only. */
  kind?: 'search' | 'number';
  start: string;
  onSearch: (text: string) => void;
}

/** Searches when the typing pauses, and follows the address when that goes back. */
export function Search({ label, placeholder, kind = 'search', start, onSearch }: SearchProps) {
  const [text, setText] = useState(start);
  const sent = useRef(start);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (start !== sent.current) {
      sent.current = start;
      setText(start);
    }
  }, [start]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = typed.trim();
      onSearch(sent.current);
    }, TYPING_MS);
  };
  return (
    <input
      type={kind}
      {...(kind === 'number' ? { min: 0, step: 'any' } : {})}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => type(event.target.value)}
    />
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  options: readonly T[];
  /** What to call the options; themselves unless said otherwise. */
  names?: (option: T) => string;
  /** What to call the choice of none; false where there is always one. */
  none?: string | false;
  counts?: FacetValue[] | undefined;
  chosen: T | undefined;
  onChoose: (value: T | undefined) => void;
}

export function Choice<T extends string>({ label, options, names = (option) => option, none = `any ${label.toLowerCase()}`, counts, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <div className="choice" role="group" aria-label={label}>
      {none !== false && (
        <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
          {none}
        </button>
      )}
      {options.map((option) => {
        const count = counts?.find((facet) => facet.value === option)?.count;
        return (
          <button key={option} type="button" aria-pressed={chosen === option} onClick={() => onChoose(option)}>
            {names(option)}
            {count !== undefined && <span className="faint"> {whole(count)}</span>}
          </button>
        );
      })}
    </div>
  );
}

interface PickProps {
  label: string;
  values: FacetValue[] | undefined;
  /** What to call the missing value. */
  none?: string;
  chosen: string | undefined;
  onChoose: (value: string | undefined) => void;
}

export function Pick({ label, values = [], none, chosen, onChoose }: PickProps) {
  if (values.length === 0 && !chosen) return null;
  const listed = values.some((facet) => (facet.value ?? 'none') === chosen);
  return (
    <select aria-label={label} value={chosen ?? ''} onChange={(event) => onChoose(event.target.value || undefined)}>
      <option value="">any {label.toLowerCase()}</option>
      {chosen && !listed && <option value={chosen}>{plain(chosen)}</option>}
      {values.map((facet) => (
        <option key={facet.value ?? 'none'} value={facet.value ?? 'none'}>
          {plain(facet.value ?? none ?? '–')} ({whole(facet.count)})
        </option>
      ))}
    </select>
  );
}

export function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | undefined {
  return allowed.find((candidate) => candidate === value?.toLowerCase());
}
