import type { Question } from '../api/search';
import { useLogPatterns } from '../api/search';
import { Failure } from '../ui/Failure';
import { Empty, Loading, Service } from '../ui/parts';
import { percent, plain, several, whole } from '../ui/text';
import { clock } from '../ui/time';
import { toneOf } from './histogram';
import { missingText } from './completeness';

/** What the logs say when what changes from line to line is left out. */
export function Patterns({ question, onAsk }: { question: Question; onAsk: (q: string) => void }) {
  const patterns = useLogPatterns(question);
  if (!patterns.data) return patterns.error ? <Failure error={patterns.error} /> : <Loading what="the patterns" />;
  const { data } = patterns;
  if (data.patterns.length === 0) return <Empty title="There is no pattern in nothing." />;
  return (
    <>
      <p className="outcome">
        {several(data.patterns.length, 'pattern')} among {data.more && 'the newest '}{several(data.examined, 'line')}. {missingText(data)}
      </p>
      <div className="scroll" tabIndex={0} role="group" aria-label="Patterns of the logs">
        <table className="figures-table patterns">
          <thead>
            <tr>
              <th scope="col">Pattern</th>
              <th scope="col">Lines</th>
              <th scope="col">Share</th>
              <th scope="col">Severity</th>
              <th scope="col">Services</th>
              <th scope="col">First</th>
              <th scope="col">Last</th>
            </tr>
          </thead>
          <tbody>
            {data.patterns.map((pattern) => (
              <tr key={pattern.template + pattern.severity}>
                <th scope="row">
                  <button type="button" className="mono" title={plain(pattern.example)} onClick={() => onAsk(pattern.query)}>
                    <Template text={pattern.template} />
                  </button>
                </th>
                <td>{whole(pattern.count)}</td>
                <td>
                  <meter min={0} max={1} value={pattern.share} aria-hidden /> {percent(pattern.share)}
                </td>
                <td className={/fatal|error/.test(toneOf(pattern.severity ?? '')) ? 'bad' : ''}>{pattern.severity ?? '–'}</td>
                <td>
                  {pattern.services.slice(0, 2).map((name) => (
                    <Service key={name} name={name} />
                  ))}
                  {pattern.services.length > 2 && ` +${pattern.services.length - 2}`}
                </td>
                <td>{clock(pattern.first_seen)}</td>
                <td>{clock(pattern.last_seen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What changes stands apart from what stays. */
function Template({ text }: { text: string }) {
  return text.split('<*>').map((part, index) => (
    <span key={index}>
      {index > 0 && <i className="gap">…</i>}
      {plain(part)}
    </span>
  ));
}
