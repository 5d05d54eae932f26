import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Content } from '../api/images';
import { useSave } from '../api/images';
import { Failure } from '../ui/Failure';
import { Choice } from '../ui/filters';
import { isSame, TEMPLATE } from './draft';
import { FromFile } from './FromFile';
import { FromRecipe } from './FromRecipe';
import { useLeaveGuard } from './leaveGuard';
import { Workbench } from './Workbench';

const SOURCES = ['An example', 'A file of the installation', 'A BlueBuild recipe'] as const;

/** A definition that is not stored yet, begun in one of three ways. */
export function NewImage() {
  const navigate = useNavigate();
  const save = useSave();
  const [source, setSource] = useState<(typeof SOURCES)[number]>('An example');
  const [content, setContent] = useState<Content>(TEMPLATE);
  useLeaveGuard(!save.isSuccess && !isSame(content, TEMPLATE));
  const [round, setRound] = useState(0);
  const change = (changes: Partial<Content>) => setContent((old) => ({ ...old, ...changes }));
  const begin = (changes: Partial<Content>) => {
    change(changes);
    setRound((old) => old + 1);
  };
  return (
    <>
      <p className="crumbs">
        <Link to="/images">Images</Link> / new
      </p>
      <h1>New image</h1>
      <div className="filters plainly">
        <span className="faint">Begin with</span>
        <Choice label="Begin with" options={SOURCES} none={false} chosen={source} onChoose={(chosen) => setSource(chosen ?? 'An example')} />
      </div>
      {source === 'A file of the installation' && <FromFile onBegin={begin} />}
      {source === 'A BlueBuild recipe' && <FromRecipe onBegin={begin} />}
      <Workbench content={content} round={round} onChange={change}>
        <div className="actions plainly">
          <div className="buttons">
            <button
              type="button"
              className="primary"
              disabled={save.isPending || content.name === ''}
              onClick={() => save.mutate({ content }, { onSuccess: (stored) => void navigate(`/images/${stored.id}`) })}
            >
              Save
            </button>
            <span className="faint">{content.name === '' ? 'Give it a name first: letters, digits, - and _.' : ''}</span>
          </div>
          {save.error && <Failure error={save.error} />}
        </div>
      </Workbench>
    </>
  );
}
