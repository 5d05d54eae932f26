import { useState } from 'react';
import type { Content, Dropped } from '../api/images';
import { useImport } from '../api/images';
import { Failure } from '../ui/Failure';
import { Panel } from '../ui/parts';
import { plain, whole } from '../ui/text';

/** Makes a definition of a BlueBuild recipe and says what of it could not be carried over. */
export function FromRecipe({ onBegin }: { onBegin: (changes: Partial<Content>) => void }) {
  const [recipe, setRecipe] = useState('');
  const imported = useImport();
  return (
    <Panel title="BlueBuild recipe">
      <form
        className="ask bare"
        onSubmit={(event) => {
          event.preventDefault();
          imported.mutate(recipe, { onSuccess: ({ name, yaml_content }) => onBegin({ name, yaml_content }) });
        }}
      >
        <label className="wide">
          Recipe
          <textarea required rows={8} spellCheck={false} placeholder="name: my-os" value={recipe} onChange={(event) => setRecipe(event.target.value)} />
        </label>
        <button type="submit" disabled={imported.isPending || !recipe.trim()}>
          Import
        </button>
      </form>
      {imported.error && <Failure error={imported.error} />}
      {imported.data && <NotCarriedOver dropped={imported.data.not_carried_over} />}
    </Panel>
  );
}

export function NotCarriedOver({ dropped }: { dropped: readonly Dropped[] }) {
  if (dropped.length === 0) {
    return (
      <p className="note good" role="status">
        All of the recipe was carried over.
      </p>
    );
  }
  return (
    <div className="findings">
      <p role="status">{dropped.length === 1 ? 'One thing was' : `${whole(dropped.length)} things were`} not carried over:</p>
      <ul>
        {dropped.map((one, index) => (
          <li key={index}>
            <code>{plain(one.path)}</code>
            <code>
              {one.line}:{one.column}
            </code>
            <span>{plain(one.reason)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
