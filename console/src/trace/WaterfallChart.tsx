import { useState } from 'react';
import type { Signal } from '../api/types';
import { serviceHue } from '../ui/parts';
import { plain } from '../ui/text';
import { duration } from '../ui/time';
import { isTrouble } from './signal';
import type { Bar, Waterfall } from './waterfall';
import { millis } from './waterfall';

/** Rows drawn at once; more would make the page slow before it made it clearer. */
const ROWS = 400;

interface Props {
  waterfall: Waterfall;
  marked: Set<string>;
  chosen: Signal | null;
  onChoose: (signal: Signal) => void;
}

export function WaterfallChart({ waterfall, marked, chosen, onChoose }: Props) {
  const [all, setAll] = useState(false);
  const bars = all ? waterfall.bars : waterfall.bars.slice(0, ROWS);
  return (
    <>
      <div className="ruler" aria-hidden>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <span key={part}>{duration(part * waterfall.length)}</span>
        ))}
      </div>
      <ol className="waterfall">
        {bars.map((bar) => (
          <Row
            key={bar.signal.id}
            bar={bar}
            waterfall={waterfall}
            marked={marked.has(bar.signal.id)}
            chosen={chosen?.id === bar.signal.id}
            onChoose={onChoose}
          />
        ))}
      </ol>
      {waterfall.bars.length > bars.length && (
        <button type="button" className="more" onClick={() => setAll(true)}>
          Show the other {waterfall.bars.length - bars.length} spans
        </button>
      )}
    </>
  );
}

interface RowProps {
  bar: Bar;
  waterfall: Waterfall;
  marked: boolean;
  chosen: boolean;
  onChoose: (signal: Signal) => void;
}

function Row({ bar, waterfall, marked, chosen, onChoose }: RowProps) {
  const at = (ms: number) => `${Math.min(100, Math.max(0, (ms / waterfall.length) * 100))}%`;
  const classes = ['span', marked && 'marked', chosen && 'chosen', bar.failed && 'failed', bar.source && 'source'].filter(Boolean).join(' ');
  return (
    <li className={classes}>
      <button type="button" onClick={() => onChoose(bar.signal)}>
        <span className="label" style={{ paddingLeft: `${Math.min(bar.depth, 12) * 14}px` }}>
          <i className={`dot hue-${serviceHue(bar.service)}`} aria-hidden />
          {bar.orphan && <em title="Its parent span never arrived">no parent</em>}
          <b>{plain(bar.service)}</b> {bar.name}
        </span>
        <span className="track">
          <span
            className={`bar hue-${serviceHue(bar.service)}`}
            style={{ left: at(bar.start), width: `max(3px, ${at(bar.duration)})` }}
          />
          {bar.logs.map((log) => (
            <i
              key={log.id}
              className={isTrouble(log) ? 'tick bad' : 'tick'}
              style={{ left: at(millis(log) - waterfall.origin) }}
            />
          ))}
          <Took bar={bar} length={waterfall.length} />
        </span>
      </button>
    </li>
  );
}

/** The duration, where there is room for it: right of the bar, left of it, or inside. */
function Took({ bar, length }: { bar: Bar; length: number }) {
  const left = (bar.start / length) * 100;
  const right = 100 - ((bar.start + bar.duration) / length) * 100;
  const text = duration(bar.duration);
  if (right > 12) return <span className="took" style={{ left: `${100 - right}%` }}>{text}</span>;
  if (left > 12) return <span className="took" style={{ right: `${100 - left}%` }}>{text}</span>;
  return <span className="took inside" style={{ right: `${Math.max(0, right)}%` }}>{text}</span>;
}
