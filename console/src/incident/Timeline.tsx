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
  for (const event of incident.events ?? impliedEvents(incident)) {
    const comment = event.comment ? `: ${event.comment}` : '';
    moments.push({ at: event.at, what: event.change.replaceAll(/[_-]/g, ' ').toLowerCase() + comment, kind: 'whence' });
  }
  if (analysedAt && !incident.events?.some((event) => event.change.startsWith('analy'))) {
    moments.push({ at: analysedAt, what: 'cause analysed', kind: 'whence' });
  }
  return moments
    .filter((moment) => !Number.isNaN(Date.parse(moment.at)))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** What must have happened, where the history itself is not told. */
function impliedEvents(incident: Incident): NonNullable<Incident['events']> {
  const resolved = incident.resolved_at ? [{ at: incident.resolved_at, change: 'resolved' }] : [];
  return [{ at: incident.detected_at, change: 'incident opened' }, ...resolved];
}
