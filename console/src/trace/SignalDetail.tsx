import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Signal } from '../api/types';
import { attribute, term } from '../search/query';
import { Panel, Service } from '../ui/parts';
import { timeFor } from '../ui/range';
import { plain, valueText } from '../ui/text';
import { clock, duration, fully } from '../ui/time';
import { signalText, text } from './signal';
import { millis } from './waterfall';

const SHOWN_ELSEWHERE = new Set(['signal_id', 'trace_id', 'service_name', 'timestamp', 'signal_type']);
/** Groups whose members can be searched for, and the prefix by which the search language knows them. */
const SEARCHABLE: Record<string, string> = { attributes: 'attr.', resource: 'resource.' };

interface Props {
  signal: Signal;
  onClose?: () => void;
  /** Makes an attribute a column of a list. */
  onColumn?: (column: string) => void;
  /** What else is known of it, below the headline. */
  children?: ReactNode;
}

/** Everything the sender said about one signal. */
export function SignalDetail({ signal, onClose, onColumn, children }: Props) {
  const { details, ...payload } = signal.payload;
  const [params] = useSearchParams();
  const during = timeFor(params, signal.timestamp);
  const { events, links, ...rest } = isGroup(details) ? details : {};
  const fields = Object.entries(payload).filter(([key, value]) => !SHOWN_ELSEWHERE.has(key) && !isGroup(value));
  const groups = Object.entries({ ...payload, details: rest }).filter(
    (entry): entry is [string, Record<string, unknown>] => isGroup(entry[1]) && Object.keys(entry[1]).length > 0,
  );
  return (
    <aside className="detail" aria-label="The chosen signal">
      <Panel
        title={NAMES[signal.signal_type] ?? signal.signal_type}
        aside={
          onClose && (
            <button type="button" className="quiet" aria-label="Close the panel" onClick={onClose}>
              ×
            </button>
          )
        }
      >
        <p className="headline">{signalText(signal)}</p>
        <p className="tags">
          <Service name={signal.service_name} />
          <span title={fully(signal.timestamp)}>{clock(signal.timestamp)}</span>
        </p>
        {children}
        <Fields entries={fields} />
        {groups.map(([name, group]) => (
          <div key={name}>
            <h3>{plain(name)}</h3>
            <Fields entries={Object.entries(group)} search={SEARCHABLE[name] && { prefix: SEARCHABLE[name], kind: signal.signal_type === 'trace' ? 'spans' : 'logs', during }} onColumn={SEARCHABLE[name] ? onColumn : undefined} />
          </div>
        ))}
        <SpanEvents events={list(events)} span={signal} />
        <SpanLinks links={list(links)} />
        <p className="faint mono">{plain(signal.id)}</p>
      </Panel>
    </aside>
  );
}

const NAMES: Record<string, string> = { trace: 'Span', log: 'Log', metric: 'Metric' };

function SpanEvents({ events, span }: { events: Record<string, unknown>[]; span: Signal }) {
  if (events.length === 0) return null;
  return (
    <>
      <h3>events</h3>
      {events.map((event, index) => {
        const after = Number(event.time_unix_nano) / 1e6 - millis(span);
        return (
          <details key={index}>
            <summary>
              {text(event.name) || '(no name)'} {Number.isFinite(after) && <span className="faint">+{duration(after)}</span>}
            </summary>
            <Fields entries={Object.entries(isGroup(event.attributes) ? event.attributes : {})} />
          </details>
        );
      })}
    </>
  );
}

function SpanLinks({ links }: { links: Record<string, unknown>[] }) {
  if (links.length === 0) return null;
  return (
    <>
      <h3>links</h3>
      <ul>
        {links.map((link, index) => (
          <li key={index}>
            <Link className="mono" to={`/traces/${encodeURIComponent(text(link.trace_id))}?span=${encodeURIComponent(text(link.span_id))}`}>
              {text(link.trace_id)} / {text(link.span_id)}
            </Link>
            <Fields entries={Object.entries(isGroup(link.attributes) ? link.attributes : {})} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface FieldsProps {
  entries: [string, unknown][];
  search?: { prefix: string; kind: string; during: Record<string, string> } | '' | undefined;
  onColumn?: ((column: string) => void) | undefined;
}

function Fields({ entries, search, onColumn }: FieldsProps) {
  return (
    <dl>
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{plain(key)}</dt>
          <dd>
            {search && isSearchable(value) ? (
              <Link to={`/${search.kind}?${new URLSearchParams({ q: term(attribute(search.prefix, key), String(value)), ...search.during })}`} title={`Search for this value of ${plain(key)}`}>
                {valueText(value)}
              </Link>
            ) : (
              valueText(value)
            )}
            {search && onColumn && (
              <button type="button" className="ascolumn" aria-label={`Show ${plain(key)} as a column`} title="Show it as a column" onClick={() => onColumn(search.prefix + key)}>
                ▥
              </button>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Whole stack traces and the like are not. */
function isSearchable(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length > 0 && value.length < 200 && !value.includes('\n'));
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isGroup) : [];
}
