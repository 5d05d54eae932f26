import { Link } from 'react-router';
import type { Incident, IncidentMember } from '../api/types';
import { Ago, Panel, Service } from '../ui/parts';
import { plain, whole } from '../ui/text';

const SHOWN = 12;

/** Everything that was put into this incident, with the rule that put it there. */
export function WhyGrouped({ incident }: { incident: Incident }) {
  const members = incident.members ?? [];
  if (members.length === 0) return null;
  return (
    <Panel title={`Why grouped (${whole(members.length)})`}>
      <ul className="affected">
        {members.slice(0, SHOWN).map((member, index) => (
          <li key={index}>
            <span className="tags">
              <Service name={member.service} />
              <Subject member={member} />
            </span>
            <p>{plain(member.title)}</p>
            <p className="faint">{plain(member.reason)}</p>
          </li>
        ))}
      </ul>
      {members.length > SHOWN && <p className="more faint">and {whole(members.length - SHOWN)} more</p>}
    </Panel>
  );
}

function Subject({ member }: { member: IncidentMember }) {
  if (member.subject_kind !== 'trace') return <span className="faint">{member.subject_kind === 'observation' ? 'alert' : 'without a trace'}</span>;
  return (
    <Link to={`/traces/${encodeURIComponent(member.subject)}`}>
      <code>{plain(member.subject.slice(0, 12))}</code>
    </Link>
  );
}

/** Earlier incidents with the same problems, and how they ended. */
export function SeenBefore({ incident }: { incident: Incident }) {
  const earlier = incident.seen_before ?? [];
  if (earlier.length === 0) return null;
  return (
    <Panel title={`Seen before (${whole(earlier.length)})`}>
      <ul className="affected">
        {earlier.map((before) => (
          <li key={before.id}>
            <Link to={`/incidents/${encodeURIComponent(before.id)}`}>{plain(before.title)}</Link>
            <p className="faint">
              <Ago at={before.detected_at} />, {before.shared_problems} of the same {before.shared_problems === 1 ? 'problem' : 'problems'}
              {before.resolved_by ? `, resolved by ${plain(before.resolved_by)}` : `, ${before.state}`}
            </p>
            {before.note && <p>{plain(before.note)}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
