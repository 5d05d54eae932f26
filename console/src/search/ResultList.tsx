import type { KeyboardEvent } from 'react';
import { memo, useEffect, useState } from 'react';
import type { Kind } from '../api/search';
import type { Signal } from '../api/types';
import { isTrouble, number, text } from '../trace/signal';
import { Service } from '../ui/parts';
import { plain } from '../ui/text';
import { clock, duration, fully, moment, needsDay } from '../ui/time';
import { useWindowed } from '../ui/windowed';
import { useZone } from '../ui/zone';
import { cellOf, widthsOf } from './columns';

const ROW = 26;
/** How many rows before the end more are fetched. */
const AHEAD = 100;

interface Props {
  kind: Kind;
  items: readonly Signal[];
  /** Undefined for the usual ones. */
  columns?: readonly string[] | undefined;
  open: string | undefined;
  onOpen: (signal: Signal) => void;
  /** Fetches more; undefined where there is no more. */
  onMore?: (() => void) | undefined;
  label: string;
}

/** A list of any length, of which what is seen is drawn. */
export function ResultList({ kind, items, columns, open, onOpen, onMore, label }: Props) {
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
  const dated = items.length > 0 && needsDay(items.at(-1)!.timestamp, items[0]!.timestamp);
  const widths = columns && widthsOf(columns, dated);
  return (
    <>
      {columns && (
        <div className="resulthead" aria-hidden style={{ gridTemplateColumns: widths }}>
          {columns.map((column) => (
            <span key={column} title={plain(column)}>
              {plain(column.replace(/^(attr|resource)\./, ''))}
            </span>
          ))}
        </div>
      )}
      <div
        ref={ref}
        className={`results results-${kind} ${dated ? 'dated' : ''}`}
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
              columns={columns}
              widths={widths}
              dated={dated}
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
    </>
  );
}

interface RowProps {
  kind: Kind;
  item: Signal;
  columns: readonly string[] | undefined;
  widths: string | undefined;
  dated: boolean;
  index: number;
  classes: string;
  onOpen: (signal: Signal) => void;
}

const Row = memo(
  function Row({ kind, item, columns, widths, dated, index, classes, onOpen }: RowProps) {
    return (
      <div
        id={`result-${index}`}
        role="option"
        aria-selected={classes.includes('chosen')}
        className={`result ${columns ? 'picked' : ''} ${isTrouble(item) ? 'trouble' : ''} ${classes}`}
        style={{ top: index * ROW, gridTemplateColumns: widths }}
        onClick={() => onOpen(item)}
      >
        {columns ? columns.map((column) => <Cell key={column} item={item} column={column} dated={dated} />) : <Cells kind={kind} item={item} dated={dated} />}
      </div>
    );
  },
  // What is done on a click depends on nothing that changes.
  (old, next) => old.item === next.item && old.index === next.index && old.classes === next.classes && old.kind === next.kind && old.columns === next.columns && old.dated === next.dated,
);

/** What a signal has in one of the columns that somebody chose. */
function Cell({ item, column, dated }: { item: Signal; column: string; dated: boolean }) {
  const value = column === 'time' ? timeText(item, dated) : cellOf(item, column);
  switch (column) {
    case 'time':
      return (
        <time dateTime={item.timestamp} title={fully(item.timestamp)}>
          {value}
        </time>
      );
    case 'service':
      return <Service name={value} />;
    case 'level':
    case 'status':
    case 'kind':
      return <span className="kind">{value}</span>;
    case 'duration':
      return <span className="took-cell">{value}</span>;
    default:
      return (
        <span className="text" title={value && `${plain(column)}: ${value}`}>
          {value}
        </span>
      );
  }
}

/** One log or span in one line. */
export function Cells({ kind, item, dated = false }: { kind: Kind; item: Signal; dated?: boolean }) {
  const { payload } = item;
  return (
    <>
      <time dateTime={item.timestamp} title={fully(item.timestamp)}>
        {timeText(item, dated)}
      </time>
      {kind === 'logs' ? <span className="kind">{text(payload.level) || '–'}</span> : <span className="kind">{isTrouble(item) ? 'error' : text(payload.status).toLowerCase() || '–'}</span>}
      <Service name={item.service_name} />
      {kind === 'spans' && <span className="took-cell">{duration(number(payload.duration_ms))}</span>}
      <span className="text">{kind === 'logs' ? text(payload.message) : `${text(payload.name) || text(payload.span_id)}${payload.status_message ? ` · ${text(payload.status_message)}` : ''}`}</span>
    </>
  );
}

/** The day is told where the list is not of today alone. */
function timeText({ timestamp }: Signal, dated: boolean): string {
  return dated ? `${moment(timestamp).slice(5, 10)} ${clock(timestamp)}` : clock(timestamp);
}
