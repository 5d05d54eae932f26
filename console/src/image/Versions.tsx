import { useState } from 'react';
import type { Definition, Version } from '../api/images';
import { PAGE, useDiff, useRollback, useVersion, useVersions } from '../api/images';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Choice } from '../ui/filters';
import { pageOf, Pages } from '../ui/Pages';
import { Ago, Loading, Panel } from '../ui/parts';
import { Sure } from '../ui/Sure';
import { plain } from '../ui/text';
import { DiffView } from './DiffView';

const FORMS = ['Inline', 'Side by side'] as const;

/** What every write made of a definition, what differs between two of them, and the way back. */
export function Versions({ definition }: { definition: Definition }) {
  const [params, change] = useAddress();
  const page = pageOf(params.get('page'));
  const versions = useVersions(definition.id, page);
  const rollback = useRollback(definition.id);
  const to = numbered(params.get('to')) ?? definition.version;
  const from = numbered(params.get('from')) ?? Math.max(1, to - 1);
  return (
    <div className="columns versions plainly">
      <Panel title="Versions">
        {versions.error && <Failure error={versions.error} />}
        {!versions.data && !versions.error && <Loading what="versions" />}
        {rollback.error && <Failure error={rollback.error} />}
        {rollback.data && (
          <p className="note" role="status">
            Version {rollback.data.version} was written; it is like version {rollback.variables?.version}.
          </p>
        )}
        <ul className="affected">
          {versions.data?.versions.map((version) => (
            <VersionRow
              key={version.version}
              version={version}
              isCurrent={version.version === definition.version}
              isShown={version.version === to}
              busy={rollback.isPending}
              onShow={() => change({ to: String(version.version), from: undefined })}
              onRestore={() => rollback.mutate({ version: version.version, seen: definition.version }, { onSuccess: () => change({ to: undefined, from: undefined, page: undefined }) })}
            />
          ))}
        </ul>
        {versions.data && <Pages page={page} size={PAGE} total={versions.data.total} onGo={(next) => change({ page: next > 1 ? String(next) : undefined })} />}
      </Panel>
      <Difference id={definition.id} newest={definition.version} from={from} to={to} onChoose={(other) => change({ from: String(other) })} />
    </div>
  );
}

interface RowProps {
  version: Version;
  isCurrent: boolean;
  isShown: boolean;
  busy: boolean;
  onShow: () => void;
  onRestore: () => void;
}

export function VersionRow({ version, isCurrent, isShown, busy, onShow, onRestore }: RowProps) {
  return (
    <li className={isShown ? 'line shown' : 'line'}>
      <span className="tags">
        <b>version {version.version}</b>
        {isCurrent && <span className="status">current</span>}
        <span className="faint">
          by {plain(version.written_by)} <Ago at={version.written_at} />
          {version.restores !== null && `, brought back version ${version.restores}`}
        </span>
      </span>
      <span className="buttons">
        <button type="button" aria-pressed={isShown} onClick={onShow}>
          What it changed<span className="unseen"> in version {version.version}</span>
        </button>
        {!isCurrent && (
          <Sure
            label={
              <>
                Bring back<span className="unseen"> version {version.version}</span>
              </>
            }
            question={`Write version ${version.version} again?`}
            yes="Bring it back"
            disabled={busy}
            onYes={onRestore}
          />
        )}
      </span>
    </li>
  );
}

interface DifferenceProps {
  id: number;
  newest: number;
  from: number;
  to: number;
  onChoose: (from: number) => void;
}

function Difference({ id, newest, from, to, onChoose }: DifferenceProps) {
  const [form, setForm] = useState<(typeof FORMS)[number]>('Inline');
  const diff = useDiff(id, from, to);
  const before = useVersion(id, from);
  const after = useVersion(id, to);
  return (
    <Panel title={`Version ${from} → version ${to}`}>
      <div className="ask bare">
        <label>
          Compare with version
          <input type="number" min={1} max={newest} value={from} onChange={(event) => event.target.valueAsNumber >= 1 && onChoose(event.target.valueAsNumber)} />
        </label>
        <Choice label="Form" options={FORMS} none={false} chosen={form} onChoose={(chosen) => setForm(chosen ?? 'Inline')} />
      </div>
      {diff.error && <Failure error={diff.error} />}
      {!diff.data && !diff.error && <Loading what="the difference" />}
      {to === 1 && <p className="note">This is the first version.</p>}
      {diff.data && from !== to && <DiffView unified={diff.data.diff} before={before.data} after={after.data} sideBySide={form === 'Side by side'} />}
    </Panel>
  );
}

function numbered(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
