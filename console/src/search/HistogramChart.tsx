import type { KeyboardEvent, PointerEvent } from 'react';
import { useMemo, useState } from 'react';
import type { Histogram } from '../api/search';
import { whole } from '../ui/text';
import { brief, moment, needsDay } from '../ui/time';
import type { Tone } from './histogram';
import { columnsOf, timeOf } from './histogram';

const WIDTH = 10;
const HEIGHT = 72;

const WORDS: Record<Tone, string> = { fatal: 'fatal', error: 'error', warn: 'warning', ok: 'ok', info: 'info', debug: 'debug', other: 'other' };

interface Props {
  histogram: Histogram;
  /** What is counted. */
  what: string;
  onZoom: (from: string, to: string) => void;
}

/** How many there were when. A drag across it, or Shift with the arrow keys and Enter, chooses a part of the time. */
export function HistogramChart({ histogram, what, onZoom }: Props) {
  const { columns, totals } = useMemo(() => columnsOf(histogram), [histogram]);
  const [brush, setBrush] = useState<{ from: number; to: number; dragging: boolean } | null>(null);
  const count = columns.length;
  const at = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - box.left) / box.width) * count)));
  };
  const zoom = () => {
    const time = brush && timeOf(histogram, brush.from, brush.to);
    setBrush(null);
    if (time) onZoom(time.from, time.to);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      const to = Math.max(0, Math.min(count - 1, (brush?.to ?? (step > 0 ? -1 : count)) + step));
      setBrush({ from: event.shiftKey && brush ? brush.from : to, to, dragging: false });
    } else if (event.key === 'Enter' && brush) zoom();
    else if (event.key === 'Escape' && brush) setBrush(null);
    else return;
    event.preventDefault();
  };
  const shown = brush && timeOf(histogram, brush.from, brush.to);
  const [low = 0, high = 0] = brush ? [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)] : [];
  const inBrush = brush ? columns.slice(low, high + 1).reduce((sum, { bucket }) => sum + bucket.count, 0) : 0;
  return (
    <div className="histogram-chart">
      <svg
        viewBox={`0 0 ${Math.max(1, count) * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="application"
        aria-roledescription="histogram"
        aria-label={`How many ${what} there were when; arrow keys choose, Enter zooms in`}
        tabIndex={0}
        onKeyDown={press}
        onBlur={() => setBrush(null)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setBrush({ from: at(event), to: at(event), dragging: true });
        }}
        onPointerMove={(event) => setBrush(brush?.dragging ? { ...brush, to: at(event) } : { from: at(event), to: at(event), dragging: false })}
        onPointerUp={() => brush?.dragging && zoom()}
        onPointerLeave={() => !brush?.dragging && setBrush(null)}
      >
        {brush && <rect className="brush" x={low * WIDTH} y={0} width={(high - low + 1) * WIDTH} height={HEIGHT} />}
        {columns.map(({ bucket, parts }, index) =>
          parts.map(({ tone, from, height }) => (
            <rect key={`${bucket.start} ${tone}`} className={`tone-${tone}`} x={index * WIDTH + 0.5} width={WIDTH - 1} y={HEIGHT - (from + height) * (HEIGHT - 4)} height={Math.max(1, height * (HEIGHT - 4))} />
          )),
        )}
      </svg>
      <p className="line faint">
        <span>{moment(histogram.buckets[0]?.start ?? '')}</span>
        <span role="status">
          {shown ? (
            <b>
              {brief(shown.from, needsDay(shown.from, shown.to))} – {brief(shown.to, needsDay(shown.from, shown.to))}: {whole(inBrush)} {what}
            </b>
          ) : (
            totals.map(([tone, total]) => (
              <span key={tone} className="counts">
                <i className={`dot tone-${tone}`} aria-hidden /> {whole(total)} {WORDS[tone]}
              </span>
            ))
          )}
        </span>
        <span>{timeOf(histogram, count - 1, count - 1)?.to && moment(timeOf(histogram, count - 1, count - 1)!.to)}</span>
      </p>
    </div>
  );
}
