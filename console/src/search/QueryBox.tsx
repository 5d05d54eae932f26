import { useEffect, useState } from 'react';
import type { Kind } from '../api/search';
import { Problem } from '../api/client';
import { placeOf } from './place';
import { plain } from '../ui/text';

interface Props {
  kind: Kind;
  q: string;
  error: Error | null;
  onAsk: (q: string) => void;
}

/** Takes a question in the search language, explains the language, and shows where a question is wrong. */
export function QueryBox({ kind, q, error, onAsk }: Props) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const wrong = error instanceof Problem && error.status === 400 ? error : null;
  const place = wrong && placeOf(wrong);
  return (
    <form
      role="search"
      className="querybox"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(text.trim());
      }}
    >
      <div className="row">
        <input
          data-find
          type="search"
          className="mono"
          aria-label={`Search ${kind}`}
          aria-invalid={wrong !== null && text === q}
          aria-describedby={wrong ? 'query-error' : undefined}
          placeholder={kind === 'logs' ? 'service:cart level:>=error "timed out"    /' : 'service:cart status:error duration:>250ms    /'}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit">Search</button>
      </div>
      {wrong && (
        <p className="queryerror" id="query-error" role="alert">
          {place && <Marked q={q} position={place.position} />}
          <span>{plain(place?.message ?? wrong.message)}</span>
        </p>
      )}
      <details className="syntax">
        <summary>How to ask</summary>
        <dl>
          {SYNTAX.map(([example, meaning]) => (
            <div key={example}>
              <dt>
                <button type="button" className="mono" title="Put it into the search" onClick={() => setText(`${text} ${example}`.trim())}>
                  {example}
                </button>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
    </form>
  );
}

const SYNTAX = [
  ['timed', 'the word, in a message or a name'],
  ['"timed out"', 'the words one after the other'],
  ['time*', 'words that begin with it'],
  ['service:cart', 'from this service'],
  ['level:>=error', 'logs at least as severe'],
  ['status:error', 'spans that failed'],
  ['duration:>250ms', 'spans that took longer'],
  ['name:"GET /cart"', 'spans of this operation'],
  ['http.status_code:>=500', 'by an attribute; attr.… and resource.… where it matters whose'],
  ['-user.id:42', 'without it'],
  ['(timeout OR refused)', 'one or the other'],
  ['trace:4bf92f3577b34da6a3ce929d0e0e4736', 'of this trace'],
] as const;

/** The question with the character that is wrong marked, or the end where something is missing. */
function Marked({ q, position }: { q: string; position: number }) {
  const at = Math.max(0, Math.min(position, q.length));
  return (
    <code>
      {plain(q.slice(0, at))}
      <mark>{at < q.length ? plain(q[at]!) : '⌴'}</mark>
      {plain(q.slice(at + 1))}
    </code>
  );
}
