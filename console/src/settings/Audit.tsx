import type { AuditEntry } from '../api/accounts';
import { useAudit } from '../api/accounts';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Search } from '../ui/filters';
import { Older } from '../ui/Older';
import { Ago, Empty, Loading } from '../ui/parts';
import { plain, valueText } from '../ui/text';

/** Who did what, newest first. */
export function Audit() {
  const [params, change] = useAddress();
  const given = (key: string) => params.get(key) ?? undefined;
  const filter = { actor: given('actor'), action: given('action'), from: instantOf(given('from')), to: instantOf(given('to')) };
  const cursor = given('cursor');
  const audit = useAudit(filter, cursor);
  const entries = audit.data?.entries ?? [];
  const choose = (changes: Record<string, string | undefined>) => change({ ...changes, cursor: undefined });
  const filtered = Object.values(filter).some(Boolean) || cursor !== undefined;
  return (
    <>
      <div className="filters">
        <Search label="Who" placeholder="Who: a name, or the id of an account or a key" start={filter.actor ?? ''} onSearch={(actor) => choose({ actor })} />
        <Search label="What" placeholder="What, as key or key.revoked" start={filter.action ?? ''} onSearch={(action) => choose({ action })} />
        <Moment label="From" value={given('from')} onChange={(from) => choose({ from })} />
        <Moment label="Until" value={given('to')} onChange={(to) => choose({ to })} />
      </div>
      {audit.error && <Failure error={audit.error} />}
      {!audit.data && !audit.error && <Loading what="the audit" />}
      {audit.data && entries.length === 0 && (
        <Empty title={filtered ? 'Nothing matches.' : 'Nothing was done yet.'}>
          <p>{filtered ? 'Loosen the filter above to see more.' : 'Whatever is done to accounts, keys and projects is told here.'}</p>
        </Empty>
      )}
      <ul className="rows panel affected">
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} onActor={(actor) => choose({ actor })} />
        ))}
      </ul>
      <Older cursor={cursor} next={audit.data?.next?.toString() ?? null} onGo={(to) => change({ cursor: to })} />
    </>
  );
}

export function AuditRow({ entry, onActor }: { entry: AuditEntry; onActor: (actor: string) => void }) {
  const details = Object.entries(entry.details ?? {}).filter(([, value]) => value !== '' && value !== null);
  return (
    <li>
      <div className="line">
        <span className="tags">
          <button type="button" className="who" title="Only what they did" onClick={() => onActor(entry.actor.id ?? entry.actor.name)}>
            {plain(entry.actor.name)}
          </button>
          <b>{plain(entry.action)}</b>
          <span>
            {plain(entry.object.kind)} <code>{plain(entry.object.id)}</code>
          </span>
        </span>
        <Ago at={entry.at} />
      </div>
      <p className="faint">
        {plain(entry.actor.kind)}, project {entry.project_id}
        {details.map(([key, value]) => ` · ${plain(key)}: ${valueText(value)}`)}
      </p>
    </li>
  );
}

function Moment({ label, value, onChange }: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  return (
    <label className="moment">
      {label}
      <input type="datetime-local" value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)} />
    </label>
  );
}

/** What a person chose by their own clock, as the API takes it. */
function instantOf(local: string | undefined): string | undefined {
  const at = new Date(local ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
