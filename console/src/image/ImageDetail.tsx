import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { getJson, Problem } from '../api/client';
import type { Content, Definition } from '../api/images';
import { useDefinition, useDelete, useSave } from '../api/images';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Ago, Loading } from '../ui/parts';
import { Sure } from '../ui/Sure';
import { plain } from '../ui/text';
import { Conflict } from './Conflict';
import { contentOf, isSame } from './draft';
import { useLeaveGuard } from './leaveGuard';
import { Versions } from './Versions';
import { Workbench } from './Workbench';

/** One definition: its text and what comes of it, or its versions. */
export function ImageDetail() {
  const { id = '' } = useParams();
  const [params] = useAddress();
  const definition = useDefinition(id);
  const [round, setRound] = useState(0);
  const versions = params.get('view') === 'versions';
  const [opened, setOpened] = useState(!versions);
  useEffect(() => {
    if (!versions) setOpened(true);
  }, [versions]);
  if (!definition.data) return definition.error ? <Failure error={definition.error} /> : <Loading what="the image" />;
  return (
    <>
      <Heading definition={definition.data} />
      <nav className="tabs" aria-label="What to show">
        <Link to={`/images/${id}`} aria-current={versions ? undefined : 'page'}>
          Editor
        </Link>
        <Link to={`/images/${id}?view=versions`} aria-current={versions ? 'page' : undefined}>
          Versions
        </Link>
      </nav>
      {versions && <Versions definition={definition.data} />}
      {opened && (
        // Unsaved work stays while somebody looks at the versions.
        <div hidden={versions}>
          <Draft key={`${id} ${round}`} stored={definition.data} onReload={() => setRound(round + 1)} />
        </div>
      )}
    </>
  );
}

function Heading({ definition }: { definition: Definition }) {
  const navigate = useNavigate();
  const remove = useDelete();
  return (
    <header className="heading">
      <p className="crumbs">
        <Link to="/images">Images</Link> / {plain(definition.name)}
      </p>
      <div className="line">
        <h1>{plain(definition.name)}</h1>
        <span className="buttons">
          <Link className="button" to={`/builds?config=${definition.id}`}>
            Build it
          </Link>
          <Sure
            label="Delete"
            question="Delete it with all its versions?"
            yes="Delete it"
            disabled={remove.isPending}
            onYes={() => remove.mutate({ id: definition.id, seen: definition.version }, { onSuccess: () => void navigate('/images') })}
          />
        </span>
      </div>
      <p className="tags">
        <span>version {definition.version}</span>
        <span>
          written <Ago at={definition.updated_at} />
        </span>
      </p>
      {remove.error && <Failure error={remove.error} />}
    </header>
  );
}

function Draft({ stored, onReload }: { stored: Definition; onReload: () => void }) {
  const client = useQueryClient();
  const save = useSave();
  const [base, setBase] = useState(stored);
  const [content, setContent] = useState<Content>(() => contentOf(stored));
  const [round, setRound] = useState(0);
  const [conflict, setConflict] = useState<Definition>();
  const [saved, setSaved] = useState(false);
  const dirty = !isSame(content, base);
  const replace = (other: Definition) => {
    setContent(contentOf(other));
    setRound((old) => old + 1);
  };
  useLeaveGuard(dirty);
  useEffect(() => {
    // What arrives takes the place of what nobody has changed, and of nothing else.
    if (!dirty && stored.version > base.version) {
      setBase(stored);
      replace(stored);
    }
  }, [dirty, stored, base]);
  useEffect(() => {
    if (dirty) setSaved(false);
  }, [dirty]);

  const write = (seen: number) =>
    save.mutate(
      { id: base.id, seen, content },
      {
        onSuccess: (written) => {
          setBase(written);
          setConflict(undefined);
          setSaved(true);
        },
        onError: async (failure) => {
          if (!(failure instanceof Problem) || (failure.status !== 409 && failure.status !== 412)) return;
          const now = await getJson<Definition>(`/api/config/${base.id}`);
          if (now.version !== seen) setConflict(now);
        },
      },
    );
  return (
    <Workbench content={content} round={round} onChange={(changes) => setContent((old) => ({ ...old, ...changes }))}>
      <div className="actions plainly">
        <div className="buttons">
          <button type="button" className="primary" disabled={!dirty || save.isPending || conflict !== undefined} onClick={() => write(base.version)}>
            Save
          </button>
          <button type="button" disabled={!dirty || save.isPending} onClick={() => replace(base)}>
            Undo all changes
          </button>
          <span role="status" className="faint">
            {saved ? `Saved as version ${base.version}.` : dirty ? 'Not saved yet.' : ''}
          </span>
        </div>
        {save.error && !conflict && <Failure error={save.error} />}
        {conflict && (
          <Conflict
            seen={base.version}
            now={conflict}
            onTakeTheirs={() => {
              client.setQueryData(['definition', String(conflict.id)], conflict);
              onReload();
            }}
            onOverwrite={() => write(conflict.version)}
          />
        )}
      </div>
    </Workbench>
  );
}
