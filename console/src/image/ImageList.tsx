import { Link } from 'react-router';
import type { Definition } from '../api/images';
import { PAGE, useDefinitions } from '../api/images';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Search } from '../ui/filters';
import { pageOf, Pages } from '../ui/Pages';
import { Ago, Empty, Loading } from '../ui/parts';
import { plain } from '../ui/text';

/** The definitions of the project, the latest written first. */
export function ImageList() {
  const [params, change] = useAddress();
  const q = params.get('q') ?? '';
  const page = pageOf(params.get('page'));
  const found = useDefinitions(q, page);
  const definitions = found.data?.configs ?? [];
  return (
    <>
      <div className="line">
        <h1>Images</h1>
        <Link className="button" to="/images/new">
          New image
        </Link>
      </div>
      <div className="filters">
        <Search label="Search" placeholder="Search by name or description" start={q} onSearch={(text) => change({ q: text, page: undefined })} />
      </div>
      {found.error && <Failure error={found.error} />}
      {!found.data && !found.error && <Loading what="images" />}
      {found.data && definitions.length === 0 && <Nothing filtered={q !== '' || page > 1} />}
      <ul className="rows panel">
        {definitions.map((definition) => (
          <DefinitionRow key={definition.id} definition={definition} />
        ))}
      </ul>
      {found.data && <Pages page={page} size={PAGE} total={found.data.total} onGo={(to) => change({ page: to > 1 ? String(to) : undefined })} />}
    </>
  );
}

export function DefinitionRow({ definition }: { definition: Definition }) {
  return (
    <li className="run">
      <Link to={`/images/${definition.id}`}>
        <span className="line">
          <strong>{plain(definition.name)}</strong>
          <Ago at={definition.updated_at} />
        </span>
        <span className="line faint">
          <span>{plain(definition.description ?? '')}</span>
          <span className="nums">
            {plain(definition.image_type)} · Fedora {plain(definition.fedora_version)} · version {definition.version}
          </span>
        </span>
      </Link>
    </li>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No image matches.">
        <p>Loosen the search above to see more.</p>
      </Empty>
    );
  }
  return (
    <Empty title="No images yet.">
      <p>
        An image definition says in YAML what a Fedora image is made of. <Link to="/images/new">Write the first one</Link>, start with a file of the
        installation, or bring a BlueBuild recipe along.
      </p>
    </Empty>
  );
}
