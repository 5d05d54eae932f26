import { useState } from 'react';
import type { ApiKey, Project } from '../api/accounts';
import { SCOPES, useAccountChange } from '../api/accounts';
import { Failure } from '../ui/Failure';
import { plain } from '../ui/text';
import { ShownOnce } from './ShownOnce';

const MOST_REQUESTS = 1_000_000;
const DAY_MS = 86_400_000;

/** Makes a key; what it is, is shown once. */
export function MakeKey({ project }: { project: Project }) {
  const make = useAccountChange<ApiKey>();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>(['ingest']);
  const [quota, setQuota] = useState('');
  const [days, setDays] = useState('');
  return (
    <>
      <form
        className="ask bare"
        onSubmit={(event) => {
          event.preventDefault();
          const body = {
            name: name.trim(),
            scopes,
            requests_per_minute: quota === '' ? null : Number(quota),
            expires_at: days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
          };
          make.mutate({ path: `projects/${project.id}/keys`, method: 'POST', body }, { onSuccess: () => setName('') });
        }}
      >
        <label>
          Name
          <input required maxLength={100} placeholder="checkout, production" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <fieldset>
          <legend>Scopes</legend>
          {SCOPES.map((scope) => (
            <label key={scope} className="check">
              <input type="checkbox" checked={scopes.includes(scope)} onChange={(event) => setScopes(event.target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))} />
              {scope}
            </label>
          ))}
        </fieldset>
        <label>
          Requests a minute, empty = no limit
          <input type="number" min={1} max={MOST_REQUESTS} value={quota} onChange={(event) => setQuota(event.target.value)} />
        </label>
        <label>
          Days until it expires, empty = never
          <input type="number" min={1} max={3650} value={days} onChange={(event) => setDays(event.target.value)} />
        </label>
        <button type="submit" className="primary" disabled={make.isPending || scopes.length === 0}>
          Make a key
        </button>
      </form>
      {make.error && <Failure error={make.error} />}
      {make.data?.key && <ShownOnce what={`The key “${plain(make.data.name)}”, shown only now: copy it to where it is used.`} text={make.data.key} />}
    </>
  );
}
