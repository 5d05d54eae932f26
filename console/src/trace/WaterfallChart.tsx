import type { KeyboardEvent } from 'react';
import { memo, useEffect } from 'react';
import { serviceHue } from '../ui/parts';
import { plain, whole } from '../ui/text';
import { duration } from '../ui/time';
import { useWindowed } from '../ui/windowed';
import type { Stretch } from './criticalPath';
import { isTrouble } from './signal';
import type { Bar, Waterfall } from './waterfall';
import { millis } from './waterfall';
import type { Extent } from './zoom';
import { placed } from './zoom';

const ROW = 26;
/** Deeper than this nothing is indented any more: the names would have no room. */
const INDENTED = 14;

interface Props {
  waterfall: Waterfall;
  /** Which bars are drawn, in order. */
  rows: readonly number[];
  shown: Extent;
  /** The depth of the root that is shown. */
  top: number;
  path: ReadonlyMap<number, Stretch[]>;
  marked: ReadonlySet<string>;
  matched: ReadonlySet<number>;
  collapsed: ReadonlySet<string>;
  /** The bar that the keyboard is at. */
  active: number | undefined;
  /** The signal whose panel is open. */
  open: string | undefined;
  onActive: (row: number) => void;
  onOpen: (row: number) => void;
  onToggle: (row: number) => void;
}

