import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useIncidents } from '../api/queries';
import type { Incident, IncidentStatus, Severity } from '../api/types';
import { Failure } from '../ui/Failure';
import { Empty, Loading, SEVERITIES } from '../ui/parts';
import { IncidentRow, titleOf } from './IncidentRow';

const PAGE = 50;
const STATUSES: IncidentStatus[] = ['open', 'investigating', 'resolved', 'closed'];

export function IncidentList() {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState('');
  const status = oneOf(STATUSES, params.get('status'));
  const severity = oneOf<Severity>(SEVERITIES, params.get('severity'));
  const offset = Math.max(0, Number(params.get('offset')) || 0);
  const incidents = useIncidents({ status, severity, limit: PAGE, offset });

  const choose = (key: string, value: string | undefined) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(key, value);
      else next.delete(key);
      if (key !== 'offset') next.delete('offset');
      return next;
    });
  const found = (incidents.data?.items ?? []).filter((incident) => matches(incident, search));
  return (
    <>
      <h1>Incidents</h1>
      <div className="filters">
        <Choice label="Status" options={STATUSES} chosen={status} onChoose={(value) => choose('status', value)} />
        <Choice label="Severity" options={SEVERITIES} chosen={severity} onChoose={(value) => choose('severity', value)} />
        <input
          type="search"
          aria-label="Filter this page"
          placeholder="Filter by title, service or trace"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {incidents.error && <Failure error={incidents.error} />}
      {!incidents.data && !incidents.error && <Loading what="incidents" />}
      {incidents.data && found.length === 0 && (
        <Empty title={search ? 'No incident on this page matches.' : 'No incidents here.'}>
          <p>{status || severity || search ? 'Loosen the filter above to see more.' : 'None has opened yet.'}</p>
        </Empty>
      )}
      <ul className="rows panel">
        {found.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} />
        ))}
      </ul>
      {incidents.data && incidents.data.total > PAGE && (
        <div className="pager">
          <button type="button" disabled={offset === 0} onClick={() => choose('offset', String(Math.max(0, offset - PAGE)))}>
            Newer
          </button>
          <span>
            {offset + 1}–{Math.min(offset + PAGE, incidents.data.total)} of {incidents.data.total.toLocaleString('en-US')}
          </span>
          <button
            type="button"
            disabled={offset + PAGE >= incidents.data.total}
            onClick={() => choose('offset', String(offset + PAGE))}
          >
            Older
          </button>
        </div>
      )}
    </>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  options: T[];
  chosen: T | undefined;
  onChoose: (value: T | undefined) => void;
}

function Choice<T extends string>({ label, options, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <div className="choice" role="group" aria-label={label}>
      <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        any {label.toLowerCase()}
      </button>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={chosen === option} onClick={() => onChoose(option)}>
          {option}
        </button>
      ))}
    </div>
  );
}

function matches(incident: Incident, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return true;
  return [titleOf(incident), incident.trace_id ?? '', ...incident.affected_services].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | undefined {
  return allowed.find((candidate) => candidate === value?.toLowerCase());
}
