import type { Run } from '../api/runs';
import { Ago } from '../ui/parts';
import { plain } from '../ui/text';
import { moment } from './figures';

/** When a run began; what cannot be read as a time is shown as its client wrote it. */
export function Started({ run }: { run: Run }) {
  const at = moment(run.started_at);
  if (!Number.isNaN(at)) return <Ago at={new Date(at).toISOString()} />;
  return <span className="faint">{run.started_at ? plain(run.started_at) : 'no start told'}</span>;
}
