import { useMemo, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useTrace } from '../api/queries';
import type { Signal } from '../api/types';
import { RunsOfTrace } from '../run/RunsOfTrace';
import { Failure } from '../ui/Failure';
import { Empty, Loading, Panel, Service } from '../ui/parts';
import { plain, whole } from '../ui/text';
import { clock, duration } from '../ui/time';
import { Events } from './Events';
import { SignalDetail } from './SignalDetail';
import { waterfallOf } from './waterfall';
import { WaterfallChart } from './WaterfallChart';

export function TraceView() {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const marked = useMemo(() => new Set(params.getAll('signal')), [params]);
  const trace = useTrace(id);
  const waterfall = useMemo(() => waterfallOf(trace.data?.items ?? []), [trace.data]);
  const [chosen, setChosen] = useState<Signal | null>(null);

  if (!trace.data) return trace.error ? <Failure error={trace.error} /> : <Loading what="the trace" />;
  const { items, cut } = trace.data;
  if (items.length === 0) {
    return (
      <Empty title="Nothing is stored under this trace id.">
        <p>
          <code>{plain(id)}</code> may be mistyped, its signals may still be on their way, or retention has dropped them.
          This page looks again by itself.
        </p>
        <RunsOfTrace trace={id} />
      </Empty>
    );
  }
  const services = [...new Set(items.map((signal) => signal.service_name))];
  const failed = waterfall.bars.filter((bar) => bar.failed).length;
  const shown = chosen ?? items.find((signal) => marked.has(signal.id)) ?? null;
  return (
    <>
      <header className="heading">
        <p className="crumbs">Trace</p>
        <h1 className="mono">{plain(id)}</h1>
        <p className="tags">
          <span>{clock(new Date(waterfall.origin).toISOString())}</span>
          <span>{duration(waterfall.length)}</span>
          <span>
            {waterfall.bars.length} spans{failed > 0 && <b className="bad">, {failed} failed</b>}
          </span>
          <span>{waterfall.events.length} logs and metrics</span>
          {services.map((service) => (
            <Service key={service} name={service} />
          ))}
        </p>
        <RunsOfTrace trace={id} />
      </header>
      {cut && (
        <p className="note" role="status">
          Only the first {whole(items.length)} signals of this trace are shown; it has more. What comes later, and parents
          that are missing here, may be among the rest.
        </p>
      )}
      <div className={shown ? 'columns wide' : ''}>
        <div className="stack">
          {waterfall.bars.length > 0 && (
            <Panel title="Spans">
              <WaterfallChart waterfall={waterfall} marked={marked} chosen={shown} onChoose={setChosen} />
            </Panel>
          )}
          {waterfall.bars.length === 0 && (
            <p className="note">This trace has no spans. With them, Whence can see which call failed first.</p>
          )}
          {waterfall.events.length > 0 && (
            <Panel title="Logs and metrics">
              <Events waterfall={waterfall} marked={marked} chosen={shown} onChoose={setChosen} />
            </Panel>
          )}
        </div>
        {shown && <SignalDetail signal={shown} />}
      </div>
    </>
  );
}
