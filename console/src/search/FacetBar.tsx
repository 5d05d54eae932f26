import type { Facets } from '../api/search';
import { plain, whole } from '../ui/text';
import { has, toggled } from './query';

interface Props {
  facets: Facets | undefined;
  q: string;
  onAsk: (q: string) => void;
}

/** The values that there are, with how often; a click asks for one, or leaves it out. */
export function FacetBar({ facets, q, onAsk }: Props) {
  if (!facets) return <nav className="facets" aria-label="Filters" />;
  return (
    <nav className="facets" aria-label="Filters">
      {facets.facets.map(({ field, values, others }) => (
        <section key={field}>
          <h2>{plain(field)}</h2>
          <ul>
            {values.map(({ value, count, search: wanted }) => {
              return (
                <li key={value}>
                  <button type="button" aria-pressed={has(q, wanted)} title={`Only ${plain(field)} ${plain(value)}`} onClick={() => onAsk(toggled(q, wanted))}>
                    <span className="text">{plain(value) || '(empty)'}</span>
                    <span className="num">{whole(count)}</span>
                  </button>
                  <button type="button" className="not" aria-pressed={has(q, `-${wanted}`)} aria-label={`Without ${plain(field)} ${plain(value)}`} title="Without it" onClick={() => onAsk(toggled(q, `-${wanted}`))}>
                    −
                  </button>
                </li>
              );
            })}
          </ul>
          {others > 0 && <p className="faint">{whole(others)} with other values</p>}
        </section>
      ))}
      {facets.more && <p className="faint">Counted among the newest {whole(facets.examined)}.</p>}
    </nav>
  );
}
