import { serviceLink } from '../service/link';

/** Something that the palette leads to. */
export interface Command {
  /** What kind of thing it is, in one word. */
  kind: 'page' | 'trace' | 'service' | 'incident' | 'search' | 'saved';
  label: string;
  to: string;
}

export interface Known {
  pages: readonly (readonly [path: string, name: string])[];
  services: readonly string[];
  incidents: readonly { id: string; title: string }[];
  /** Searches that were kept by a name. */
  saved: readonly { name: string; to: string }[];
}

const MOST_SERVICES = 6;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const TRACE_ID = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i;

/** Where a text may lead, the likeliest first: what looks like an id, then what begins with it, then what contains it. */
export function commandsFor(text: string, { pages, services, incidents, saved }: Known): Command[] {
  const wanted = text.trim();
  const page = ranked(pages, ([, name]) => name, wanted).map(([path, name]): Command => ({ kind: 'page', label: name, to: path }));
  const kept = ranked(saved, ({ name }) => name, wanted).map(({ name, to }): Command => ({ kind: 'saved', label: name, to }));
  if (wanted === '') return [...page, ...kept];
  const trace: Command = { kind: 'trace', label: wanted, to: `/traces/${encodeURIComponent(wanted)}` };
  const found: Command[] = [
    ...ranked(services, (name) => name, wanted)
      .slice(0, MOST_SERVICES)
      .map((name): Command => ({ kind: 'service', label: name, to: serviceLink(name) })),
    ...incidents.map(({ id, title }): Command => ({ kind: 'incident', label: title, to: `/incidents/${encodeURIComponent(id)}` })),
  ];
  const search: Command[] = [
    { kind: 'search', label: `Search logs for ${wanted}`, to: `/logs?${new URLSearchParams({ q: wanted })}` },
    { kind: 'search', label: `Search spans for ${wanted}`, to: `/spans?${new URLSearchParams({ q: wanted })}` },
  ];
  if (UUID.test(wanted)) return [{ kind: 'incident', label: wanted, to: `/incidents/${encodeURIComponent(wanted)}` }, trace, ...found, ...search];
  if (TRACE_ID.test(wanted)) return [trace, ...kept, ...found, ...search];
  // A trace may have any id, but what has a space in it is rather a search.
  return [...page, ...kept, ...found, ...search, ...(/\s/.test(wanted) ? [] : [trace])];
}

function ranked<T>(all: readonly T[], name: (one: T) => string, wanted: string): T[] {
  const low = wanted.toLowerCase();
  const place = (one: T) => name(one).toLowerCase().indexOf(low);
  return all.filter((one) => place(one) >= 0).toSorted((a, b) => Math.min(place(a), 1) - Math.min(place(b), 1));
}
