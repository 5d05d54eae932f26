import { useEffect, useState } from 'react';
import { Problem } from '../api/client';
import type { Options } from '../api/images';
import { useContainerfile } from '../api/images';
import { Failure } from '../ui/Failure';
import { Loading, Panel } from '../ui/parts';
import { plain } from '../ui/text';

/** The Containerfile of the text as it is. While there is none, the last one stays, and the reason stands above it. */
export function Preview({ yaml, options }: { yaml: string; options: Options }) {
  const preview = useContainerfile(yaml, options);
  const [last, setLast] = useState<string>();
  const current = preview.data?.containerfile;
  useEffect(() => {
    if (current !== undefined) setLast(current);
  }, [current]);
  const shown = current ?? last;
  const error = preview.error;
  return (
    <Panel title="Containerfile" aside={<span className="faint">{error && shown ? 'of the last text that had one' : preview.isFetching ? 'making it…' : ''}</span>}>
      {error && (error instanceof Problem && error.status < 500 && error.status >= 400 ? <Refusal problem={error} /> : <Failure error={error} />)}
      {shown === undefined && !error && <Loading what="the Containerfile" />}
      {shown !== undefined && (
        <pre className={error ? 'containerfile stale' : 'containerfile'} tabIndex={0} role="region" aria-label="Containerfile">
          {plain(shown)}
        </pre>
      )}
    </Panel>
  );
}

function Refusal({ problem }: { problem: Problem }) {
  const reasons = problem.fields.length > 0 ? problem.fields.map(({ pointer, message }) => (pointer === '/yaml_content' ? message : `${pointer.slice(1)} ${message}`)) : [problem.message];
  return (
    <div className="note" role="status">
      <b className="bad">No Containerfile can be made of this.</b>
      {reasons.map((reason) => (
        <p key={reason}>{plain(reason)}</p>
      ))}
    </div>
  );
}
