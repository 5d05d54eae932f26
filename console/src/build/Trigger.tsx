import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTrigger } from '../api/builds';
import { IMAGE_TYPES } from '../api/images';
import { Failure } from '../ui/Failure';
import { Choice } from '../ui/filters';
import { ChooseDefinition } from './ChooseDefinition';
import { ChooseFile } from './ChooseFile';
import type { TriggerForm } from './wanted';
import { isComplete, SOURCES, START, wantedOf } from './wanted';

/** Starts a build: of a stored definition, of a file, or of whatever fits a system. */
export function Trigger({ config }: { config: string | undefined }) {
  const navigate = useNavigate();
  const trigger = useTrigger();
  const [form, setForm] = useState<TriggerForm>({ ...START, config: config ?? '' });
  const change = (changes: Partial<TriggerForm>) => setForm((old) => ({ ...old, ...changes }));
  return (
    <details className="add panel trigger" open={config !== undefined}>
      <summary>Start a build</summary>
      <form
        className="ask plainly"
        onSubmit={(event) => {
          event.preventDefault();
          trigger.mutate(wantedOf(form), { onSuccess: (build) => void navigate(`/builds/${build.id}`) });
        }}
      >
        <Choice label="Build from" options={SOURCES} none={false} chosen={form.source} onChoose={(source) => change({ source: source ?? SOURCES[0] })} />
        <div className="fields">
          {form.source === 'An image' && <ChooseDefinition chosen={form.config} onChoose={(chosen) => change({ config: chosen })} />}
          {form.source === 'A file' && <ChooseFile chosen={form.file} onChoose={(file) => change({ file })} />}
          {form.source === 'Whatever fits' && <System form={form} onChange={change} />}
          <Variants form={form} onChange={change} />
        </div>
        <button type="submit" className="primary" disabled={trigger.isPending || !isComplete(form)}>
          Build
        </button>
      </form>
      {trigger.error && <Failure error={trigger.error} />}
    </details>
  );
}

interface PartProps {
  form: TriggerForm;
  onChange: (changes: Partial<TriggerForm>) => void;
}

function System({ form, onChange }: PartProps) {
  return (
    <>
      <label>
        Desktop environment
        <input maxLength={64} placeholder="lxqt" value={form.desktop} onChange={(event) => onChange({ desktop: event.target.value })} />
      </label>
      <label>
        Window manager
        <input maxLength={64} placeholder="sway" value={form.windows} onChange={(event) => onChange({ windows: event.target.value })} />
      </label>
      <label>
        System
        <input maxLength={64} placeholder="fedora" value={form.os} onChange={(event) => onChange({ os: event.target.value })} />
      </label>
    </>
  );
}

/** What is left empty is what the definition says, or else the default of the API. */
function Variants({ form, onChange }: PartProps) {
  return (
    <>
      <label>
        Image type
        <select value={form.imageType} onChange={(event) => onChange({ imageType: event.target.value })}>
          <option value="">as defined</option>
          {IMAGE_TYPES.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Fedora version
        <input maxLength={64} placeholder="as defined" value={form.fedora} onChange={(event) => onChange({ fedora: event.target.value })} />
      </label>
      <label>
        Plymouth
        <select value={form.plymouth} onChange={(event) => onChange({ plymouth: event.target.value as TriggerForm['plymouth'] })}>
          <option value="">as defined</option>
          <option value="on">on</option>
          <option value="off">off</option>
        </select>
      </label>
      <label>
        Branch or tag
        <input maxLength={255} placeholder="main" value={form.ref} onChange={(event) => onChange({ ref: event.target.value })} />
      </label>
    </>
  );
}
