import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useEvidence, useNeighbourhood } from '../api/queries';
import type { Signal } from '../api/types';
import { SignalDetail } from '../trace/SignalDetail';
import { SignalLinks } from '../trace/SignalLinks';
import { isTrouble, signalText } from '../trace/signal';
import { Failure } from '../ui/Failure';
import { Empty, Loading, Panel, Service } from '../ui/parts';
import { clock } from '../ui/time';

const AROUND = [10_000, 60_000, 600_000];

/** The signals that a line of evidence rests on, each with what its service said around it. */
export function Evidence() {
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const wanted = params.getAll('signal');
  const evidence = useEvidence(id);
  const [around, setAround] = useState(AROUND[0] ?? 10_000);
  const signals = (evidence.data ?? []).filter((signal) => wanted.length === 0 || wanted.includes(signal.id));
  const chosen = signals.find((signal) => signal.id === params.get('chosen')) ?? signals[0];
  const neighbours = useNeighbourhood(chosen, around);

  if (!evidence.data) return evidence.error ? <Failure error={evidence.error} /> : <Loading what="the evidence" />;
  if (!chosen) {
    return (
      <Empty title="These signals were not kept.">
        <p>
          Evidence is kept with each analysis. A re-run of the analysis on the <Link to={`/incidents/${encodeURIComponent(id)}`}>incident</Link> keeps it again.
        </p>
      </Empty>
    );
  }
  const choose = (signal: Signal) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      next.set('chosen', signal.id);
      return next;
    });
  return (
    <>
      <header className="heading">
        <p className="crumbs">
          <Link to="/incidents">Incidents</Link> / <Link to={`/incidents/${encodeURIComponent(id)}`}>{id.slice(0, 8)}</Link> / Evidence
        </p>
        <h1>Evidence</h1>
      </header>
      <div className="columns wide">
        <div className="stack">
          <Panel title={`The signals (${signals.length})`}>
            <Lines signals={signals} chosen={chosen} onChoose={choose} />
          </Panel>
          <Panel
            title="Around it, from the same service"
            aside={
              <div className="choice" role="group" aria-label="How far around">
                {AROUND.map((ms) => (
                  <button key={ms} type="button" aria-pressed={ms === around} onClick={() => setAround(ms)}>
                    {ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`}
                  </button>
                ))}
              </div>
            }
          >
            {neighbours.error && <Failure error={neighbours.error} />}
            {neighbours.data && neighbours.data.items.length === 0 && (
              <p className="note">Nothing is stored around it any more; the evidence itself is kept with the incident.</p>
            )}
            <Lines signals={(neighbours.data?.items ?? []).toReversed()} chosen={chosen} />
          </Panel>
        </div>
        <SignalDetail signal={chosen}>
          <SignalLinks signal={chosen} />
        </SignalDetail>
      </div>
    </>
  );
}

function Lines({ signals, chosen, onChoose }: { signals: Signal[]; chosen: Signal; onChoose?: (signal: Signal) => void }) {
  return (
    <ol className="events">
      {signals.map((signal) => (
        <li key={signal.id} className={`${isTrouble(signal) ? 'trouble' : ''} ${signal.id === chosen.id ? 'marked' : ''}`}>
          {onChoose ? (
            <button type="button" aria-pressed={signal.id === chosen.id} onClick={() => onChoose(signal)}>
              <Line signal={signal} />
            </button>
          ) : signal.trace_id ? (
            <Link className="eventline" to={`/traces/${encodeURIComponent(signal.trace_id)}?signal=${signal.id}`}>
              <Line signal={signal} />
            </Link>
          ) : (
            <div className="eventline">
              <Line signal={signal} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function Line({ signal }: { signal: Signal }) {
  return (
    <>
      <time dateTime={signal.timestamp}>{clock(signal.timestamp)}</time>
      <span className="kind">{signal.signal_type === 'trace' ? 'span' : signal.signal_type}</span>
      <Service name={signal.service_name} />
      <span className="text">{signalText(signal)}</span>
    </>
  );
}
