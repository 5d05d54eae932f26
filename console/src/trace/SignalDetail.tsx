import type { Signal } from '../api/types';
import { Panel, Service } from '../ui/parts';
import { plain, valueText } from '../ui/text';
import { clock } from '../ui/time';
import { signalText } from './signal';

const SHOWN_ELSEWHERE = new Set(['signal_id', 'trace_id', 'service_name', 'timestamp', 'signal_type']);

/** Everything the sender said about one signal. */
export function SignalDetail({ signal }: { signal: Signal }) {
  const fields = Object.entries(signal.payload).filter(([key, value]) => !SHOWN_ELSEWHERE.has(key) && !isGroup(value));
  const groups = Object.entries(signal.payload).filter(
    (entry): entry is [string, Record<string, unknown>] => isGroup(entry[1]) && Object.keys(entry[1]).length > 0,
  );
  return (
    <aside className="detail">
      <Panel title={signal.signal_type === 'trace' ? 'Span' : signal.signal_type === 'log' ? 'Log' : 'Metric'}>
        <p className="headline">{signalText(signal)}</p>
        <p className="tags">
          <Service name={signal.service_name} />
          <span>{clock(signal.timestamp)}</span>
        </p>
        <Fields entries={fields} />
        {groups.map(([name, group]) => (
          <div key={name}>
            <h3>{plain(name)}</h3>
            <Fields entries={Object.entries(group)} />
          </div>
        ))}
        <p className="faint mono">{plain(signal.id)}</p>
      </Panel>
    </aside>
  );
}

function Fields({ entries }: { entries: [string, unknown][] }) {
  return (
    <dl>
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{plain(key)}</dt>
          <dd>{valueText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
