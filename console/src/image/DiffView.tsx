import type { Content } from '../api/images';
import { plain } from '../ui/text';
import type { DiffLine, Hunk } from './diff';
import { changesOf, hunksOf, sidesOf } from './diff';

const SIGN: Record<DiffLine['kind'], string> = { same: ' ', removed: '-', added: '+' };
const WORD: Record<DiffLine['kind'], string> = { same: '', removed: 'removed: ', added: 'added: ' };

interface Props {
  unified: string;
  before: Content | undefined;
  after: Content | undefined;
  sideBySide: boolean;
}

/** What differs between two versions: fields as sentences, the text line by line. */
export function DiffView({ unified, before, after, sideBySide }: Props) {
  const hunks = hunksOf(unified);
  const changes = before && after ? changesOf(before, after) : [];
  return (
    <div className="diff">
      {changes.map((change) => (
        <p key={change}>{plain(change)}</p>
      ))}
      {hunks.length === 0 && <p className="faint">{changes.length > 0 ? 'The text is the same.' : 'Nothing differs.'}</p>}
      {hunks.map((hunk, index) => (
        <div key={index} className="hunk" tabIndex={0} role="region" aria-label={`Difference ${index + 1} of ${hunks.length}`}>
          {sideBySide ? <Sides hunk={hunk} /> : <Inline hunk={hunk} />}
        </div>
      ))}
    </div>
  );
}

function Inline({ hunk }: { hunk: Hunk }) {
  return (
    <table>
      <tbody>
        {hunk.lines.map((line, index) => (
          <tr key={index} className={line.kind}>
            <td className="num">{line.before}</td>
            <td className="num">{line.after}</td>
            <Cell line={line} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sides({ hunk }: { hunk: Hunk }) {
  return (
    <table className="sides">
      <tbody>
        {sidesOf(hunk).map(({ before, after }, index) => (
          <tr key={index}>
            <td className="num">{before?.before}</td>
            <Cell line={before} />
            <td className="num">{after?.after}</td>
            <Cell line={after} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ line }: { line: DiffLine | null }) {
  if (!line) return <td className="text-cell none" />;
  return (
    <td className={`text-cell ${line.kind}`}>
      <span aria-hidden>{SIGN[line.kind]} </span>
      <span className="unseen">{WORD[line.kind]}</span>
      {plain(line.text)}
    </td>
  );
}
