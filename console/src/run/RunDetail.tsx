import { Link, useParams } from 'react-router';
import type { Run } from '../api/runs';
import { useAnalysis, useJourney, useRun, useRunSteps } from '../api/runs';
import { Failure } from '../ui/Failure';
import { Loading, Panel, StatusBadge } from '../ui/parts';
import { plain, whole } from '../ui/text';
import { duration } from '../ui/time';
import { useAddress } from '../ui/address';
import { isSampled } from './candidates';
import { Compare } from './Compare';
import { between, money } from './figures';
import type { FunnelRow } from './funnel';
import { funnelOf, isEmpty, totalTokens } from './funnel';
import { FunnelChart } from './FunnelChart';
import { JourneyPanel } from './JourneyPanel';
import { Json } from './Json';
import { Tags } from './RunRow';
import { Started } from './Started';
import { StepDetail } from './StepDetail';
import { Trends } from './Trends';

/** One run: its funnel, what a step says, where a candidate went, and how other runs of it were. */
export function RunDetail() {
  const { id = '' } = useParams();
  const [params, change] = useAddress();
  const run = useRun(id);
  const analysis = useAnalysis(id, run.data?.status);
  const steps = useRunSteps(id, run.data?.status);
  const candidate = params.get('candidate') ?? '';
  const journey = useJourney(id, candidate);

  if (!run.data) return run.error ? <Failure error={run.error} /> : <Loading what="the run" />;
  const rows = analysis.data ? funnelOf(analysis.data, steps.data) : [];
  const chosen = rows.find((row) => row.stage.step_id === params.get('step'));
  const follow = (name: string | undefined) => change({ candidate: name });
  const lost = analysis.error ?? steps.error;
  return (
    <>
      <Heading run={run.data} rows={rows} />
      {lost && <Failure error={lost} />}
      {!analysis.data && !analysis.error && <Loading what="the funnel" />}
      <div className={chosen ? 'columns' : ''}>
        <div className="stack">
          {analysis.data && (
            <Panel title="Funnel" aside={<span className="faint">{rows.length > 0 ? 'choose a step to see why' : ''}</span>}>
              <FunnelChart
                rows={rows}
                chosen={chosen}
                journey={journey.data}
                onChoose={(row) => change({ step: row === chosen ? undefined : row.stage.step_id, reason: undefined })}
              />
            </Panel>
          )}
          <JourneyPanel
            candidate={candidate}
            journey={journey.data}
            sampled={journey.data?.sampled || steps.data?.some(isSampled) || false}
            error={journey.error}
            onFollow={follow}
            onStep={(step) => change({ step, reason: undefined })}
          />
        </div>
        {chosen && (
          <StepDetail
            key={chosen.stage.step_id}
            row={chosen}
            reason={params.get('reason') ?? undefined}
            candidate={candidate}
            onReason={(reason) => change({ reason })}
            onFollow={follow}
            onClose={() => change({ step: undefined, reason: undefined })}
          />
        )}
      </div>
      <div className="stack below">
        {analysis.data && !isEmpty(analysis.data.final_output) && (
          <Panel title="What it came to">
            <Json value={analysis.data.final_output} />
          </Panel>
        )}
        <Compare run={run.data} />
        <Trends name={run.data.name} tag={params.get('tag') ?? undefined} run={run.data} />
      </div>
    </>
  );
}

function Heading({ run, rows }: { run: Run; rows: FunnelRow[] }) {
  const took = between(run.started_at, run.completed_at);
  const tokens = totalTokens(rows);
  return (
    <header className="heading">
      <p className="crumbs">
        <Link to="/decisions">Decisions</Link> / <Link to={`/decisions?name=${encodeURIComponent(run.name)}`}>{plain(run.name)}</Link> /{' '}
        <code>{run.id.slice(0, 8)}</code>
      </p>
      <h1>{plain(run.name)}</h1>
      <p className="tags">
        <StatusBadge status={run.status} />
        <span>
          started <Started run={run} />
        </span>
        {took !== null && <span>took {duration(took)}</span>}
        <span>
          {whole(run.step_count)} {run.step_count === 1 ? 'step' : 'steps'}
          {run.failed_steps > 0 && <b className="bad">, {whole(run.failed_steps)} failed</b>}
        </span>
        <span>cost {money(run.total_cost)}</span>
        {tokens !== null && <span>{whole(tokens)} tokens</span>}
        <Tags tags={run.tags} />
        {run.trace_id && <Link to={`/traces/${encodeURIComponent(run.trace_id)}`}>Open the trace</Link>}
      </p>
      {run.error && <p className="bad wrong">{plain(run.error)}</p>}
    </header>
  );
}
