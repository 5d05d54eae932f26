import { Link } from 'react-router';
import { useRunsOfTrace } from '../api/runs';
import { plain } from '../ui/text';

/** The way from a trace to the decisions that were made in it. */
export function RunsOfTrace({ trace }: { trace: string }) {
  const runs = useRunsOfTrace(trace);
  if (!runs.data || runs.data.length === 0) return null;
  return (
    <p className="tags of-trace">
      <span>{runs.data.length === 1 ? 'Decision run' : 'Decision runs'}</span>
      {runs.data.map((run) => (
        <Link key={run.id} to={`/decisions/${run.id}`}>
          {plain(run.name)} <code>{run.id.slice(0, 8)}</code>
        </Link>
      ))}
    </p>
  );
}
