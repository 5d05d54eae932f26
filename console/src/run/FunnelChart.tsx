import type { Journey, Stage, Stop } from '../api/runs';
import { plain, whole } from '../ui/text';
import { duration } from '../ui/time';
import { count, money, percent } from './figures';
import type { FunnelRow } from './funnel';
import { Rest, useFirst } from '../ui/Rest';

/** Rows drawn at first. */
const ROWS = 400;

interface Props {
  rows: FunnelRow[];
  chosen: FunnelRow | undefined;
  /** Of the candidate that is followed. */
  journey: Journey | undefined;
  onChoose: (row: FunnelRow) => void;
}

export function FunnelChart({ rows, chosen, journey, onChoose }: Props) {
  const [shown, rest] = useFirst(rows, ROWS);
  if (rows.length === 0) return <p className="note">Nothing was told of its steps yet. They may still be on their way; this page looks again by itself.</p>;
  const stops = new Map(journey?.stops.map((stop) => [stop.step_id, stop]));
  return (
    <>
      <div className="funnelhead faint" aria-hidden>
        <span>step</span>
        <span>candidates</span>
        <span>in → out</span>
        <span>dropped</span>
        <span>cost</span>
        <span>took</span>
      </div>
      <ol className="funnel">
        {shown.map((row, index) => (
          <Row key={row.stage.step_id} place={index + 1} row={row} chosen={row === chosen} stop={stops.get(row.stage.step_id)} onChoose={onChoose} />
        ))}
      </ol>
      <Rest {...rest} what="steps" />
    </>
  );
}

interface RowProps {
  place: number;
  row: FunnelRow;
  chosen: boolean;
  stop: Stop | undefined;
  onChoose: (row: FunnelRow) => void;
}

function Row({ place, row, chosen, stop, onChoose }: RowProps) {
  const { stage } = row;
  const classes = ['stage', chosen && 'chosen', row.failed && 'failed', row.most && 'most', stop?.selected === false && 'dropper'].filter(Boolean).join(' ');
  return (
    <li className={classes}>
      <button type="button" aria-pressed={chosen} onClick={() => onChoose(row)}>
        <span className="label">
          <span className="kind">{place}</span> <b>{plain(stage.step_name)}</b> <span className="kind">{plain(stage.step_type)}</span>
          {row.failed && <em className="bad">failed</em>}
          {row.most && <em>drops most</em>}
          {stop && <em className="stop">{markOf(stop)}</em>}
        </span>
        <span className="flow" aria-hidden>
          {row.inWidth !== null && <i className="in" style={{ width: `${row.inWidth * 100}%` }} />}
          {row.outWidth !== null && row.outWidth > 0 && <i className="out" style={{ width: `max(2px, ${row.outWidth * 100}%)` }} />}
        </span>
        <span className="num">
          <span className="unseen">candidates in and out: </span>
          {flowOf(stage)}
        </span>
        <span className="num">
          <b>{percent(stage.drop_rate)}</b>
          <span className="unseen"> dropped</span>
        </span>
        <span className="num">
          <span className="unseen">cost </span>
          {stage.cost > 0 ? money(stage.cost) : '–'}
          {row.tokens?.total != null && <small>{whole(row.tokens.total)} tok</small>}
        </span>
        <span className="num">
          <span className="unseen">took </span>
          {row.tookMs === null ? '–' : duration(row.tookMs)}
        </span>
      </button>
    </li>
  );
}

/** What went in and what came out, as far as it was counted. */
function flowOf({ input_count: input, output_count: output }: Stage): string {
  if (input === null && output === null) return '–';
  return input === null ? `→ ${count(output)}` : `${count(input)} → ${count(output)}`;
}

/** What a step did with the followed candidate, in a word and a sign. */
function markOf(stop: Stop): string {
  if (stop.selected === null) return '• names it';
  return stop.selected ? '✓ kept it' : '✗ dropped it';
}
