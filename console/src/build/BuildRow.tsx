import { Link } from 'react-router';
import type { Build, BuildStatus } from '../api/builds';
import { Ago } from '../ui/parts';
import { plain } from '../ui/text';
import { duration } from '../ui/time';

export function BuildRow({ build }: { build: Build }) {
  const took = tookOf(build);
  return (
    <li className="run">
      <Link to={`/builds/${build.id}`}>
        <span className="line">
          <strong>
            {titleOf(build)} <span className="faint">#{build.id}</span>
          </strong>
          <Ago at={build.created_at} />
        </span>
        <span className="line faint">
          <span className="tags">
            <BuildBadge status={build.status} />
            {build.detail && <span className={build.status === 'failure' ? 'bad' : ''}>{plain(build.detail)}</span>}
          </span>
          <span className="nums">
            {plain(build.image_type)} · Fedora {plain(build.fedora_version)} · {plain(build.ref)} · by {plain(build.requested_by)}
            {took !== null && ` · ${duration(took)}`}
          </span>
        </span>
      </Link>
    </li>
  );
}

export function BuildBadge({ status }: { status: BuildStatus }) {
  return <span className={`status build-${status}`}>{status.replace('_', ' ')}</span>;
}

export function titleOf(build: Build): string {
  return plain(build.definition ?? 'a definition sent along');
}

/** Milliseconds; null while it goes on or where its beginning is not known. */
export function tookOf({ started_at, completed_at }: Build): number | null {
  if (!started_at || !completed_at) return null;
  return Math.max(0, Date.parse(completed_at) - Date.parse(started_at));
}
