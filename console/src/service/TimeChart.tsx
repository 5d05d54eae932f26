import type { KeyboardEvent, PointerEvent } from 'react';
import { useState } from 'react';
import { brief, needsDay } from '../ui/time';
import { bottomOf, lineOf, topOf } from './series';

const WIDTH = 600;
const HEIGHT = 110;

export interface Line {
  name: string;
  /** The same word as the style sheet's class. */
  tone: string;
  values: readonly (number | null)[];
}

interface Props {
  title: string;
  starts: readonly string[];
  bucketSeconds: number;
  lines: readonly Line[];
  text: (value: number) => string;
  /** What happened meanwhile. */
  marks?: readonly { at: string; title: string }[];
  /** Whether the lines are named above it. */
  legend?: boolean;
  /** The line that stands out. */
  marked?: string | undefined;
  /** Which point is chosen; none where it is negative. */
  chosen?: number;
  onZoom: (from: string, to: string) => void;
  /** Is told which point is looked at. */
  onPoint?: (index: number | null) => void;
  /** Chooses a point, by a click, or by the arrow keys and Enter. */
  onPick?: (index: number) => void;
}

/** A few lines over time. A drag across it chooses a part of the time. */
export function TimeChart({ title, starts, bucketSeconds, lines, text, marks = [], legend = true, marked, chosen = -1, onZoom, onPoint, onPick }: Props) {
  const [at, setPoint] = useState<number | null>(null);
  const [begun, setBegun] = useState<number | null>(null);
  const all = lines.flatMap((line) => line.values);
  const top = topOf(all);
  const bottom = bottomOf(all);
  const first = Date.parse(starts[0] ?? '');
  const length = starts.length * bucketSeconds * 1000;
  const day = needsDay(first, first + length);
  const setAt = (index: number | null) => {
    setPoint(index);
    onPoint?.(index);
  };
  const indexAt = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(starts.length - 1, Math.floor(((event.clientX - box.left) / box.width) * starts.length)));
  };
  const take = () => {
    if (at === null) return;
    if (begun === null || begun === at) onPick?.(at);
    else {
      const [low, high] = begun < at ? [begun, at] : [at, begun];
      onZoom(new Date(first + low * bucketSeconds * 1000).toISOString(), new Date(first + (high + 1) * bucketSeconds * 1000).toISOString());
    }
    setBegun(null);
  };
  const press = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (move !== undefined) {
      const begin = at ?? (chosen >= 0 ? chosen : move > 0 ? -1 : starts.length);
      setBegun(event.shiftKey ? (begun ?? at) : null);
      setAt(Math.max(0, Math.min(starts.length - 1, begin + move)));
    } else if (event.key === 'Enter' && at !== null) take();
    else if (event.key === 'Escape' && at !== null) {
      setBegun(null);
      setAt(null);
    } else return;
    event.preventDefault();
  };
  const step = WIDTH / Math.max(1, starts.length);
  const known = lines.map((line) => line.values.filter((value): value is number => value !== null));
  const said = lines.map((line, index) => `${line.name} at most ${known[index]!.length > 0 ? text(Math.max(...known[index]!)) : 'unknown'}`).join(', ');
  const pickable = onPick && { role: 'application', tabIndex: 0, 'aria-roledescription': 'chart', onKeyDown: press, onBlur: () => setAt(null) };
  return (
    <figure className={onPick ? 'timechart pickable' : 'timechart'}>
      <figcaption>
        <b>{title}</b>
        <span className="faint">
          {at !== null && starts[at] ? `${brief(starts[at], day)}  ` : ''}
          {legend &&
            lines.map((line, index) => {
              const value = at === null ? known[index]!.at(-1) : line.values[at];
              return (
                <span key={line.name} className="counts">
                  <i className={`dot line-${line.tone}`} aria-hidden /> {line.name} {value === null || value === undefined ? '–' : text(value)}
                </span>
              );
            })}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={onPick ? `${title} over time; arrow keys choose a point, Enter takes it, with Shift a part of the time` : `${title}: ${said}`}
        {...pickable}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setBegun(indexAt(event));
          setAt(indexAt(event));
        }}
        onPointerMove={(event) => setAt(indexAt(event))}
        onPointerUp={take}
        onPointerLeave={() => begun === null && setAt(null)}
      >
        {begun !== null && at !== null && begun !== at && <rect className="brush" x={Math.min(begun, at) * step} y={0} width={(Math.abs(begun - at) + 1) * step} height={HEIGHT} />}
        {chosen >= 0 && <rect className="brush" x={chosen * step} y={0} width={step} height={HEIGHT} />}
        {marks.map((mark) => {
          const x = ((Date.parse(mark.at) - first) / length) * WIDTH;
          return (
            x >= 0 &&
            x <= WIDTH && (
              <line key={mark.at + mark.title} className="mark" x1={x} x2={x} y1={0} y2={HEIGHT}>
                <title>{mark.title}</title>
              </line>
            )
          );
        })}
        {bottom < 0 && <line className="zero" x1={0} x2={WIDTH} y1={(HEIGHT * top) / (top - bottom)} y2={(HEIGHT * top) / (top - bottom)} />}
        {lines.map((line, index) => (
          <path key={line.name + index} className={`line-${line.tone} ${marked === undefined ? '' : marked === line.name ? 'marked' : 'unmarked'}`} d={lineOf(line.values, top, WIDTH, HEIGHT, bottom)} />
        ))}
        {at !== null && <line className="cursor" x1={(at + 0.5) * step} x2={(at + 0.5) * step} y1={0} y2={HEIGHT} />}
      </svg>
      <p className="line faint">
        <span>{starts[0] && brief(starts[0], day)}</span>
        <span>
          at the top {text(top)}
          {bottom < 0 && `, at the bottom ${text(bottom)}`}
        </span>
        <span>{starts.length > 0 && brief(first + length, day)}</span>
      </p>
    </figure>
  );
}
