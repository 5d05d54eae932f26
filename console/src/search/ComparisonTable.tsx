import { useState } from 'react';
import type { Question } from '../api/search';
import { useComparison } from '../api/search';
import { Failure } from '../ui/Failure';
import { Empty, Loading } from '../ui/parts';
import { plain, several, whole } from '../ui/text';
import { missingText } from './completeness';
import { termsOf, toggled } from './query';

interface Props {
  question: Question;
  /** What is compared with. */
  baseline: string | null;
  onBaseline: (q: string) => void;
  onAsk: (q: string) => void;
}

/** What is different about the spans of a question: values that they have more often than others, or less. */
export function ComparisonTable({ question, baseline, onBaseline, onAsk }: Props) {
  const against = baseline ?? usualBaseline(question.q);
  const [text, setText] = useState(against);
  const same = question.q === against;
  const comparison = useComparison(question, against, !same);
  return (
    <>
      <form
        className="row baseline"
        onSubmit={(event) => {
          event.preventDefault();
          onBaseline(text.trim());
        }}
      >
        <label>
          Compared with
          <input className="mono" value={text} placeholder="all others" spellCheck={false} onChange={(event) => setText(event.target.value)} />
        </label>
        <button type="submit">Compare</button>
      </form>
      {same && (
        <p className="note">
          This compares what you search for with what you compare it to; now both are the same. Search for what is unusual, such as <code>status:error</code> or <code>duration:&gt;1s</code>.
        </p>
      )}
      {comparison.error && <Failure error={comparison.error} />}
      {!comparison.data && !comparison.error && !same && <Loading what="the comparison" />}
      {comparison.data && !same && (
        <>
          <p className="outcome">
            {several(comparison.data.selected, 'span')} against {whole(comparison.data.baseline)}. {missingText(comparison.data)}
          </p>
          {comparison.data.attributes.length === 0 && <Empty title="No attribute tells them apart." />}
          {comparison.data.attributes.length > 0 && (
            <div className="scroll" tabIndex={0} role="group" aria-label="What is different">
              <table className="figures-table">
                <thead>
                  <tr>
                    <th scope="col">What</th>
                    <th scope="col">Of those found</th>
                    <th scope="col">Of the others</th>
                  </tr>
                </thead>
                <tbody>
                  {comparison.data.attributes.map(({ field, value, search, selected_share, baseline_share }) => (
                    <tr key={`${field} ${value}`}>
                      <th scope="row">
                        <button type="button" className="mono" title="Search among these only" onClick={() => onAsk(toggled(question.q, search))}>
                          {plain(field)} = {plain(value)}
                        </button>
                      </th>
                      <td>
                        <meter min={0} max={1} value={selected_share} aria-hidden /> {Math.round(selected_share * 100)} %
                      </td>
                      <td>
                        <meter min={0} max={1} value={baseline_share} aria-hidden /> {Math.round(baseline_share * 100)} %
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </>
  );
}

/** The spans of the same services and operations, whether they failed or were slow or not. */
export function usualBaseline(q: string): string {
  const kept = termsOf(q).filter((one) => /^(service|name|kind):/.test(one));
  return kept.join(' ');
}
