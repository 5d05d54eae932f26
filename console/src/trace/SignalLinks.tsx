import { Link } from 'react-router';
import type { Signal } from '../api/types';
import { metricLink } from '../metric/link';
import { term } from '../search/query';
import { serviceLink } from '../service/link';
import { around } from '../ui/range';
import { text } from './signal';

const AROUND_MS = 60_000;
const WIDER_MS = 1_800_000;

/** Where a signal leads on to: its trace, what its service did around it, how its metric went. */
export function SignalLinks({ signal }: { signal: Signal }) {
  const name = text(signal.payload.metric_name);
  const span = text(signal.payload.span_id);
  const during = around(signal.timestamp, WIDER_MS);
  const logs = new URLSearchParams({ q: term('service', signal.service_name), ...around(signal.timestamp, AROUND_MS) });
  return (
    <p className="tags">
      {signal.trace_id && <Link to={`/traces/${encodeURIComponent(signal.trace_id)}?${new URLSearchParams({ ...(span ? { span } : {}), signal: signal.id })}`}>Open the trace</Link>}
      {signal.signal_type === 'metric' && name && <Link to={metricLink(signal.service_name, name, { ...during, at: signal.timestamp })}>How it went</Link>}
      <Link to={`/logs?${logs}`}>Logs around it</Link>
      <Link to={serviceLink(signal.service_name, during)}>Its service</Link>
    </p>
  );
}
