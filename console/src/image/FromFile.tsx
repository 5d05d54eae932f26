import { useMutation } from '@tanstack/react-query';
import type { Content } from '../api/images';
import { IMAGE_TYPES, readFile, useFiles } from '../api/images';
import { Failure } from '../ui/Failure';
import { Empty, Loading, Panel } from '../ui/parts';
import { plain } from '../ui/text';
import { nameOf } from './draft';

/** The definitions that the installation keeps as files; choosing one takes the place of the text. */
export function FromFile({ onBegin }: { onBegin: (changes: Partial<Content>) => void }) {
  const files = useFiles();
  const read = useMutation({ mutationFn: readFile });
  return (
    <Panel title="Files">
      {files.error && <Failure error={files.error} />}
      {read.error && <Failure error={read.error} />}
      {!files.data && !files.error && <Loading what="files" />}
      {files.data?.definitions.length === 0 && (
        <Empty title="This installation keeps no definitions as files.">
          <p>
            Whoever runs it names a folder with <code>WHENCE_CONTROL_IMAGE_FOLDER</code>.
          </p>
        </Empty>
      )}
      <ul className="affected">
        {files.data?.definitions.map((file) => (
          <li key={file.filename} className="line">
            <span className="tags">
              <b>{plain(file.name)}</b>
              <code>{plain(file.filename)}</code>
              <span className="faint">{plain(file.description ?? '')}</span>
            </span>
            <button
              type="button"
              disabled={read.isPending}
              onClick={() =>
                read.mutate(file.filename, {
                  onSuccess: ({ content }) =>
                    onBegin({
                      yaml_content: content,
                      name: nameOf(file.filename),
                      description: file.description,
                      ...(IMAGE_TYPES.some(({ name }) => name === file.image_type) ? { image_type: file.image_type! } : {}),
                    }),
                })
              }
            >
              begin with it<span className="unseen">: {plain(file.name)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
