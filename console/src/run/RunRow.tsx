import { Link } from 'react-router';
import type { Run } from '../api/runs';
import { StatusBadge } from '../ui/parts';
import { plain, valueText, whole } from '../ui/text';
import { duration } from '../ui/time';
import { between, money } from './figures';
import { Started } from './Started';

const TAGS_SHOWN = 4;

interface Props {
  run: Run;
  /** Narrows the list to runs of the same name. */
  onOnly?: (() => void) | undefined;
}

export function RunRow({ run, onOnly }: Props) {
  const took = between(run.started_at, run.completed_at);
  return (
    <li className={`run ${run.status.toLowerCase()}`}>
      <Link to={`/decisions/${run.id}`}>
        <span className="line">
          <strong>{plain(run.name)}</strong>
          <Started run={run} />
        </span>
        <span className="line faint">
          <span className="tags">
            <StatusBadge status={run.status} />
            <Tags tags={run.tags} most={TAGS_SHOWN} />
            {run.error && <span className="bad">{plain(run.error)}</span>}
          </span>
          <span className="nums">
            {whole(run.step_count)} {run.step_count === 1 ? 'step' : 'steps'}
            {run.failed_steps > 0 && <b className="bad">, {whole(run.failed_steps)} failed</b>}
            {took !== null && ` · ${duration(took)}`} · cost {money(run.total_cost)}
          </span>
        </span>
      </Link>
      {onOnly && (
        <button type="button" onClick={onOnly}>
          only these<span className="unseen">: {plain(run.name)}</span>
        </button>
      )}
    </li>
  );
}

export function Tags({ tags, most = Number.POSITIVE_INFINITY }: { tags: Record<string, unknown>; most?: number }) {
  const all = Object.entries(tags);
  return (
    <>
      {all.slice(0, most).map(([key, value]) => (
        <code key={key}>
          {plain(key)}:{valueText(value)}
        </code>
      ))}
      {all.length > most && <span>+{all.length - most}</span>}
    </>
  );
}
