import type { KeyboardEvent, PointerEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { serviceHue } from '../ui/parts';
import { duration } from '../ui/time';
import type { Bar } from './waterfall';
import type { Extent } from './zoom';

const HEIGHT = 52;
/** What a drag must cover of the width before it is taken for one. */
const DRAG = 0.004;
/** What an arrow key moves an edge by, of the whole. */
const STEP = 0.01;

interface Props {
  bars: readonly Bar[];
  whole: Extent;
  shown: Extent;
  onZoom: (extent: Extent) => void;
}

/** The whole trace at a glance. A drag across it zooms in time; the edges of what is shown can be moved with the arrow keys. */
export function Minimap({ bars, whole, shown, onZoom }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const length = whole.until - whole.from;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // It also reports the size that there is at first.
    const observer = new ResizeObserver(() => paint(element, bars, whole));
    observer.observe(element);
    return () => observer.disconnect();
  }, [bars, whole]);

  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const release = () => {
    if (!drag) return;
    const [from, until] = drag[0] < drag[1] ? drag : [drag[1], drag[0]];
    setDrag(null);
    if (until - from > DRAG) onZoom({ from: whole.from + from * length, until: whole.from + until * length });
  };
  const edges = drag ? [Math.min(...drag), Math.max(...drag)] : [(shown.from - whole.from) / length, (shown.until - whole.from) / length];
  const [left = 0, right = 1] = edges;
  return (
    <div
      className="minimap"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag([at(event), at(event)]);
      }}
      onPointerMove={(event) => drag && setDrag([drag[0], at(event)])}
      onPointerUp={release}
      onPointerCancel={() => setDrag(null)}
      onDoubleClick={() => onZoom(whole)}
    >
      <canvas ref={canvas} height={HEIGHT} aria-hidden />
      <i className="veil" style={{ left: 0, width: `${left * 100}%` }} />
      <i className="veil" style={{ left: `${right * 100}%`, right: 0 }} />
      <Edge label="Shown from" at={left} value={shown.from - whole.from} length={length} onMove={(by) => onZoom({ ...shown, from: Math.max(whole.from, Math.min(shown.until - STEP * length, shown.from + by)) })} />
      <Edge label="Shown until" at={right} value={shown.until - whole.from} length={length} onMove={(by) => onZoom({ ...shown, until: Math.min(whole.until, Math.max(shown.from + STEP * length, shown.until + by)) })} />
    </div>
  );
}

interface EdgeProps {
  label: string;
  at: number;
  value: number;
  length: number;
  onMove: (ms: number) => void;
}

function Edge({ label, at, value, length, onMove }: EdgeProps) {
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(step * STEP * length * (event.shiftKey ? 10 : 1));
  };
  return (
    <span
      className="edge"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(value)}
      aria-valuetext={duration(value)}
      style={{ left: `${at * 100}%` }}
      onKeyDown={press}
    />
  );
}

function paint(canvas: HTMLCanvasElement, bars: readonly Bar[], whole: Extent): void {
  const scale = devicePixelRatio || 1;
  const width = Math.max(1, Math.round(canvas.clientWidth * scale));
  const height = HEIGHT * scale;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const length = whole.until - whole.from;
  const thickness = Math.max(scale, height / bars.length - 1);
  const colours = coloursOf(canvas);
  // One colour after the other: changing it is what takes the time. What failed comes last, on top.
  const hues = bars.map((bar) => (bar.failed ? 10 : serviceHue(bar.service)));
  for (const [hue, colour] of colours.entries()) {
    context.fillStyle = colour;
    for (let row = 0; row < bars.length; row++) {
      if (hues[row] !== hue) continue;
      const bar = bars[row]!;
      context.fillRect(((bar.start - whole.from) / length) * width, (row / bars.length) * height, Math.max(scale, (bar.duration / length) * width), thickness);
    }
  }
}

/** The colours of the services and, last, that of failure, as the style sheet has them. */
function coloursOf(canvas: HTMLCanvasElement): string[] {
  const probe = document.createElement('i');
  probe.hidden = true;
  canvas.parentElement?.append(probe);
  const colours = Array.from({ length: 10 }, (_, hue) => {
    probe.className = `hue-${hue}`;
    return getComputedStyle(probe).getPropertyValue('--hue');
  });
  probe.className = 'bad';
  colours.push(getComputedStyle(probe).color);
  probe.remove();
  return colours;
}
