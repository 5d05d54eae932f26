import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import type { Content } from '../api/images';
import { useSchema, useVerdict } from '../api/images';
import { useDebounced } from '../ui/debounced';
import { Failure } from '../ui/Failure';
import { Loading, Panel } from '../ui/parts';
import { Findings } from './Findings';
import { OptionFields } from './OptionFields';
import { Preview } from './Preview';

const Editor = lazy(() => import('./Editor'));

/** After the last key; what the server is asked then takes a few milliseconds. */
const PAUSE_MS = 350;

interface Props {
  content: Content;
  /** Counts how often the text was replaced by something else than typing. */
  round: number;
  onChange: (changes: Partial<Content>) => void;
  /** What may be done with it. */
  children: ReactNode;
}

/** The editor with what the server says of the text, and what it makes of it. */
export function Workbench({ content, round, onChange, children }: Props) {
  const settled = useDebounced(content, PAUSE_MS);
  const schema = useSchema();
  const verdict = useVerdict(settled.yaml_content);
  const isCurrent = !verdict.isPlaceholderData;
  return (
    <>
      <OptionFields content={content} onChange={onChange} />
      {children}
      <div className="columns workbench">
        <div className="stack">
          <Panel title="Definition" aside={<span className="faint">Ctrl+Space offers what may stand here</span>}>
            <Suspense fallback={<Loading what="the editor" />}>
              <Editor
                label="Definition, YAML"
                text={content.yaml_content}
                round={round}
                onType={(yaml_content) => onChange({ yaml_content })}
                findings={isCurrent ? verdict.data?.problems : undefined}
                judged={settled.yaml_content}
                schema={schema.data}
              />
            </Suspense>
            {verdict.data && <Findings findings={verdict.data.problems} />}
          </Panel>
          {verdict.error && <Failure error={verdict.error} />}
        </div>
        <Preview yaml={settled.yaml_content} options={settled} />
      </div>
    </>
  );
}
