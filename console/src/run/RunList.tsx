import type { Run } from '../api/runs';
import { useRuns } from '../api/runs';
import { Failure } from '../ui/Failure';
import { Choice, oneOf, Search } from '../ui/filters';
import { Empty, Loading } from '../ui/parts';
import { plain } from '../ui/text';
import { useAddress } from '../ui/address';
import { NoRuns } from './NoRuns';
import { Older } from '../ui/Older';
import { RunRow } from './RunRow';
import { Trends } from './Trends';

const PAGE = 50;
const STATUSES = ['running', 'completed', 'failed'] as const;

export function RunList() {
  const [params, change] = useAddress();
  const given = (key: string) => params.get(key) ?? undefined;
  const filter = { q: given('q'), name: given('name'), status: oneOf(STATUSES, params.get('status')), tag: given('tag'), min_cost: given('min_cost') };
  const cursor = given('cursor');
  const runs = useRuns(filter, { limit: PAGE, cursor });

  // Another question starts at its first page.
  const choose = (changes: Record<string, string | undefined>) => change({ ...changes, cursor: undefined });
  const found = runs.data?.items ?? [];
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <div className="filters">
        <Choice label="Status" options={STATUSES} chosen={filter.status} onChoose={(status) => choose({ status })} />
        <Search label="Name" placeholder="Search by name" start={filter.q ?? ''} onSearch={(q) => choose({ q })} />
        <Search label="Tag" placeholder="Tag, as version or version:2" start={filter.tag ?? ''} onSearch={(tag) => choose({ tag })} />
        <Search label="Least cost" placeholder="Cost at least" kind="number" start={filter.min_cost ?? ''} onSearch={(least) => choose({ min_cost: least })} />
      </div>
      {filter.name && (
        <>
          <p className="only">
            Only runs of “{plain(filter.name)}”
            <button type="button" onClick={() => choose({ name: undefined })}>
              show all names
            </button>
          </p>
          <Trends name={filter.name} tag={filter.tag} />
        </>
      )}
      {runs.error && <Failure error={runs.error} />}
      {!runs.data && !runs.error && <Loading what="runs" />}
      {runs.data && found.length === 0 && <Nothing filtered={filtered} more={runs.data.next !== null} later={cursor !== undefined} />}
      <ul className="rows panel">
        {found.map((run: Run) => (
          <RunRow key={run.id} run={run} onOnly={filter.name ? undefined : () => choose({ name: run.name, q: undefined })} />
        ))}
      </ul>
      <Older cursor={cursor} next={runs.data?.next} onGo={(to) => change({ cursor: to })} />
    </>
  );
}

function Nothing({ filtered, more, later }: { filtered: boolean; more: boolean; later: boolean }) {
  if (more) {
    return (
      <Empty title="None of these runs matches.">
        <p>A search looks at 5,000 runs at a time, the latest first. There are older ones.</p>
      </Empty>
    );
  }
  if (!filtered && !later) return <NoRuns />;
  return (
    <Empty title={later ? 'No older run matches.' : 'No run matches.'}>
      <p>{later ? 'Go back to the newest, or loosen the filter above.' : 'Loosen the filter above to see more.'}</p>
    </Empty>
  );
}
