import { Link } from 'react-router';
import type { Incident } from '../api/types';
import { Ago, Service, SeverityBadge, StatusBadge } from '../ui/parts';
import { plain, whole } from '../ui/text';

const SERVICES_SHOWN = 4;

interface RowProps {
  incident: Incident;
  chosen?: boolean;
  /** Rows that can be chosen have a box to do so. */
  onChoose?: () => void;
}

export function IncidentRow({ incident, chosen = false, onChoose }: RowProps) {
  const more = incident.affected_services.length - SERVICES_SHOWN;
  const state = incident.state ?? incident.status;
  return (
    <li className={`incident sev-${incident.severity}${onChoose ? ' choosable' : ''}`}>
      {onChoose && <input type="checkbox" aria-label={`Choose ${titleOf(incident)}`} checked={chosen} onChange={onChoose} />}
      <Link to={`/incidents/${incident.id}`}>
        <div className="line">
          <strong>{titleOf(incident)}</strong>
          <Ago at={incident.last_seen ?? incident.detected_at} />
        </div>
        <div className="line faint">
          <span className="tags">
            <SeverityBadge severity={incident.severity} />
            {state !== 'open' && <StatusBadge status={state} />}
            {incident.assignee && <span>{plain(incident.assignee)}</span>}
            {incident.affected_services.slice(0, SERVICES_SHOWN).map((service) => (
              <Service key={service} name={service} />
            ))}
            {more > 0 && <span>+{more}</span>}
          </span>
          <span>{signals(incident.error_count)}</span>
        </div>
      </Link>
    </li>
  );
}

/** Older services send no title. */
export function titleOf(incident: Incident): string {
  if (incident.title) return plain(incident.title);
  const first = incident.affected_services[0];
  const rest = incident.affected_services.length - 1;
  const where = first === undefined ? 'Trouble' : `Trouble in ${first}${rest > 0 ? ` and ${rest} more` : ''}`;
  return incident.trace_id ? `${plain(where)} (trace ${plain(incident.trace_id)})` : plain(where);
}

function signals(count: number): string {
  return `${whole(count)} ${count === 1 ? 'signal' : 'signals'}`;
}
