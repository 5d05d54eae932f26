import type { Account } from '../api/accounts';
import { PAGE, useAccountChange, useAccounts, useMe } from '../api/accounts';
import { Problem } from '../api/client';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { pageOf, Pages } from '../ui/Pages';
import { Ago, Empty, Panel } from '../ui/parts';
import { Sure } from '../ui/Sure';
import { plain } from '../ui/text';

/** All accounts, for whoever runs the installation; to others they are none of their business. */
export function Accounts() {
  const [params, change] = useAddress();
  const page = pageOf(params.get('page'));
  const accounts = useAccounts(page);
  if (accounts.error instanceof Problem && accounts.error.status === 403) return null;
  return (
    <Panel title="Accounts of the installation">
      {accounts.error && <Failure error={accounts.error} />}
      {accounts.data?.users.length === 0 && (
        <Empty title="There are no accounts yet.">
          <p>The first one that is registered runs the installation.</p>
        </Empty>
      )}
      <ul className="affected">
        {accounts.data?.users.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      {accounts.data && <Pages page={page} size={PAGE} total={accounts.data.total} onGo={(to) => change({ page: to > 1 ? String(to) : undefined })} />}
    </Panel>
  );
}

function AccountRow({ account }: { account: Account }) {
  const me = useMe();
  const change = useAccountChange();
  const path = `users/${encodeURIComponent(account.id)}`;
  const name = <span className="unseen"> {plain(account.email)}</span>;
  return (
    <li>
      <div className="line">
        <span className="tags">
          <b>{plain(account.email)}</b>
          {me.data?.id === account.id && <span className="status">you</span>}
          {account.is_superuser && <span className="status">runs the installation</span>}
          {!account.is_active && <span className="status">deactivated</span>}
          <span className="faint">
            since <Ago at={account.created_at} />
          </span>
        </span>
        <span className="buttons">
          {account.is_active ? (
            <Sure
              label={<>deactivate{name}</>}
              question={`End all sessions of ${plain(account.email)} and let them sign in no more?`}
              yes="Deactivate"
              disabled={change.isPending}
              onYes={() => change.mutate({ path, method: 'PATCH', body: { is_active: false } })}
            />
          ) : (
            <button type="button" disabled={change.isPending} onClick={() => change.mutate({ path, method: 'PATCH', body: { is_active: true } })}>
              activate{name}
            </button>
          )}
          <Sure
            label={<>delete{name}</>}
            question={`Delete ${plain(account.email)}? The audit keeps what the account did.`}
            yes="Delete"
            disabled={change.isPending}
            onYes={() => change.mutate({ path, method: 'DELETE' })}
          />
        </span>
      </div>
      {change.error && <Failure error={change.error} />}
    </li>
  );
}
