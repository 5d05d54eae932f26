import type { Definition } from '../api/images';
import { useDiff, useVersion } from '../api/images';
import { Failure } from '../ui/Failure';
import { Ago, Loading } from '../ui/parts';
import { plain } from '../ui/text';
import { DiffView } from './DiffView';

interface Props {
  /** The version that was edited. */
  seen: number;
  now: Definition;
  onTakeTheirs: () => void;
  onOverwrite: () => void;
}

/** Somebody else was faster: what they changed, and the two ways on. */
export function Conflict({ seen, now, onTakeTheirs, onOverwrite }: Props) {
  const before = useVersion(now.id, seen);
  const after = useVersion(now.id, now.version);
  const diff = useDiff(now.id, seen, now.version);
  return (
    <section className="failure conflict" role="alert">
      <strong>
        Not saved: version {now.version} was written while you were working on version {seen}.
      </strong>
      {after.data && (
        <p>
          Written by {plain(after.data.written_by)} <Ago at={after.data.written_at} />. This is what it changed:
        </p>
      )}
      {diff.error && <Failure error={diff.error} />}
      {!diff.data && !diff.error && <Loading what="what was changed" />}
      {diff.data && <DiffView unified={diff.data.diff} before={before.data} after={after.data} sideBySide={false} />}
      <div className="buttons">
        <button type="button" onClick={onTakeTheirs}>
          Load version {now.version}, drop my changes
        </button>
        <button type="button" className="danger" onClick={onOverwrite}>
          Save mine over version {now.version}
        </button>
      </div>
    </section>
  );
}
