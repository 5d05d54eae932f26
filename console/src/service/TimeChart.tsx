import type { PointerEvent } from 'react';
import { useState } from 'react';
import { clock } from '../ui/time';
import { lineOf, topOf } from './series';

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
  onZoom: (from: string, to: string) => void;
}

/** A few lines over time. A drag across it chooses a part of the time. */
export function TimeChart({ title, starts, bucketSeconds, lines, text, marks = [], onZoom }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const [begun, setBegun] = useState<number | null>(null);
  const top = topOf(lines.flatMap((line) => line.values));
  const first = Date.parse(starts[0] ?? '');
  const length = starts.length * bucketSeconds * 1000;
  const indexAt = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(starts.length - 1, Math.floor(((event.clientX - box.left) / box.width) * starts.length)));
  };
  const release = () => {
    if (begun !== null && at !== null && begun !== at) {
      const [low, high] = begun < at ? [begun, at] : [at, begun];
      onZoom(new Date(first + low * bucketSeconds * 1000).toISOString(), new Date(first + (high + 1) * bucketSeconds * 1000).toISOString());
    }
    setBegun(null);
  };
  const step = WIDTH / Math.max(1, starts.length);
  const known = lines.map((line) => line.values.filter((value): value is number => value !== null));
  return (
    <figure className="timechart">
      <figcaption>
        <b>{title}</b>
        <span className="faint">
          {at !== null && starts[at] ? `${clock(starts[at]).slice(0, 8)}  ` : ''}
          {lines.map((line, index) => {
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
        aria-label={`${title}: ${lines.map((line, index) => `${line.name} at most ${known[index]!.length > 0 ? text(Math.max(...known[index]!)) : 'unknown'}`).join(', ')}`}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setBegun(indexAt(event));
          setAt(indexAt(event));
        }}
        onPointerMove={(event) => setAt(indexAt(event))}
        onPointerUp={release}
        onPointerLeave={() => begun === null && setAt(null)}
      >
        {begun !== null && at !== null && <rect className="brush" x={Math.min(begun, at) * step} y={0} width={(Math.abs(begun - at) + 1) * step} height={HEIGHT} />}
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
        {lines.map((line) => (
          <path key={line.name} className={`line-${line.tone}`} d={lineOf(line.values, top, WIDTH, HEIGHT)} />
        ))}
        {at !== null && <line className="cursor" x1={(at + 0.5) * step} x2={(at + 0.5) * step} y1={0} y2={HEIGHT} />}
      </svg>
      <p className="line faint">
        <span>{starts[0] && clock(starts[0]).slice(0, 8)}</span>
        <span>at the top {text(top)}</span>
        <span>{starts.length > 0 && clock(first + length).slice(0, 8)}</span>
      </p>
    </figure>
  );
}
