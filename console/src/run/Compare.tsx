import { useState } from 'react';
import { Link } from 'react-router';
import type { Run } from '../api/runs';
import { useComparison, useEarlierRuns } from '../api/runs';
import { Failure } from '../ui/Failure';
import { Loading, Panel } from '../ui/parts';
import { plain, valueText } from '../ui/text';
import { useAddress } from '../ui/address';
import { ComparisonTable } from './ComparisonTable';
import { money } from './figures';

const OFFERED = 20;

/** This run beside another: the one before it, one of the earlier ones, or any by its id. */
export function Compare({ run }: { run: Run }) {
  const [params, change] = useAddress();
  const other = params.get('with') ?? '';
  const earlier = useEarlierRuns(run, OFFERED);
  const comparison = useComparison(other, run.id);
  const choose = (id: string | undefined) => change({ with: id });
  const offered = earlier.data ?? [];
  const previous = offered[0];
  return (
    <Panel title="Compare with another run">
      <div className="ask bare">
        {previous && other !== previous.id && (
          <button type="button" onClick={() => choose(previous.id)}>
            Compare with the run before
          </button>
        )}
        {offered.length > 0 && (
          <select aria-label="Compare with" value={other} onChange={(event) => choose(event.target.value || undefined)}>
            <option value="">no other run</option>
            {other && !offered.some(({ id }) => id === other) && <option value={other}>{plain(other)}</option>}
            {offered.map((one, index) => (
              <option key={one.id} value={one.id}>
                {index === 0 ? 'the run before: ' : ''}
                {labelOf(one)}
              </option>
            ))}
          </select>
        )}
        <ById key={other} start={other} onChoose={choose} />
        {other && (
          <button type="button" onClick={() => choose(undefined)}>
            Stop comparing
          </button>
        )}
      </div>
      {earlier.error && <Failure error={earlier.error} />}
      {!other && earlier.data && offered.length === 0 && <p className="note">This is the first run of this name. Any other can be compared by its id.</p>}
      {other && comparison.error && <Failure error={comparison.error} />}
      {other && !comparison.data && !comparison.error && <Loading what="both runs" />}
      {other && comparison.data && (
        <>
          <p className="outcome faint">
            Before: <Link to={`/decisions/${comparison.data.before.id}`}>{labelOf(comparison.data.before)}</Link>. After: this run, {labelOf(comparison.data.after)}.
          </p>
          <ComparisonTable comparison={comparison.data} />
        </>
      )}
    </Panel>
  );
}

function ById({ start, onChoose }: { start: string; onChoose: (id: string | undefined) => void }) {
  const [text, setText] = useState(start);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(text.trim() || undefined);
      }}
    >
      <input aria-label="Id of another run" placeholder="or the id of a run" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
      <button type="submit" disabled={!text.trim() || text.trim() === start}>
        Compare
      </button>
    </form>
  );
}

function labelOf(run: Run): string {
  const tags = Object.entries(run.tags)
    .slice(0, 2)
    .map(([key, value]) => `${plain(key)}:${valueText(value)}`);
  return [run.started_at ? plain(run.started_at).slice(0, 19) : 'no start told', ...tags, run.status.toLowerCase(), `cost ${money(run.total_cost)}`, run.id.slice(0, 8)].join(' · ');
}
