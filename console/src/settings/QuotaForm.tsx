import { useState } from 'react';
import type { ApiKey } from '../api/accounts';
import { useAccountChange } from '../api/accounts';
import { Failure } from '../ui/Failure';
import { plain } from '../ui/text';

/** More than the gateway lets through of any key. */
const MOST = 1_000_000;

/** Changes how much a key may be used. */
export function QuotaForm({ apiKey }: { apiKey: ApiKey }) {
  const change = useAccountChange<ApiKey>();
  const [quota, setQuota] = useState(String(apiKey.requests_per_minute ?? ''));
  return (
    <details className="quota">
      <summary>
        Change the quota<span className="unseen"> of {plain(apiKey.name)} {plain(apiKey.prefix)}</span>
      </summary>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ path: `keys/${apiKey.id}`, method: 'PATCH', body: { requests_per_minute: quota === '' ? null : Number(quota) } });
        }}
      >
        <input type="number" min={1} max={MOST} aria-label="Requests a minute" placeholder="no limit" value={quota} onChange={(event) => setQuota(event.target.value)} />
        <button type="submit" disabled={change.isPending}>
          Change
        </button>
      </form>
      {change.error && <Failure error={change.error} />}
    </details>
  );
}