/** The spans of a trace as a tree, each with its stretch of time. Only what is seen is drawn. */
export function WaterfallChart({ waterfall, rows, shown, top, path, marked, matched, collapsed, active, open, onActive, onOpen, onToggle }: Props) {
  const { ref, first, end, height, onScroll, scrollTo } = useWindowed(rows.length, ROW);
  const at = active === undefined ? -1 : indexIn(rows, active);
  useEffect(() => {
    if (at >= 0) scrollTo(at);
  }, [at, scrollTo]);

  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? 0) / ROW) - 2);
    const goals: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: rows.length - 1 };
    const goal = goals[event.key];
    const bar = active === undefined ? undefined : waterfall.bars[active];
    if (goal !== undefined) onActive(rows[Math.max(0, Math.min(rows.length - 1, goal))]!);
    else if (!bar || active === undefined) return;
    else if (event.key === 'Enter') onOpen(active);
    else if (event.key === 'ArrowRight' && bar.children > 0 && collapsed.has(bar.signal.id)) onToggle(active);
    else if (event.key === 'ArrowRight' && bar.children > 0) onActive(active + 1);
    else if (event.key === 'ArrowLeft' && bar.children > 0 && !collapsed.has(bar.signal.id)) onToggle(active);
    else if (event.key === 'ArrowLeft' && bar.depth > top) onActive(bar.parent);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="ruler" aria-hidden>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <span key={part}>{duration(shown.from + part * (shown.until - shown.from))}</span>
        ))}
      </div>
      <div
        ref={ref}
        className="waterfall"
        role="tree"
        tabIndex={0}
        aria-label={`Spans, ${whole(rows.length)} in sight`}
        aria-activedescendant={at >= first && at < end ? `row-${active}` : undefined}
        onScroll={onScroll}
        onKeyDown={press}
      >
        <div role="presentation" style={{ height }}>
          {rows.slice(first, end).map((row, i) => {
            const bar = waterfall.bars[row]!;
            return (
              <Row
                key={bar.signal.id}
                bar={bar}
                row={row}
                place={(first + i) * ROW}
                depth={bar.depth - top}
                shown={shown}
                origin={waterfall.origin}
                stretches={path.get(row)}
                folded={bar.children > 0 ? collapsed.has(bar.signal.id) : undefined}
                classes={[
                  marked.has(bar.signal.id) && 'marked',
                  matched.has(row) && 'matched',
                  open === bar.signal.id && 'chosen',
                  active === row && 'active',
                ]
                  .filter(Boolean)
                  .join(' ')}
                onActive={onActive}
                onOpen={onOpen}
                onToggle={onToggle}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

/** Rows ascend: where one stands is found in a few steps. */
function indexIn(rows: readonly number[], row: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rows[middle] === row) return middle;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

interface RowProps {
  bar: Bar;
  row: number;
  place: number;
  depth: number;
  shown: Extent;
  origin: number;
  stretches: Stretch[] | undefined;
  /** Undefined where nothing stands below it. */
  folded: boolean | undefined;
  classes: string;
  onActive: (row: number) => void;
  onOpen: (row: number) => void;
  onToggle: (row: number) => void;
}

const Row = memo(function Row({ bar, row, place, depth, shown, origin, stretches, folded, classes, onActive, onOpen, onToggle }: RowProps) {
  const hue = `hue-${serviceHue(bar.service)}`;
  const at = placed(bar.start, bar.duration, shown);
  const state = ['span', classes, bar.failed && 'failed', bar.source && 'source'].filter(Boolean).join(' ');
  return (
    <div
      id={`row-${row}`}
      role="treeitem"
      className={state}
      style={{ top: place }}
      aria-level={depth + 1}
      aria-expanded={folded === undefined ? undefined : !folded}
      aria-selected={classes.includes('chosen')}
      onClick={() => {
        onActive(row);
        onOpen(row);
      }}
    >
      <span className="label" style={{ paddingLeft: `${Math.min(depth, INDENTED) * 14}px` }}>
        <span
          className="twist"
          aria-hidden
          onClick={(event) => {
            if (folded === undefined) return;
            event.stopPropagation();
            onActive(row);
            onToggle(row);
          }}
        >
          {folded === undefined ? '' : folded ? '▸' : '▾'}
        </span>
        <i className={`dot ${hue}`} aria-hidden />
        {bar.failed && <em className="bad">{bar.source ? 'failed first' : 'failed'}</em>}
        {!bar.failed && folded && bar.failedBelow && <em className="bad">failed below</em>}
        {bar.orphan && <em title="Its parent span never arrived">no parent</em>}
        {bar.moved !== 0 && <em title={`Its clock contradicts that of its caller; it is shown ${duration(Math.abs(bar.moved))} ${bar.moved > 0 ? 'later' : 'earlier'} than it says`}>moved</em>}
        <b>{plain(bar.service)}</b> {bar.name}
        {folded && <span className="faint"> +{whole(bar.size - 1)}</span>}
      </span>
      <span className="track">
        {at && <span className={`bar ${hue}`} style={{ left: `${at.left}%`, width: `max(3px, ${at.width}%)` }} />}
        {stretches?.map(({ start, end }) => {
          const part = placed(start, end - start, shown);
          return part && <i key={start} className="critical" style={{ left: `${part.left}%`, width: `max(2px, ${part.width}%)` }} />;
        })}
        {bar.logs.slice(0, TICKS).map((log) => {
          const tick = placed(millis(log) - origin + bar.moved, 0, shown);
          return tick && <i key={log.id} className={isTrouble(log) ? 'tick bad' : 'tick'} style={{ left: `${Math.min(99.8, tick.left)}%` }} />;
        })}
        <Took bar={bar} at={at} shown={shown} />
      </span>
    </div>
  );
});

/** More marks than this on one bar would be a line. */
const TICKS = 60;

/** The duration, where there is room for it: right of the bar, left of it, or inside; at the edge where the bar is out of sight. */
function Took({ bar, at, shown }: { bar: Bar; at: { left: number; width: number } | null; shown: Extent }) {
  const text = duration(bar.duration);
  if (!at) return bar.start > shown.until ? <span className="took away" style={{ right: 0 }}>{text} ▸</span> : <span className="took away" style={{ left: 0 }}>◂ {text}</span>;
  const right = 100 - at.left - at.width;
  if (right > 12) return <span className="took" style={{ left: `${100 - right}%` }}>{text}</span>;
  if (at.left > 12) return <span className="took" style={{ right: `${100 - at.left}%` }}>{text}</span>;
  return <span className="took inside" style={{ right: `${Math.max(0, right)}%` }}>{text}</span>;
}
