import { plain, whole } from '../ui/text';
import type { Candidate, Candidates } from './candidates';
import { Rest, useFirst } from '../ui/Rest';

/** Candidates listed at first. */
const ROWS = 50;

interface Props {
  candidates: Candidates;
  /** Whether the step counts candidates, so that a reader looks for them. */
  expected: boolean;
  reason: string | undefined;
  followed: string;
  onFollow: (candidate: string) => void;
  /** Shows those of any reason again. */
  onAny: () => void;
}

export function CandidateList({ candidates, expected, reason, followed, onFollow, onAny }: Props) {
  const { listed, sampled, sampledOf } = candidates;
  const matching = listed.filter((candidate) => reason === undefined || candidate.reason === reason);
  const [shown, rest] = useFirst(matching, ROWS);
  if (listed.length === 0) return expected ? <p className="faint unlisted">It counts its candidates and does not list them.</p> : null;
  return (
    <>
      <h3>Candidates ({whole(matching.length)})</h3>
      {sampled && (
        <p className="faint">
          A random sample{sampledOf !== null && ` of ${whole(sampledOf)}`}: the counts above are exact, the list is not complete.
        </p>
      )}
      {reason !== undefined && (
        <p className="faint">
          {matching.length === 0 ? 'None of those listed' : 'Those'} dropped for “{plain(reason)}”.{' '}
          <button type="button" onClick={onAny}>
            show all
          </button>
        </p>
      )}
      {matching.length > 0 && (
        <table className="candidates">
          <thead>
            <tr>
              <th scope="col">rank</th>
              <th scope="col">candidate</th>
              <th scope="col">score</th>
              <th scope="col">outcome</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((candidate, index) => (
              <Row key={index} candidate={candidate} followed={candidate.id !== null && candidate.id === followed} onFollow={onFollow} />
            ))}
          </tbody>
        </table>
      )}
      <Rest {...rest} what="candidates" />
    </>
  );
}

function Row({ candidate, followed, onFollow }: { candidate: Candidate; followed: boolean; onFollow: (candidate: string) => void }) {
  const { id } = candidate;
  return (
    <tr className={followed ? 'followed' : ''}>
      <td className="num">{candidate.rank}</td>
      <td>
        {id === null ? (
          <code>{plain(candidate.label)}</code>
        ) : (
          <button type="button" aria-pressed={followed} title="Follow it through the run" onClick={() => onFollow(id)}>
            {plain(candidate.label)}
          </button>
        )}
      </td>
      <td className="num">{candidate.score ?? '–'}</td>
      <td>
        {candidate.selected === null ? <span className="faint">not told</span> : candidate.selected ? <span className="good">✓ kept</span> : <span className="bad">✗ dropped</span>}
        {candidate.reason && <span className="faint"> {plain(candidate.reason)}</span>}
      </td>
    </tr>
  );
}
