import { useState } from 'react';
import { Link } from 'react-router';
import { useDefinition, useDefinitions } from '../api/images';
import { useDebounced } from '../ui/debounced';
import { Failure } from '../ui/Failure';
import { plain } from '../ui/text';

const PAUSE_MS = 300;

interface Props {
  /** The id of a stored definition; empty while none is chosen. */
  chosen: string;
  onChoose: (id: string) => void;
}

/** One of the project's definitions; the search narrows what is offered. */
export function ChooseDefinition({ chosen, onChoose }: Props) {
  const [q, setQ] = useState('');
  const found = useDefinitions(useDebounced(q.trim(), PAUSE_MS), 1);
  const offered = found.data?.configs ?? [];
  if (found.data && offered.length === 0 && q === '' && !chosen) {
    return (
      <p className="faint">
        There are no images yet. <Link to="/images/new">Write one</Link> first.
      </p>
    );
  }
  return (
    <>
      <label>
        Search images
        <input type="search" value={q} onChange={(event) => setQ(event.target.value)} />
      </label>
      <label>
        Image
        <select required value={chosen} onChange={(event) => onChoose(event.target.value)}>
          <option value="">choose one</option>
          {chosen && !offered.some(({ id }) => String(id) === chosen) && <Chosen id={chosen} />}
          {offered.map(({ id, name }) => (
            <option key={id} value={id}>
              {plain(name)}
            </option>
          ))}
        </select>
      </label>
      {found.error && <Failure error={found.error} />}
    </>
  );
}

/** One that an address names and that the search does not offer. */
function Chosen({ id }: { id: string }) {
  const definition = useDefinition(id);
  return <option value={id}>{definition.data ? plain(definition.data.name) : `number ${plain(id)}`}</option>;
}
