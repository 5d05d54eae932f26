import { Link } from 'react-router';
import type { Page, Signal } from '../api/types';
import { signalText, isTrouble } from '../trace/signal';
import { Ago, Panel, Service } from '../ui/parts';
import { totalOf } from '../ui/text';
import { useNow } from '../ui/time';

/** How fresh the newest signal must be to call the feed live. */
const LIVE_MS = 60_000;

const KIND = { log: 'log', trace: 'span', metric: 'metric' } as const;

export function SignalFeed({ page, stale }: { page: Page<Signal>; stale: boolean }) {
  const now = useNow();
  const newest = page.items[0];
  const live = !stale && newest !== undefined && now - Date.parse(newest.timestamp) < LIVE_MS;
  return (
    <Panel
      title="Signals"
      aside={
        <span className={live ? 'live on' : 'live'}>
          {stale ? 'connection lost, trying again' : live ? 'live' : 'quiet'} · {totalOf(page)} stored
        </span>
      }
    >
      <ol className="feed">
        {page.items.map((signal) => (
          <li key={signal.id} className={isTrouble(signal) ? 'trouble' : ''}>
            <Target signal={signal}>
              <span className="kind">{KIND[signal.signal_type] ?? signal.signal_type}</span>
              <Service name={signal.service_name} />
              <span className="text">{signalText(signal)}</span>
              <Ago at={signal.timestamp} />
            </Target>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Target({ signal, children }: { signal: Signal; children: React.ReactNode }) {
  if (!signal.trace_id) return <div className="feedline">{children}</div>;
  return (
    <Link className="feedline" to={`/traces/${encodeURIComponent(signal.trace_id)}?signal=${signal.id}`}>
      {children}
    </Link>
  );
}
