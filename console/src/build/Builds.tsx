import type { BuildStatus } from '../api/builds';
import { PAGE, STATUSES, useBuilds } from '../api/builds';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Choice, oneOf } from '../ui/filters';
import { pageOf, Pages } from '../ui/Pages';
import { Empty, Loading } from '../ui/parts';
import { BuildRow } from './BuildRow';
import { Trigger } from './Trigger';

/** `pending` is known to clients of the original; no build of ours is in it. */
const FILTERS: readonly BuildStatus[] = STATUSES.filter((status) => status !== 'pending');

/** The builds of the project, newest first, and the way to a new one. */
export function Builds() {
  const [params, change] = useAddress();
  const status = oneOf(FILTERS, params.get('status'));
  const page = pageOf(params.get('page'));
  const found = useBuilds({ status }, page);
  const builds = found.data?.builds ?? [];
  return (
    <>
      <h1>Builds</h1>
      <Trigger config={params.get('config') ?? undefined} />
      <div className="filters">
        <Choice label="Status" options={FILTERS} names={(one) => one.replace('_', ' ')} chosen={status} onChoose={(chosen) => change({ status: chosen, page: undefined })} />
      </div>
      {found.error && <Failure error={found.error} />}
      {!found.data && !found.error && <Loading what="builds" />}
      {found.data && builds.length === 0 && <Nothing filtered={status !== undefined || page > 1} />}
      <ul className="rows panel">
        {builds.map((build) => (
          <BuildRow key={build.id} build={build} />
        ))}
      </ul>
      {found.data && <Pages page={page} size={PAGE} total={found.data.total} onGo={(to) => change({ page: to > 1 ? String(to) : undefined })} />}
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No build matches.">
        <p>Choose another status above to see more.</p>
      </Empty>
    );
  }
  return (
    <Empty title="No builds yet.">
      <p>
        A build is one run of the installation’s workflow at GitHub. Start one above; it needs a repository and a token, which whoever runs the installation sets with{' '}
        <code>GITHUB_REPO</code> and <code>GITHUB_TOKEN</code>.
      </p>
    </Empty>
  );
}
