import { useState } from 'react';
import type { Journey, Stop } from '../api/runs';
import { Failure } from '../ui/Failure';
import { Loading, Panel } from '../ui/parts';
import { plain } from '../ui/text';

interface Props {
  candidate: string;
  journey: Journey | undefined;
  /** Whether steps may have had it without listing it. */
  sampled: boolean;
  error: Error | null;
  onFollow: (candidate: string | undefined) => void;
  onStep: (step: string) => void;
}

/** One candidate through the steps: where it was ranked, where it was dropped, and why. */
export function JourneyPanel({ candidate, journey, sampled, error, onFollow, onStep }: Props) {
  return (
    <Panel title="Follow a candidate">
      <Ask key={candidate} start={candidate} onFollow={onFollow} />
      {candidate && error && <Failure error={error} />}
      {candidate && !journey && !error && <Loading what="its journey" />}
      {journey && (
        <>
          <p className="outcome" role="status">
            {sentenceOf(journey)}
          </p>
          {sampled && (
            <p className="faint outcome">Of some steps only a sample of the candidates is kept, so it may have been in more of them.</p>
          )}
          <ol className="journey">
            {journey.stops.map((stop) => (
              <li key={stop.step_id} className={stop.selected === false ? 'dropper' : ''}>
                <button type="button" onClick={() => onStep(stop.step_id)}>
                  <b>{plain(stop.step_name)}</b>
                  <span className="kind">{plain(stop.step_type)}</span>
                  <span className="num">rank {stop.rank}</span>
                  <span className="num">{stop.score === null ? '' : `score ${stop.score}`}</span>
                  <Became stop={stop} />
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </Panel>
  );
}

function Became({ stop }: { stop: Stop }) {
  if (stop.selected === null) return <span className="faint">named, not told whether kept</span>;
  if (stop.selected) return <span className="good">✓ kept</span>;
  return (
    <span className="bad">
      ✗ dropped here{stop.reason ? `: ${plain(stop.reason)}` : ', no reason told'}
    </span>
  );
}

function Ask({ start, onFollow }: { start: string; onFollow: (candidate: string | undefined) => void }) {
  const [text, setText] = useState(start);
  return (
    <form
      className="ask bare"
      onSubmit={(event) => {
        event.preventDefault();
        onFollow(text.trim() || undefined);
      }}
    >
      <input aria-label="Id of a candidate" placeholder="Id of a candidate" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
      <button type="submit" disabled={!text.trim()}>
        Follow
      </button>
      {start && (
        <button type="button" onClick={() => onFollow(undefined)}>
          Stop following
        </button>
      )}
    </form>
  );
}

/** What became of it, in a sentence. */
export function sentenceOf(journey: Journey): string {
  const name = plain(journey.candidate);
  if (journey.stops.length === 0) return `No step of this run names ${name}.`;
  const dropper = journey.stops.findLast((stop) => stop.selected === false);
  if (journey.outcome === 'dropped' && dropper) {
    return `${name} was dropped by “${plain(dropper.step_name)}”${dropper.reason ? `: ${plain(dropper.reason)}` : ', which tells no reason'}.`;
  }
  const keeper = journey.stops.findLast((stop) => stop.selected === true);
  if (journey.outcome === 'selected' && keeper) return `${name} went through: “${plain(keeper.step_name)}” kept it, the last step that tells.`;
  return `${name} is named by ${journey.stops.length === 1 ? 'one step, which does' : `${journey.stops.length} steps, which do`} not tell what became of it.`;
}
