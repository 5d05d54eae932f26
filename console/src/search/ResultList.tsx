import type { KeyboardEvent } from 'react';
import { memo, useEffect, useState } from 'react';
import type { Kind } from '../api/search';
import type { Signal } from '../api/types';
import { isTrouble, number, text } from '../trace/signal';
import { Service } from '../ui/parts';
import { clock, duration, fully } from '../ui/time';
import { useWindowed } from '../ui/windowed';
import { useZone } from '../ui/zone';

const ROW = 26;
/** How many rows before the end more are fetched. */
const AHEAD = 100;

interface Props {
  kind: Kind;
  items: readonly Signal[];
  open: string | undefined;
  onOpen: (signal: Signal) => void;
  /** Fetches more; undefined where there is no more. */
  onMore?: (() => void) | undefined;
  label: string;
}

/** A list of any length, of which what is seen is drawn. */
export function ResultList({ kind, items, open, onOpen, onMore, label }: Props) {
  const { ref, first, end, height, onScroll, scrollTo } = useWindowed(items.length, ROW);
  const [active, setActive] = useState<string>();
  // Rows move where new ones come in above them: the place follows the row.
  const at = active === undefined ? -1 : items.findIndex((item) => item.id === active);
  useZone();
  useEffect(() => {
    if (onMore && end > items.length - AHEAD) onMore();
  }, [onMore, end, items.length]);

  const go = (index: number) => {
    const next = Math.max(0, Math.min(items.length - 1, index));
    setActive(items[next]?.id);
    scrollTo(next);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? 0) / ROW) - 2);
    const goal = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: items.length - 1 }[event.key];
    if (goal !== undefined) go(goal);
    else if (event.key === 'Enter' && items[at]) onOpen(items[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={ref}
      className={`results results-${kind}`}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at >= first && at < end ? `result-${at}` : undefined}
      onScroll={onScroll}
      onKeyDown={press}
    >
      <div role="presentation" style={{ height }}>
        {items.slice(first, end).map((item, i) => (
          <Row
            key={item.id}
            kind={kind}
            item={item}
            index={first + i}
            classes={`${open === item.id ? 'chosen' : ''} ${at === first + i ? 'active' : ''}`}
            onOpen={(signal) => {
              setActive(signal.id);
              onOpen(signal);
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  kind: Kind;
  item: Signal;
  index: number;
  classes: string;
  onOpen: (signal: Signal) => void;
}

const Row = memo(
  function Row({ kind, item, index, classes, onOpen }: RowProps) {
    return (
      <div
        id={`result-${index}`}
        role="option"
        aria-selected={classes.includes('chosen')}
        className={`result ${isTrouble(item) ? 'trouble' : ''} ${classes}`}
        style={{ top: index * ROW }}
        onClick={() => onOpen(item)}
      >
        <Cells kind={kind} item={item} />
      </div>
    );
  },
  // What is done on a click depends on nothing that changes.
  (old, next) => old.item === next.item && old.index === next.index && old.classes === next.classes && old.kind === next.kind,
);

/** One log or span in one line. */
export function Cells({ kind, item }: { kind: Kind; item: Signal }) {
  const { payload } = item;
  return (
    <>
      <time dateTime={item.timestamp} title={fully(item.timestamp)}>
        {clock(item.timestamp)}
      </time>
      {kind === 'logs' ? <span className="kind">{text(payload.level) || '–'}</span> : <span className="kind">{isTrouble(item) ? 'error' : text(payload.status).toLowerCase() || '–'}</span>}
      <Service name={item.service_name} />
      {kind === 'spans' && <span className="took-cell">{duration(number(payload.duration_ms))}</span>}
      <span className="text">{kind === 'logs' ? text(payload.message) : `${text(payload.name) || text(payload.span_id)}${payload.status_message ? ` · ${text(payload.status_message)}` : ''}`}</span>
    </>
  );
}
