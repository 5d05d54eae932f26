import type { Incident } from '../api/types';
import { Panel } from '../ui/parts';
import { plain } from '../ui/text';
import { clock, duration } from '../ui/time';

interface Moment {
  at: string;
  what: string;
  who?: string;
  kind: 'problem' | 'whence';
}

/** What went wrong in the order in which it began; the first line is where to look first. */
export function Timeline({ incident, analysedAt }: { incident: Incident; analysedAt?: string | undefined }) {
  const moments = momentsOf(incident, analysedAt);
  const start = Date.parse(moments[0]?.at ?? '');
  return (
    <Panel title="Timeline">
      <ol className="timeline">
        {moments.map((moment, index) => (
          <li key={index} className={moment.kind}>
            <time dateTime={moment.at} title={new Date(moment.at).toLocaleString()}>
              {index === 0 ? clock(moment.at) : `+${duration(Date.parse(moment.at) - start)}`}
            </time>
            <span>
              {moment.who && <b>{plain(moment.who)} </b>}
              {plain(moment.what)}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export function momentsOf(incident: Incident, analysedAt?: string | undefined): Moment[] {
  const moments: Moment[] = [];
  for (const problem of incident.problems ?? []) {
    if (problem.first_seen) {
      moments.push({ at: problem.first_seen, who: problem.service, what: problem.title, kind: 'problem' });
    }
  }
  moments.push({ at: incident.detected_at, what: 'incident opened', kind: 'whence' });
  if (analysedAt) moments.push({ at: analysedAt, what: 'cause analysed', kind: 'whence' });
  if (incident.resolved_at) moments.push({ at: incident.resolved_at, what: 'resolved', kind: 'whence' });
  return moments
    .filter((moment) => !Number.isNaN(Date.parse(moment.at)))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
