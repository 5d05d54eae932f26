import type { Content } from '../api/images';
import { IMAGE_TYPES } from '../api/images';

interface Props {
  content: Content;
  onChange: (changes: Partial<Content>) => void;
}

/** All of a definition but its text. */
export function OptionFields({ content, onChange }: Props) {
  return (
    <div className="ask fields">
      <label>
        Name
        <input required maxLength={100} value={content.name} spellCheck={false} onChange={(event) => onChange({ name: event.target.value })} />
      </label>
      <label className="wide">
        Description
        <input maxLength={500} value={content.description ?? ''} onChange={(event) => onChange({ description: event.target.value || null })} />
      </label>
      <label>
        Image type
        <select value={content.image_type} onChange={(event) => onChange({ image_type: event.target.value })}>
          {IMAGE_TYPES.map(({ name, buildable }) => (
            <option key={name} value={name}>
              {name}
              {buildable ? '' : ' (no Containerfile yet)'}
            </option>
          ))}
        </select>
      </label>
      <label>
        Fedora version
        <input required maxLength={128} value={content.fedora_version} onChange={(event) => onChange({ fedora_version: event.target.value })} />
      </label>
      <label className="check">
        <input type="checkbox" checked={content.enable_plymouth} onChange={(event) => onChange({ enable_plymouth: event.target.checked })} />
        Plymouth
      </label>
    </div>
  );
}
