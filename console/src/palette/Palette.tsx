import type { KeyboardEvent, PointerEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useIncidentSearch } from '../api/queries';
import { useServices } from '../api/services';
import { titleOf } from '../incident/IncidentRow';
import { useSavedSearches } from '../search/saved';
import { useDebounced } from '../ui/debounced';
import { rangeOf } from '../ui/range';
import { plain } from '../ui/text';
import { commandsFor } from './commands';
import { PAGES } from './pages';

/** Services that were heard of within this are offered. */
const HEARD = '24h';
const TYPING_MS = 200;

/** Leads anywhere: to a page, a trace, a service, an incident, or into a search. */
export function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const asked = useDebounced(text.trim(), TYPING_MS);
  const [period] = useState(() => rangeOf(null, null, Date.now(), HEARD));
  const services = useServices({ from: period.from, to: period.to });
  const incidents = useIncidentSearch(asked);
  const { searches } = useSavedSearches();
  const commands = commandsFor(text, {
    pages: PAGES,
    saved: searches,
    services: services.data?.services.map(({ service }) => service) ?? [],
    incidents: (incidents.data?.items ?? []).map((incident) => ({ id: incident.id, title: titleOf(incident) })),
  });
  const chosen = Math.min(at, commands.length - 1);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`command-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const go = (index: number) => {
    const command = commands[index];
    if (!command) return;
    onClose();
    void navigate(command.to);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((chosen + step + commands.length) % Math.max(1, commands.length));
    else if (event.key === 'Enter') go(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" aria-label="Go to" onClose={onClose} onClick={(event) => event.target === dialog.current && dialog.current.close()}>
      <input
        role="combobox"
        aria-label="Go to a page, trace, service or incident"
        aria-expanded={commands.length > 0}
        aria-controls="commands"
        aria-activedescendant={commands.length > 0 ? `command-${chosen}` : undefined}
        placeholder="A trace id, a service, an incident, a page…"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id="commands" role="listbox" aria-label="Where to" tabIndex={-1}>
        {commands.map((command, index) => (
          <div key={`${command.kind} ${command.label} ${command.to}`} id={`command-${index}`} role="option" tabIndex={-1} aria-selected={index === chosen} onClick={() => go(index)} onPointerMove={(event) => moves(event) && setAt(index)}>
            <span className="kind">{command.kind}</span>
            <span>{plain(command.label)}</span>
          </div>
        ))}
      </div>
    </dialog>
  );
}

/** Whether a hand moved it: what is drawn below a pointer that lies still is not chosen by it. */
function moves({ movementX, movementY }: PointerEvent): boolean {
  return movementX !== 0 || movementY !== 0;
}
