import type { Comparison } from '../api/runs';
import { plain } from '../ui/text';
import { duration } from '../ui/time';
import type { Change, PairRow } from './comparison';
import { rowsOf, sentencesOf } from './comparison';
import { count, money, percent } from './figures';
import { Rest, useFirst } from '../ui/Rest';

/** What is shown at first. */
const SENTENCES = 12;
const ROWS = 200;

/** Of one step, those that differ most. */
const REASONS = 20;

const seconds = (value: number | null) => (value === null ? '–' : duration(value * 1000));

/** Two runs side by side; what differs says so in a word and a sign. */
export function ComparisonTable({ comparison }: { comparison: Comparison }) {
  const rows = rowsOf(comparison);
  const sentences = sentencesOf(rows);
  const [told, moreTold] = useFirst(sentences, SENTENCES);
  const [shown, rest] = useFirst(rows, ROWS);
  return (
    <>
      <ul className="sentences" aria-label="What differs">
        {sentences.length === 0 && <li>No step differs by more than runs do anyhow.</li>}
        {told.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Rest {...moreTold} what="differences" />
      <div className="scroll" role="region" aria-label="Both runs step by step" tabIndex={0}>
        <table className="comparison">
          <thead>
            <tr>
              <th scope="col">step</th>
              <th scope="col">in</th>
              <th scope="col">out</th>
              <th scope="col">dropped</th>
              <th scope="col">cost</th>
              <th scope="col">took</th>
            </tr>
          </thead>
          {shown.map((row, index) => (
            <Rows key={index} row={row} />
          ))}
        </table>
      </div>
      <Rest {...rest} what="steps" />
    </>
  );
}

function Rows({ row }: { row: PairRow }) {
  const more = row.rejections.length - REASONS;
  return (
    <tbody className={row.notable ? 'notable' : ''}>
      <tr>
        <th scope="row">
          {plain(row.pair.name)} <span className="kind">{plain(row.pair.type)}</span>
          {row.only && <em>{row.only === 'before' ? '− only before' : '+ only after'}</em>}
        </th>
        <Cell change={row.input} text={count} only={row.only} />
        <Cell change={row.output} text={count} only={row.only} />
        <Cell change={row.dropRate} text={percent} only={row.only} />
        <Cell change={row.cost} text={money} only={row.only} />
        <Cell change={row.seconds} text={seconds} only={row.only} />
      </tr>
      {row.rejections.slice(0, REASONS).map(({ reason, change }) => (
        <tr key={reason} className="rejection">
          <th scope="row">{plain(reason)}</th>
          <td />
          <td />
          <Cell change={change} text={count} only={row.only} />
          <td />
          <td />
        </tr>
      ))}
      {more > 0 && (
        <tr className="rejection">
          <th scope="row" colSpan={6}>
            and {more} reasons that differ less
          </th>
        </tr>
      )}
    </tbody>
  );
}

function Cell({ change, text, only }: { change: Change; text: (value: number | null) => string; only: PairRow['only'] }) {
  if (change.before === null && change.after === null) return <td className="num faint">–</td>;
  return (
    <td className="num">
      {only === 'before' ? (
        text(change.before)
      ) : only === 'after' || change.direction === 'same' ? (
        text(change.after)
      ) : (
        <>
          <span className="faint">{text(change.before)} →</span> {text(change.after)}
        </>
      )}
      {change.text && <small className={change.notable ? 'differs' : 'faint'}>{change.text}</small>}
    </td>
  );
}
