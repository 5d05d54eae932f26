import { Link } from 'react-router';
import { useIncidents, useSignals } from '../api/queries';
import type { Incident } from '../api/types';
import { IncidentRow } from '../incident/IncidentRow';
import { Failure } from '../ui/Failure';
import { Empty, Loading, Panel, SEVERITIES } from '../ui/parts';
import { FirstMinute } from './FirstMinute';
import { SignalFeed } from './SignalFeed';

const SHOWN = 8;

export function Overview() {
  const signals = useSignals(14);
  const incidents = useIncidents({ state: 'open' }, { limit: 200, offset: 0 });

  if (signals.error && !signals.data) return <Failure error={signals.error} />;
  if (!signals.data) return <Loading what="signals" />;
  if (signals.data.total === 0) return <FirstMinute />;
  return (
    <>
      {incidents.data && <Headline incidents={incidents.data.items} total={incidents.data.total} />}
      <div className="columns">
        <Panel title="Open incidents" aside={<Link to="/incidents">All incidents</Link>}>
          {incidents.error && !incidents.data && <Failure error={incidents.error} />}
          {incidents.data?.items.length === 0 && (
            <Empty title="Nothing is broken, as far as the signals tell.">
              <p>An incident opens here within seconds when a log, a span or a latency says otherwise.</p>
            </Empty>
          )}
          <ul className="rows">
            {worstFirst(incidents.data?.items ?? [])
              .slice(0, SHOWN)
              .map((incident) => (
                <IncidentRow key={incident.id} incident={incident} />
              ))}
          </ul>
        </Panel>
        <SignalFeed page={signals.data} stale={signals.isError} />
      </div>
    </>
  );
}

function Headline({ incidents, total }: { incidents: Incident[]; total: number }) {
  return (
    <div className="tiles">
      {SEVERITIES.map((severity) => {
        const count = incidents.filter((incident) => incident.severity === severity).length;
        return (
          <Link
            key={severity}
            to={`/incidents?status=open&severity=${severity}`}
            className={`tile sev-${severity} ${count === 0 ? 'none' : ''}`}
          >
            <b>{total > incidents.length && count > 0 ? `${count}+` : count}</b>
            <span>{severity}</span>
          </Link>
        );
      })}
    </div>
  );
}

function worstFirst(incidents: Incident[]): Incident[] {
  const rank = (incident: Incident) => SEVERITIES.indexOf(incident.severity);
  return incidents.toSorted((a, b) => rank(a) - rank(b) || b.detected_at.localeCompare(a.detected_at));
}
