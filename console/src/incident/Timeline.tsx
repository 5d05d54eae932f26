import type { Incident } from '../api/types';
import { Panel } from '../ui/parts';
import { plain } from '../ui/text';
import { clock, duration, fully } from '../ui/time';
import type { Cause } from './cause';
import { webLink } from '../ui/webLink';

type Kind = 'anomaly' | 'problem' | 'change' | 'action' | 'analysis';

export interface Moment {
  at: string;
  what: string;
  who?: string | undefined;
  kind: Kind;
  link?: string | undefined;
}

const MEANING: Record<Kind, string> = {
  anomaly: 'first signs',
  problem: 'problems',
  change: 'deploys and changes',
  action: 'people and Whence',
  analysis: 'analyses',
};

/** What happened, from the first sign over deploys to what people did, on one axis. */
export function Timeline({ incident, cause, analysedAt }: { incident: Incident; cause?: Cause | null | undefined; analysedAt?: string | undefined }) {
  const moments = momentsOf(incident, cause?.timeline ?? [], analysedAt);
  const start = Date.parse(moments[0]?.at ?? '');
  const end = Date.parse(moments.at(-1)?.at ?? '');
  // Counted from the first sign of trouble: what was changed before it has a minus.
  const origin = Date.parse((moments.find((moment) => moment.kind !== 'change') ?? moments[0])?.at ?? '');
  const kinds = (Object.keys(MEANING) as Kind[]).filter((kind) => moments.some((moment) => moment.kind === kind));
  return (
    <Panel title="Timeline">
      {end > start && <Axis moments={moments} start={start} end={end} />}
      <p className="legend faint">
        {kinds.map((kind) => (
          <span key={kind} className={kind}>
            {MEANING[kind]}
          </span>
        ))}
      </p>
      <ol className="timeline">
        {moments.map((moment, index) => (
          <li key={index} className={moment.kind}>
            <time dateTime={moment.at} title={fully(moment.at)}>
              {Date.parse(moment.at) === origin ? clock(moment.at) : offset(Date.parse(moment.at) - origin)}
            </time>
            <span>
              {moment.who && <b>{plain(moment.who)} </b>}
              {moment.link ? (
                <a href={moment.link} rel="noreferrer noopener" target="_blank">
                  {plain(moment.what)}
                </a>
              ) : (
                plain(moment.what)
              )}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function offset(ms: number): string {
  return ms < 0 ? `−${duration(-ms)}` : `+${duration(ms)}`;
}

/** Where the moments lie; the square root gives the first minutes, in which most happens, most of the room. */
function Axis({ moments, start, end }: { moments: Moment[]; start: number; end: number }) {
  return (
    <svg className="axis" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label={`${moments.length} moments within ${duration(end - start)}`}>
      <line x1="0" y1="12" x2="1000" y2="12" />
      {moments.map((moment, index) => (
        <rect key={index} className={moment.kind} x={4 + 984 * Math.sqrt((Date.parse(moment.at) - start) / (end - start))} y="4" width="5" height="16">
          <title>{`${clock(moment.at)} ${plain(moment.what)}`}</title>
        </rect>
      ))}
    </svg>
  );
}

export function momentsOf(incident: Incident, analysed: Cause['timeline'] = [], analysedAt?: string | undefined): Moment[] {
  const moments = incident.timeline ? incident.timeline.map(told) : derived(incident, analysedAt);
  const known = new Set(moments.map(key));
  for (const entry of analysed) {
    const kind: Kind = entry.kind === 'change' ? 'change' : entry.kind === 'problem' ? 'problem' : 'anomaly';
    const moment: Moment = { at: entry.at, what: entry.what, who: entry.service ?? undefined, kind };
    if (!known.has(key(moment))) moments.push(moment);
  }
  return moments
    .filter((moment) => !Number.isNaN(Date.parse(moment.at)))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function told(entry: NonNullable<Incident['timeline']>[number]): Moment {
  const note = entry.note ? `: ${entry.note}` : '';
  return {
    at: entry.at,
    what: entry.what + note,
    who: entry.service ?? entry.actor ?? undefined,
    kind: entry.kind in MEANING ? entry.kind : 'action',
    link: webLink(entry.link),
  };
}

/** Services that do not tell a timeline tell its parts. */
function derived(incident: Incident, analysedAt: string | undefined): Moment[] {
  const moments: Moment[] = [];
  for (const problem of incident.problems ?? []) {
    if (problem.first_seen) moments.push({ at: problem.first_seen, who: problem.service, what: problem.title, kind: 'problem' });
  }
  for (const event of incident.events ?? impliedEvents(incident)) {
    const comment = event.comment ? `: ${event.comment}` : '';
    moments.push({ at: event.at, what: event.change.replaceAll(/[_-]/g, ' ').toLowerCase() + comment, kind: 'action' });
  }
  if (analysedAt && !incident.events?.some((event) => event.change.startsWith('analy'))) {
    moments.push({ at: analysedAt, what: 'cause analysed', kind: 'analysis' });
  }
  return moments;
}

/** What must have happened, where the history itself is not told. */
function impliedEvents(incident: Incident): NonNullable<Incident['events']> {
  const resolved = incident.resolved_at ? [{ at: incident.resolved_at, change: 'resolved' }] : [];
  return [{ at: incident.detected_at, change: 'incident opened' }, ...resolved];
}

function key(moment: Moment): string {
  return `${Date.parse(moment.at)} ${moment.who ?? ''} ${moment.what}`;
}
