import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useTrace } from '../api/queries';
import type { Kind } from '../api/search';
import { useAround } from '../api/search';
import type { Signal } from '../api/types';
import { Json } from '../run/Json';
import { SignalDetail } from '../trace/SignalDetail';
import { isTrouble, text } from '../trace/signal';
import { waterfallOf } from '../trace/waterfall';
import { Failure } from '../ui/Failure';
import { Choice } from '../ui/filters';
import { Loading, Panel, Service } from '../ui/parts';
import { plain, several, whole } from '../ui/text';
import { duration } from '../ui/time';
import { Cells } from './ResultList';

export const TABS = ['overview', 'json', 'trace', 'context'] as const;
export type Tab = (typeof TABS)[number];

interface Props {
  kind: Kind;
  signal: Signal;
  tab: Tab;
  onTab: (tab: Tab) => void;
  onOpen: (signal: Signal) => void;
  /** Makes an attribute a column of the list. */
  onColumn: (column: string) => void;
  onClose: () => void;
}

/** One log or span: what it says, as JSON, the trace it belongs to, and what its service said around it. */
export function RowPanel({ kind, signal, tab, onTab, onOpen, onColumn, onClose }: Props) {
  const possible = TABS.filter((one) => (one !== 'trace' || signal.trace_id !== null) && (one !== 'context' || kind === 'logs'));
  const tabs = <Choice label="What is shown" options={possible} names={(one) => (one === 'json' ? 'JSON' : one)} none={false} chosen={tab} onChoose={(value) => value && onTab(value)} />;
  if (tab === 'overview') {
    return (
      <SignalDetail signal={signal} onClose={onClose} onColumn={onColumn}>
        {tabs}
      </SignalDetail>
    );
  }
  return (
    <aside className="detail" aria-label="The chosen signal">
      <Panel
        title={kind === 'logs' ? 'Log' : 'Span'}
        aside={
          <button type="button" className="quiet" aria-label="Close the panel" onClick={onClose}>
            ×
          </button>
        }
      >
        <div className="tabs">{tabs}</div>
        {tab === 'json' && <Json value={signal} />}
        {tab === 'trace' && signal.trace_id && <TraceSummary id={signal.trace_id} signal={signal} />}
        {tab === 'context' && <Around kind={kind} signal={signal} onOpen={onOpen} />}
      </Panel>
    </aside>
  );
}

function TraceSummary({ id, signal }: { id: string; signal: Signal }) {
  const trace = useTrace(id);
  if (!trace.data) return trace.error ? <Failure error={trace.error} /> : <Loading what="the trace" />;
  const { bars, length } = waterfallOf(trace.data.items);
  const span = text(signal.payload.span_id);
  const services = [...new Set(bars.map((bar) => bar.service))];
  return (
    <div className="stack">
      <p>
        <Link to={`/traces/${encodeURIComponent(id)}?${new URLSearchParams(span ? { span, signal: signal.id } : { signal: signal.id })}`}>Open the trace</Link>
      </p>
      <p>
        {several(bars.length, 'span')} in {duration(length)}
        {trace.data.cut && ', and more that are not shown'}
      </p>
      <ol className="minitrace">
        {bars.slice(0, SPANS).map((bar) => (
          <li key={bar.signal.id} className={`${bar.failed ? 'failed' : ''} ${bar.spanId === span ? 'here' : ''}`} style={{ paddingLeft: Math.min(bar.depth, 8) * 10 }}>
            <Service name={bar.service} /> <span className="text">{bar.name}</span> <span className="faint">{duration(bar.duration)}</span>
            {bar.failed && <span className="bad"> failed</span>}
          </li>
        ))}
      </ol>
      {bars.length > SPANS && <p className="faint">and {whole(bars.length - SPANS)} more</p>}
      <p className="tags">
        {services.slice(0, 8).map((service) => (
          <Service key={service} name={service} />
        ))}
      </p>
    </div>
  );
}

const SPANS = 30;

function Around({ kind, signal, onOpen }: { kind: Kind; signal: Signal; onOpen: (signal: Signal) => void }) {
  const around = useAround(signal.id, signal.timestamp);
  const here = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Only the panel is scrolled: the page stays where it is.
    const panel = here.current?.closest('.detail');
    if (here.current && panel) panel.scrollTop = here.current.offsetTop - panel.clientHeight / 2;
  }, [around.data]);
  if (!around.data) return around.error ? <Failure error={around.error} /> : <Loading what="the lines around it" />;
  return (
    <>
      <p className="faint">What {plain(signal.service_name)} said around it, oldest first.</p>
      <ol className="around">
        {around.data.items.map((item, index) => (
          <li key={item.id} ref={index === around.data.index ? here : undefined} className={`${isTrouble(item) ? 'trouble' : ''} ${index === around.data.index ? 'marked' : ''}`} aria-current={index === around.data.index || undefined}>
            <button type="button" onClick={() => onOpen(item)}>
              <Cells kind={kind} item={item} />
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
