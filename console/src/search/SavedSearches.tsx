import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { origin } from '../base';
import { Popover } from '../ui/Popover';
import { plain } from '../ui/text';
import { lasting, LONGEST_NAME, useSavedSearches } from './saved';

/** Keeps what is searched for by a name, and leads to what was kept. */
export function SavedSearches() {
  const { pathname, search } = useLocation();
  const { searches, save, remove } = useSavedSearches();
  const [told, setTold] = useState('');
  const here = lasting(pathname, new URLSearchParams(search));
  const copy = async (to: string) => {
    await navigator.clipboard.writeText(origin() + to);
    setTold('The address is copied.');
  };
  return (
    <Popover name={searches.length > 0 ? `Saved (${searches.length})` : 'Save'} label="Saved searches">
      <div className="picker">
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const name = String(new FormData(form).get('name')).trim();
            if (!name) return;
            const known = searches.some((one) => one.name === name);
            if (save({ name, to: here })) {
              setTold(known ? 'Saved in the place of the one before.' : 'Saved. Ctrl K finds it, too.');
              form.reset();
            } else setTold('This browser keeps nothing: copy the address instead.');
          }}
        >
          <input name="name" aria-label="Name of this search" placeholder="Name of this search" maxLength={LONGEST_NAME} autoFocus autoComplete="off" required />
          <button type="submit">Save</button>
        </form>
        <p className="line">
          <span className="faint" role="status">
            {told || 'Kept in this browser, for this project.'}
          </span>
          <button type="button" onClick={() => void copy(here)}>
            Copy its address
          </button>
        </p>
        <ul aria-label="Saved searches">
          {searches.map(({ name, to }) => (
            <li key={name}>
              <Link to={to} aria-current={to === here ? 'page' : undefined}>
                {plain(name)} <span className="kind">{to.replace(/^\/(\w*).*$/s, '$1')}</span>
              </Link>
              <button type="button" aria-label={`Copy the address of ${plain(name)}`} title="Copy its address" onClick={() => void copy(to)}>
                ⧉
              </button>
              <button
                type="button"
                aria-label={`Delete ${plain(name)}`}
                title="Delete"
                onClick={() => {
                  remove(name);
                  setTold(`Deleted ${plain(name)}.`);
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
