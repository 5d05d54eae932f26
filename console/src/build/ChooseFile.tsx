import { useFiles } from '../api/images';
import { Failure } from '../ui/Failure';
import { plain } from '../ui/text';

interface Props {
  chosen: string;
  onChoose: (filename: string) => void;
}

/** One of the definitions that the installation keeps as files. */
export function ChooseFile({ chosen, onChoose }: Props) {
  const files = useFiles();
  if (files.data?.definitions.length === 0) return <p className="faint">This installation keeps no definitions as files.</p>;
  return (
    <>
      <label>
        File
        <select required value={chosen} onChange={(event) => onChoose(event.target.value)}>
          <option value="">choose one</option>
          {files.data?.definitions.map(({ filename, name }) => (
            <option key={filename} value={filename}>
              {plain(name)} ({plain(filename)})
            </option>
          ))}
        </select>
      </label>
      {files.error && <Failure error={files.error} />}
    </>
  );
}
