import { Link } from 'react-router';
import { usePercentile } from '../api/search';
import type { Signal } from '../api/types';
import { term } from '../search/query';
import { timeFor } from '../ui/range';
import { whole } from '../ui/text';
import { duration, took } from '../ui/time';
import { serviceLink } from '../service/link';
import { SignalDetail } from './SignalDetail';
import { isTrouble, signalText, text } from './signal';
import type { Bar, Waterfall } from './waterfall';
import { millis } from './waterfall';

/** Logs listed of one span; all of them are in the list below the waterfall. */
const LOGS = 20;

interface Props {
  bar: Bar;
  waterfall: Waterfall;
  isRoot: boolean;
  onRoot: () => void;
  onChoose: (signal: Signal) => void;
  onClose: () => void;
}

/** One span: how it compares with others of its operation, what it said, and where to look further. */
export function SpanPanel({ bar, waterfall, isRoot, onRoot, onChoose, onClose }: Props) {
  const during = timeFor(new URLSearchParams(), bar.signal.timestamp);
  const operation = `${term('service', bar.service)} ${term('name', bar.name)}`;
  return (
    <SignalDetail signal={bar.signal} onClose={onClose}>
      <Standing trace={bar.signal.trace_id} span={bar.spanId} service={bar.service} />
      <p className="tags">
        <Link to={serviceLink(bar.service, during)}>The service</Link>
        <Link to={`/spans?${new URLSearchParams({ q: operation, ...during })}`}>Spans like this</Link>
        <Link to={`/spans?${new URLSearchParams({ q: `${operation} ${term('duration', `${Math.max(0.001, bar.duration)}ms`, '>=')}`, tab: 'comparison', baseline: operation, ...during })}`}>What slow ones have in common</Link>
        {!isRoot && bar.children > 0 && (
          <button type="button" onClick={onRoot}>
            Show from here
          </button>
        )}
      </p>
      {bar.logs.length > 0 && (
        <>
          <h3>logs</h3>
          <ul className="spanlogs">
            {bar.logs.slice(0, LOGS).map((log) => (
              <li key={log.id} className={isTrouble(log) ? 'trouble' : ''}>
                <button type="button" onClick={() => onChoose(log)}>
                  <time>+{duration(millis(log) + bar.moved - waterfall.origin)}</time> <span className="text">{signalText(log)}</span>
                </button>
              </li>
            ))}
          </ul>
          {bar.logs.length > LOGS && <p className="faint">and {whole(bar.logs.length - LOGS)} more in the list of the trace</p>}
        </>
      )}
      {text(bar.signal.payload.parent_span_id) !== '' && bar.orphan && <p className="faint">Its parent {text(bar.signal.payload.parent_span_id)} never arrived.</p>}
    </SignalDetail>
  );
}

/** Where the span stands among those of its operation. Nothing is said where the server does not know. */
function Standing({ trace, span, service }: { trace: string | null; span: string; service: string }) {
  const { data } = usePercentile(trace, span, service);
  if (!data || data.percentile === null) return null;
  const share = Math.floor(data.percentile * 100);
  return (
    <p className={share >= 95 ? 'standing slow' : 'standing'}>
      <b>{share >= 50 ? `Slower than ${share} %` : `Faster than ${100 - share} %`}</b> of {whole(data.count)} spans of its operation{' '}
      <span className="faint">
        (p50 {took(data.p50_ms)}, p95 {took(data.p95_ms)}, p99 {took(data.p99_ms)})
      </span>
    </p>
  );
}
