import type { ApiKey, Project } from '../api/accounts';
import { useAccountChange, useKeys } from '../api/accounts';
import { Failure } from '../ui/Failure';
import { Ago, Empty, Loading, Panel } from '../ui/parts';
import { Sure } from '../ui/Sure';
import { plain, whole } from '../ui/text';
import { useNow } from '../ui/time';
import { MakeKey } from './MakeKey';
import { QuotaForm } from './QuotaForm';
import { ShownOnce } from './ShownOnce';
import { stateOfKey } from './states';

/** The keys of a project: what they may, whether they are used, and the way to others. */
export function Keys({ project }: { project: Project }) {
  const keys = useKeys(project.id);
  const now = useNow(30_000);
  return (
    <Panel title={`API keys of ${plain(project.name)}`}>
      <MakeKey project={project} />
      {keys.error && <Failure error={keys.error} />}
      {!keys.data && !keys.error && <Loading what="keys" />}
      {keys.data?.length === 0 && (
        <Empty title="No keys yet.">
          <p>Programs send and read with a key. Make one with the scope “ingest” for whatever sends telemetry.</p>
        </Empty>
      )}
      <ul className="affected">
        {keys.data?.map((key) => (
          <KeyRow key={key.id} apiKey={key} now={now} />
        ))}
      </ul>
    </Panel>
  );
}

export function KeyRow({ apiKey, now }: { apiKey: ApiKey; now: number }) {
  const rotate = useAccountChange<ApiKey>();
  const revoke = useAccountChange();
  const state = stateOfKey(apiKey, now);
  const name = <span className="unseen"> {plain(apiKey.name)} {plain(apiKey.prefix)}</span>;
  return (
    <li>
      <div className="line">
        <span className="tags">
          <b>{plain(apiKey.name)}</b>
          <code>{plain(apiKey.prefix)}…</code>
          <span className={state === 'active' ? 'status good' : 'status'}>{state}</span>
          <span>{apiKey.scopes.map(plain).join(', ')}</span>
        </span>
        {state === 'active' && (
          <span className="buttons">
            <button type="button" disabled={rotate.isPending} onClick={() => rotate.mutate({ path: `keys/${apiKey.id}/rotate`, method: 'POST' })}>
              rotate{name}
            </button>
            <Sure
              label={<>revoke{name}</>}
              question={`Revoke ${plain(apiKey.prefix)}…? Whoever uses it is refused within a minute, for good.`}
              yes="Revoke"
              disabled={revoke.isPending}
              onYes={() => revoke.mutate({ path: `keys/${apiKey.id}`, method: 'DELETE' })}
            />
          </span>
        )}
      </div>
      <p className="faint">
        made <Ago at={apiKey.created_at} />, {apiKey.last_used_at ? <>last used <Ago at={apiKey.last_used_at} /></> : 'never used'}
        {state !== 'revoked' && apiKey.expires_at && <>, {state === 'expired' ? 'expired' : 'expires'} <Ago at={apiKey.expires_at} /></>}
        {apiKey.revoked_at && <>, revoked <Ago at={apiKey.revoked_at} /></>}
        {', '}
        {apiKey.requests_per_minute === null ? 'no quota of its own' : `${whole(apiKey.requests_per_minute)} requests a minute`}
      </p>
      {state === 'active' && <QuotaForm apiKey={apiKey} />}
      {rotate.error && <Failure error={rotate.error} />}
      {revoke.error && <Failure error={revoke.error} />}
      {rotate.data?.key && <ShownOnce what="The key that takes its place, shown only now. The old one works until you revoke it." text={rotate.data.key} />}
    </li>
  );
}
