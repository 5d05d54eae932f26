import { Link } from 'react-router';
import type { Run, StageTrend, Trend } from '../api/runs';
import { useTrend } from '../api/runs';
import { Failure } from '../ui/Failure';
import { Choice, oneOf } from '../ui/filters';
import { Loading, Panel } from '../ui/parts';
import { plain, whole } from '../ui/text';
import { useAddress } from '../ui/address';
import { count, money, percent } from './figures';
import { Rest, useFirst } from '../ui/Rest';
import { barsOf, driftsOf, FEWEST, range } from './trend';

const LAST = ['10', '20', '50', '100'] as const;
/** Stages drawn at first. */
const STAGES = 60;
const TAGS = 3;
const HEIGHT = 40;
const PITCH = 10;

interface Props {
  name: string;
  tag?: string | undefined;
  /** The run whose bar is marked. */
  run?: Run;
}

/** The latest runs of a name laid over each other: each stage a small picture of its drop rates. */
export function Trends({ name, tag, run }: Props) {
  const [params, change] = useAddress();
  const last = oneOf(LAST, params.get('last')) ?? '20';
  const trend = useTrend(name, Number(last), tag);
  const runs = trend.data?.runs ?? [];
  const [stages, rest] = useFirst(trend.data?.stages ?? [], STAGES);
  return (
    <Panel
      title={`${runs.length === 1 ? 'The only run' : `The last ${whole(runs.length || Number(last))} runs`} of “${plain(name)}”${tag ? ` with ${plain(tag)}` : ''}`}
      aside={
        <span className="choices">
          {run && <TagChoice run={run} chosen={tag} onChoose={(value) => change({ tag: value })} />}
          <Choice label="How many runs" options={LAST} none={false} chosen={last} onChoose={(value) => change({ last: value })} />
        </span>
      }
    >
      {trend.error && <Failure error={trend.error} />}
      {!trend.data && !trend.error && <Loading what="the latest runs" />}
      {trend.data && trend.data.stages.length === 0 && <p className="note">None of them has steps yet.</p>}
      {trend.data && trend.data.stages.length > 0 && <Verdict trend={trend.data} run={run?.id} />}
      <ul className="multiples">
        {stages.map((stage, index) => (
          <Multiple key={index} stage={stage} marked={runs.findIndex((other) => other.id === run?.id)} />
        ))}
      </ul>
      <Rest {...rest} what="stages" />
    </Panel>
  );
}

/** Narrows the runs to those that share a tag with this one, such as its version. */
function TagChoice({ run, chosen, onChoose }: { run: Run; chosen: string | undefined; onChoose: (tag: string | undefined) => void }) {
  const tags = Object.entries(run.tags)
    .filter(([, value]) => typeof value !== 'object')
    .slice(0, TAGS)
    .map(([key, value]) => `${key}:${String(value)}`);
  if (tags.length === 0) return null;
  return <Choice label="Which runs" options={tags} names={plain} none="all runs" chosen={chosen} onChoose={onChoose} />;
}

/** Whether the latest run is like those before it. */
function Verdict({ trend, run }: { trend: Trend; run: string | undefined }) {
  const latest = trend.runs[0];
  if (!latest) return null;
  const drifted = trend.stages.filter((stage) => stage.drifts.length > 0);
  return (
    <p className="verdict-line">
      {latest.id === run ? 'This run is the latest. ' : <Link to={`/decisions/${latest.id}`}>The latest run</Link>}
      {latest.id === run ? '' : ' '}
      {drifted.length > 0
        ? `${latest.id === run ? 'It left' : 'left'} what is usual in ${drifted.length} of ${trend.stages.length} stages.`
        : trend.runs.length > FEWEST
          ? `${latest.id === run ? 'It is' : 'is'} like those before it.`
          : `${latest.id === run ? 'It has' : 'has'} fewer than ${FEWEST} runs before it, too few to say what is usual.`}
    </p>
  );
}

function Multiple({ stage, marked }: { stage: StageTrend; marked: number }) {
  const drifts = driftsOf(stage);
  return (
    <li className={drifts.length > 0 ? 'drifted' : ''}>
      <h3>
        {plain(stage.name)} <span className="kind">{plain(stage.type)}</span>
      </h3>
      <Bars stage={stage} marked={marked} />
      <p className="faint">
        {stage.drop_rate
          ? `drops ${percent(stage.latest?.drop_rate)}, usually ${range(stage.drop_rate, percent, 1)}`
          : stage.latest?.drop_rate != null
            ? `drops ${percent(stage.latest.drop_rate)}`
            : 'counts no drops'}
        {stage.latest?.output_count != null && ` · leaves ${count(stage.latest.output_count)}`}
        {stage.latest && stage.latest.cost > 0 && ` · cost ${money(stage.latest.cost)}`}
      </p>
      {drifts.map((words) => (
        <p key={words} className="drift">
          <b>Drift:</b> {words}
        </p>
      ))}
    </li>
  );
}

function Bars({ stage, marked }: { stage: StageTrend; marked: number }) {
  const bars = barsOf(stage);
  if (!bars.some((bar) => bar.rate !== null)) return null;
  const band = stage.drop_rate;
  // A few runs are no wider than many.
  const width = Math.max(bars.length, 20) * PITCH;
  const y = (rate: number) => HEIGHT * (1 - Math.min(1, Math.max(0, rate)));
  return (
    <svg className="bars" viewBox={`0 -8 ${width} ${HEIGHT + 9}`} preserveAspectRatio="none" role="img" aria-label={told(stage)}>
      {band && <rect className="band" x="0" width={width} y={y(band.high)} height={Math.max(1, y(band.low) - y(band.high))} />}
      {bars.map((bar, place) => (
        <g key={bar.index} className={[bar.outside && 'outside', bar.index === marked && 'this'].filter(Boolean).join(' ')}>
          {bar.rate === null ? (
            <rect className="none" x={place * PITCH + 2} width={PITCH - 4} y={HEIGHT - 1} height="1" />
          ) : (
            <rect className="rate" x={place * PITCH + 2} width={PITCH - 4} y={y(bar.rate) - 1} height={HEIGHT - y(bar.rate) + 1} />
          )}
          {/* A form as well as a colour: what left the band carries a wedge. */}
          {bar.outside && <path d={`M${place * PITCH + 2} -8h${PITCH - 4}l-${(PITCH - 4) / 2} 5z`} />}
          {bar.index === marked && <rect className="here" x={place * PITCH + 1} width={PITCH - 2} y={HEIGHT} height="1" />}
        </g>
      ))}
      {band && <line x1="0" x2={width} y1={y(band.median)} y2={y(band.median)} />}
    </svg>
  );
}

function told(stage: StageTrend): string {
  const rates = barsOf(stage).map((bar) => `${bar.rate === null ? 'unknown' : percent(bar.rate)}${bar.outside ? ' (unusual)' : ''}`);
  return `Drop rates of ${plain(stage.name)}, the oldest run first: ${rates.join(', ')}`;
}
