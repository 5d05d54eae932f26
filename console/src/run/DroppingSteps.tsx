import { Link } from 'react-router';
import type { FoundStep } from '../api/runs';
import { useSteps } from '../api/runs';
import { Failure } from '../ui/Failure';
import { Choice, oneOf, Search } from '../ui/filters';
import { Ago, Empty, Loading } from '../ui/parts';
import { plain } from '../ui/text';
import { useAddress } from '../ui/address';
import { count, money, percent } from './figures';
import { Older } from '../ui/Older';

const PAGE = 50;
const LEAST = ['0.5', '0.75', '0.9', '0.99'] as const;
const USUAL = '0.9';

/** Steps of all runs that dropped nearly everything, the latest first. */
export function DroppingSteps() {
  const [params, change] = useAddress();
  const least = oneOf(LEAST, params.get('min_drop_rate')) ?? USUAL;
  const type = params.get('type') ?? undefined;
  const cursor = params.get('cursor') ?? undefined;
  const steps = useSteps({ type, min_drop_rate: least }, { limit: PAGE, cursor });
  const found = steps.data?.items ?? [];
  return (
    <>
      <div className="filters">
        <Choice
          label="Dropped at least"
          options={LEAST}
          names={(share) => `≥ ${percent(Number(share))}`}
          none={false}
          chosen={least}
          onChoose={(share) => change({ min_drop_rate: share, cursor: undefined })}
        />
        <Search
          label="Type of step"
          placeholder="Type of step, as filter"
          start={type ?? ''}
          onSearch={(value) => change({ type: value, cursor: undefined })}
        />
      </div>
      {steps.error && <Failure error={steps.error} />}
      {!steps.data && !steps.error && <Loading what="steps" />}
      {steps.data && found.length === 0 && (
        <Empty title={`No ${cursor ? 'older ' : ''}step dropped ${percent(Number(least))} of its candidates or more.`}>
          <p>Lower the share above to see steps that drop less. Steps that do not count their candidates are not among them.</p>
        </Empty>
      )}
      <ul className="rows panel">
        {found.map((step) => (
          <Row key={step.step_id} step={step} />
        ))}
      </ul>
      <Older cursor={cursor} next={steps.data?.next} onGo={(to) => change({ cursor: to })} />
    </>
  );
}

function Row({ step }: { step: FoundStep }) {
  return (
    <li className="run">
      <Link to={`/decisions/${step.run_id}?step=${step.step_id}`}>
        <span className="line">
          <strong>
            {plain(step.step_name)} <span className="kind">{plain(step.step_type)}</span>
          </strong>
          <Ago at={step.completed_at} />
        </span>
        <span className="line faint">
          <span className="tags">
            <b className="dropped">{percent(step.drop_rate)} dropped</b>
            {step.failed && <b className="bad">failed</b>}
            <span>of {plain(step.run_name ?? 'a run that nothing was told of yet')}</span>
          </span>
          <span className="nums">
            {count(step.input_count)} → {count(step.output_count)}
            {step.cost !== null && ` · cost ${money(step.cost)}`}
          </span>
        </span>
      </Link>
    </li>
  );
}
