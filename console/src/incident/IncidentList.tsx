import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useBulkAction, useFacets, useIncidents, useStats } from '../api/queries';
import type { IncidentFilter } from '../api/queries';
import type { IncidentState, Page, Severity } from '../api/types';
import { Failure } from '../ui/Failure';
import { Choice, oneOf, Pick, Search } from '../ui/filters';
import { useAddress } from '../ui/address';
import { ALL, useRange } from '../ui/range';
import { RangePicker } from '../ui/RangePicker';
import { whoAmI } from '../ui/me';
import { Empty, Loading, SEVERITIES } from '../ui/parts';
import { plain, totalOf, whole } from '../ui/text';
import { duration } from '../ui/time';
import { IncidentRow } from './IncidentRow';

const PAGE = 50;
/** The API pages no farther by offset. */
const FARTHEST = 100_000;
const STATES: IncidentState[] = ['open', 'acknowledged', 'snoozed', 'resolved', 'closed', 'merged'];

export function IncidentList() {
  const [params, setParams] = useSearchParams();
  const [, change] = useAddress();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const time = useRange(ALL);
  const filter: IncidentFilter = {
    from: time.range.from || undefined,
    // What is detected from now on belongs to the last hour as well.
    to: time.range.last ? undefined : time.range.to,
    // The status of links from before there were finer states means the same here.
    state: oneOf(STATES, params.get('state') ?? params.get('status')),
    severity: oneOf<Severity>(SEVERITIES, params.get('severity')),
    service: params.get('service') ?? undefined,
    assignee: params.get('assignee') ?? undefined,
    q: params.get('q') ?? undefined,
  };
  const offset = Math.max(0, Number(params.get('offset')) || 0);
  const incidents = useIncidents(filter, { limit: PAGE, offset });
  const facets = useFacets(filter);

  const choose = (key: string, value: string | undefined) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (key === 'state') next.delete('status');
      if (value) next.set(key, value);
      else next.delete(key);
      if (key !== 'offset') next.delete('offset');
      return next;
    });
  const chooseTime = (from: string | undefined, to?: string) => {
    time.refresh();
    change({ from, to, offset: undefined });
  };
  const found = incidents.data?.items ?? [];
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const toggle = (id: string) => setChosen((old) => (old.has(id) ? new Set([...old].filter((other) => other !== id)) : new Set([...old, id])));
  return (
    <>
      <header className="pagehead">
        <h1>Incidents</h1>
        <RangePicker time={{ ...time, choose: chooseTime }} anyTime />
      </header>
      <Figures />
      <div className="filters">
        <Choice label="Status" options={STATES} counts={facets.data?.state} chosen={filter.state} onChoose={(value) => choose('state', value)} />
        <Choice label="Severity" options={SEVERITIES} counts={facets.data?.severity} chosen={filter.severity} onChoose={(value) => choose('severity', value)} />
        <Pick label="Service" values={facets.data?.service} chosen={filter.service} onChoose={(value) => choose('service', value)} />
        <Pick label="Assignee" values={facets.data?.assignee} none="nobody" chosen={filter.assignee} onChoose={(value) => choose('assignee', value)} />
        <Search label="Search" placeholder="Search by title, service, problem or trace" start={filter.q ?? ''} onSearch={(value) => choose('q', value || undefined)} />
      </div>
      <Bulk ids={[...chosen].filter((id) => found.some((incident) => incident.id === id))} onDone={() => setChosen(new Set())} />
      {incidents.error && <Failure error={incidents.error} />}
      {!incidents.data && !incidents.error && <Loading what="incidents" />}
      {incidents.data && found.length === 0 && (
        <Empty title={filtered ? 'No incident matches.' : 'No incidents here.'}>
          <p>{filtered ? 'Loosen the filter above to see more.' : 'None has opened yet.'}</p>
        </Empty>
      )}
      <ul className="rows panel">
        {found.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} chosen={chosen.has(incident.id)} onChoose={() => toggle(incident.id)} />
        ))}
      </ul>
      {incidents.data && (incidents.data.total > PAGE || offset > 0) && (
        <div className="pager">
          <button type="button" disabled={offset === 0} onClick={() => choose('offset', String(Math.max(0, offset - PAGE)))}>
            Newer
          </button>
          <span>
            {whole(offset + 1)}–{whole(offset + found.length)} of {totalOf(incidents.data)}
          </span>
          <button type="button" disabled={!mayHaveMore(incidents.data)} onClick={() => choose('offset', String(offset + PAGE))}>
            Older
          </button>
        </div>
      )}
    </>
  );
}

/** Where counting stopped, a full page says that there may be another. */
export function mayHaveMore(page: Page<unknown>): boolean {
  const next = page.offset + page.limit;
  return next <= FARTHEST && (page.total_capped ? page.items.length === page.limit : next < page.total);
}

/** How fast incidents were taken up and ended in the last 30 days. */
function Figures() {
  const stats = useStats();
  if (!stats.data || stats.data.incidents === 0) return null;
  const { mtta, mttr, incidents } = stats.data;
  return (
    <p className="figures faint">
      {whole(incidents)} in 30 days
      {mtta && <span title={`Mean of ${mtta.count}`}> · acknowledged after {duration(mtta.mean_seconds * 1000)}</span>}
      {mttr && <span title={`Mean of ${mttr.count}`}> · resolved after {duration(mttr.mean_seconds * 1000)}</span>}
    </p>
  );
}

function Bulk({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const bulk = useBulkAction();
  const act = (action: string) => bulk.mutate({ action, ids, actor: whoAmI() || undefined }, { onSuccess: onDone });
  const failed = bulk.data?.results.filter((result) => !result.ok) ?? [];
  return (
    <>
      {ids.length > 0 && (
        <div className="bulk" role="group" aria-label="For all chosen">
          <span>{ids.length} chosen</span>
          {['acknowledge', 'resolve', 'close', 'ignore'].map((action) => (
            <button key={action} type="button" disabled={bulk.isPending} onClick={() => act(action)}>
              {action}
            </button>
          ))}
        </div>
      )}
      {bulk.error && <Failure error={bulk.error} />}
      {failed.length > 0 && (
        <p className="note" role="status">
          {failed.length} could not be changed: {plain(failed[0]?.detail ?? 'see the incidents')}
        </p>
      )}
    </>
  );
}
