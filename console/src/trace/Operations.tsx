import { useMemo } from 'react';
import { Panel, Service } from '../ui/parts';
import { Rest, useFirst } from '../ui/Rest';
import { whole } from '../ui/text';
import { duration } from '../ui/time';
import type { Share } from './criticalPath';
import { operationsOf } from './operations';
import type { Bar } from './waterfall';

const SHARES = 6;
const OPERATIONS = 20;

/** Who the trace waited for. */
export function WaitedFor({ shares, onGo }: { shares: Share[]; onGo: (row: number) => void }) {
  const [shown, rest] = useFirst(shares, SHARES);
  return (
    <Panel title="What it waited for" aside={<span className="faint">along the critical path, the line below the bars</span>}>
      <ul className="shares">
        {shown.map((share) => (
          <li key={`${share.service} ${share.operation}`}>
            <button type="button" onClick={() => onGo(share.row)}>
              <span className="num">{Math.round(share.share * 100)} %</span>
              <meter min={0} max={1} value={share.share} aria-hidden />
              <Service name={share.service} /> <span className="text">{share.operation}</span>
              <span className="faint num">{duration(share.took)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Rest {...rest} what="operations" />
    </Panel>
  );
}

/** Figures of each operation; folded away until somebody wants them. */
export function Operations({ bars }: { bars: readonly Bar[] }) {
  const operations = useMemo(() => operationsOf(bars), [bars]);
  const [shown, rest] = useFirst(operations, OPERATIONS);
  return (
    <details className="panel report">
      <summary>Operations ({whole(operations.length)})</summary>
      <div className="scroll" tabIndex={0} role="group" aria-label="Operations of the trace">
        <table className="figures-table">
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col">Spans</th>
              <th scope="col">Failed</th>
              <th scope="col">Own time</th>
              <th scope="col">All time</th>
              <th scope="col">Longest</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.service} ${row.operation}`}>
                <th scope="row">
                  <Service name={row.service} /> {row.operation}
                </th>
                <td>{whole(row.spans)}</td>
                <td className={row.failed > 0 ? 'bad' : ''}>{whole(row.failed)}</td>
                <td>{duration(row.own)}</td>
                <td>{duration(row.total)}</td>
                <td>{duration(row.longest)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Rest {...rest} what="operations" />
    </details>
  );
}
