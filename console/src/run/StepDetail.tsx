import { Loading, Panel } from '../ui/parts';
import { plain, whole } from '../ui/text';
import { duration } from '../ui/time';
import { CandidateList } from './CandidateList';
import { candidatesOf } from './candidates';
import { count, money, percent } from './figures';
import type { FunnelRow, Reason } from './funnel';
import { isEmpty, reasonsOf } from './funnel';
import { Json } from './Json';
import { Rest, useFirst } from '../ui/Rest';

/** Reasons listed at first. */
const REASONS = 30;

interface Props {
  row: FunnelRow;
  /** The reason that narrows the list of candidates. */
  reason: string | undefined;
  /** The candidate that is followed. */
  candidate: string;
  onReason: (reason: string | undefined) => void;
  onFollow: (candidate: string) => void;
  onClose: () => void;
}

/** Everything that is known of one step: why it dropped what it dropped comes first. */
export function StepDetail({ row, reason, candidate, onReason, onFollow, onClose }: Props) {
  const { stage, step } = row;
  const reasons = reasonsOf(stage.rejection_histogram);
  const counts = stage.input_count !== null || stage.output_count !== null;
  return (
    <section className="step" aria-label={`Step ${plain(stage.step_name)}`}>
      <Panel
        title={plain(stage.step_name)}
        aside={
          <button type="button" onClick={onClose}>
            close
          </button>
        }
      >
        <p className="tags faint">
          <span className="kind">{plain(stage.step_type)}</span>
          {step && <span className={row.failed ? 'bad' : ''}>{step.status.toLowerCase()}</span>}
          {counts && (
            <span>
              {count(stage.input_count)} in, {count(stage.output_count)} out
            </span>
          )}
          {stage.drop_rate !== null && <span>{percent(stage.drop_rate)} dropped</span>}
          {stage.cost > 0 && <span>cost {money(stage.cost)}</span>}
          {row.tookMs !== null && <span>took {duration(row.tookMs)}</span>}
          {row.tokens && <TokensLine row={row} />}
        </p>
        {step?.error && <p className="bad wrong">{plain(step.error)}</p>}
        {stage.reasoning && <p className="reasoning">{plain(stage.reasoning)}</p>}
        {reasons.length > 0 && <Histogram reasons={reasons} chosen={reason} onChoose={onReason} />}
        {reasons.length === 0 && (row.dropped ?? 0) > 0 && <p className="faint">It does not say why it dropped {whole(row.dropped ?? 0)}.</p>}
        {!step && <Loading what="the step" />}
        {step && (
          <>
            <CandidateList candidates={candidatesOf(step)} expected={counts} reason={reason} followed={candidate} onFollow={onFollow} onAny={() => onReason(undefined)} />
            {(['inputs', 'outputs', 'metadata'] as const).map(
              (part) =>
                !isEmpty(step[part]) && (
                  <details key={part}>
                    <summary>{part}</summary>
                    <Json value={step[part]} />
                  </details>
                ),
            )}
          </>
        )}
        <p className="faint mono">{stage.step_id}</p>
      </Panel>
    </section>
  );
}

function TokensLine({ row }: { row: FunnelRow }) {
  const { model, prompt, completion, total } = row.tokens ?? {};
  return (
    <>
      {model && <code>{plain(model)}</code>}
      {total != null && (
        <span>
          {whole(total)} tokens{prompt != null && completion != null && ` (${whole(prompt)} in, ${whole(completion)} out)`}
        </span>
      )}
    </>
  );
}

function Histogram({ reasons, chosen, onChoose }: { reasons: Reason[]; chosen: string | undefined; onChoose: (reason: string | undefined) => void }) {
  const [shown, rest] = useFirst(reasons, REASONS);
  return (
    <>
      <h3>Why it dropped them</h3>
      <ul className="histogram">
        {shown.map(({ reason, count: number, share }) => (
          <li key={reason}>
            <button
              type="button"
              aria-pressed={chosen === reason}
              title="Show the candidates that were dropped for this reason"
              onClick={() => onChoose(chosen === reason ? undefined : reason)}
            >
              <span className="text">{plain(reason)}</span>
              <span className="flow" aria-hidden>
                <i className="drop" style={{ width: `max(2px, ${share * 100}%)` }} />
              </span>
              <span className="num">{whole(number)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Rest {...rest} what="reasons" />
    </>
  );
}
