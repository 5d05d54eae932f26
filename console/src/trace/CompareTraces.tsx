import { useMemo } from 'react';
import { Link } from 'react-router';
import { useTrace } from '../api/queries';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Loading, Panel, Service } from '../ui/parts';
import { Rest, useFirst } from '../ui/Rest';
import { plain, whole } from '../ui/text';
import { duration } from '../ui/time';
import type { ComparedPath, Side } from './compareTraces';
import { compareTraces } from './compareTraces';
import type { Bar } from './waterfall';
import { waterfallOf } from './waterfall';

const ROWS = 60;
const INDENTED = 12;

interface Props {
  bars: readonly Bar[];
  other: string;
  onClose: () => void;
}

/** What differs between the trace of the page, which comes second, and another one. */
export function CompareTraces({ bars, other, onClose }: Props) {
  const [params, change] = useAddress();
  const trace = useTrace(other);
  const rows = useMemo(() => (trace.data ? compareTraces(waterfallOf(trace.data.items).bars, bars) : []), [trace.data, bars]);
  const everything = params.get('differences') === 'all';
  const [shown, rest] = useFirst(everything ? rows : rows.filter((row) => row.change !== 'same' || row.failure !== null), ROWS);
  const count = (change: ComparedPath['change']) => rows.filter((row) => row.change === change).length;
  return (
    <section aria-label="Comparison" className="stack compared">
      <Panel
        title="Compared by operation"
        aside={
          <span className="row">
            <Link to={`/traces/${encodeURIComponent(other)}`}>Open the other trace</Link>
            <button type="button" onClick={onClose}>
              Close
            </button>
          </span>
        }
      >
        {trace.error && <Failure error={trace.error} />}
        {!trace.data && !trace.error && <Loading what="the other trace" />}
        {trace.data?.items.length === 0 && <p className="note">Nothing is stored under {plain(other)}.</p>}
        {trace.data && trace.data.items.length > 0 && (
          <>
            <p className="outcome">
              Against <code>{plain(other)}</code>{trace.data.cut && ', of which only the beginning is known'}: {whole(count('new'))} new, {whole(count('gone'))} gone, {whole(count('slower'))} slower,{' '}
              {whole(count('faster'))} faster, {whole(count('same'))} the same.{' '}
              <button type="button" aria-pressed={everything} onClick={() => change({ differences: everything ? undefined : 'all' }, { replace: true })}>
                Show the same ones too
              </button>
            </p>
            <div className="scroll" tabIndex={0} role="group" aria-label="Operations compared">
              <table className="figures-table">
                <thead>
                  <tr>
                    <th scope="col">Operation</th>
                    <th scope="col">Change</th>
                    <th scope="col">There</th>
                    <th scope="col">Here</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((row, index) => (
                    <tr key={index} className={`change-${row.change}`}>
                      <th scope="row" style={{ paddingLeft: 16 + Math.min(row.depth, INDENTED) * 14 }}>
                        <Service name={row.service} /> {row.operation}
                      </th>
                      <td>
                        <b>{WORDS[row.change]}</b>
                        {row.failure && <span className="bad">{row.failure === 'new' ? ', now fails' : ', fails no more'}</span>}
                      </td>
                      <td>{sideText(row.before)}</td>
                      <td>{sideText(row.after)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <Rest {...rest} what="operations" />
          </>
        )}
      </Panel>
    </section>
  );
}

const WORDS = { new: '+ new', gone: '− gone', slower: '▲ slower', faster: '▼ faster', same: '= same' };

function sideText(side: Side | null): string {
  if (!side) return '–';
  return `${side.spans > 1 ? `${whole(side.spans)} × ` : ''}${duration(side.mean)}${side.failed > 0 ? `, ${whole(side.failed)} failed` : ''}`;
}
