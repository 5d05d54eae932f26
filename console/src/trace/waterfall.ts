import type { Signal } from '../api/types';
import { isTrouble, number, text } from './signal';

/** A span as a row of the waterfall. */
export interface Bar {
  signal: Signal;
  spanId: string;
  name: string;
  service: string;
  depth: number;
  failed: boolean;
  /** It failed although nothing below it did: the failure began here or in what it called without a span. */
  source: boolean;
  /** Milliseconds since the trace began. */
  start: number;
  duration: number;
  /** A parent was named but never arrived. */
  orphan: boolean;
  logs: Signal[];
}

export interface Waterfall {
  bars: Bar[];
  /** Everything of the trace that is not a span, by time. */
  events: Signal[];
  /** When the trace began, as milliseconds of the epoch. */
  origin: number;
  /** Milliseconds from the first start to the last end; never zero. */
  length: number;
}

/** Lays the signals of one trace out: parents above children, siblings by start. */
export function waterfallOf(signals: Signal[]): Waterfall {
  const spans = signals.filter((signal) => signal.signal_type === 'trace');
  const events = signals
    .filter((signal) => signal.signal_type !== 'trace')
    .sort((a, b) => millis(a) - millis(b));
  const starts = signals.map(millis).filter(Number.isFinite);
  const origin = starts.length > 0 ? Math.min(...starts) : 0;

  const known = new Set(spans.map((span) => text(span.payload.span_id)));
  const isChild = (span: Signal) => {
    const parent = text(span.payload.parent_span_id);
    return parent !== '' && known.has(parent) && parent !== text(span.payload.span_id);
  };
  const roots = spans.filter((span) => !isChild(span));
  const children = groupBy(spans.filter(isChild), (span) => text(span.payload.parent_span_id));
  const logsBySpan = groupBy(events, (event) => text(event.payload.span_id));
  const bars: Bar[] = [];
  const placed = new Set<Signal>();
  // An explicit stack: a trace may be deeper than the call stack allows.
  const place = (first: Signal[]) => {
    const open = byStart(first).map((span) => ({ span, depth: 0 }));
    while (open.length > 0) {
      const { span, depth } = open.pop()!;
      if (placed.has(span)) continue;
      placed.add(span);
      const spanId = text(span.payload.span_id);
      bars.push(barOf(span, spanId, depth, origin, known, children.get(spanId) ?? [], logsBySpan.get(spanId) ?? []));
      open.push(...byStart(children.get(spanId) ?? []).map((child) => ({ span: child, depth: depth + 1 })));
    }
  };
  place(roots);
  // Spans that name each other as parents have no root; they are shown all the same.
  place(spans.filter((span) => !placed.has(span)));
  const ends = [...bars.map((bar) => bar.start + bar.duration), ...events.map((event) => millis(event) - origin)];
  return { bars, events, origin, length: Math.max(0.001, ...ends.filter(Number.isFinite)) };
}

function groupBy(signals: Signal[], key: (signal: Signal) => string): Map<string, Signal[]> {
  const groups = new Map<string, Signal[]>();
  for (const signal of signals) {
    const group = groups.get(key(signal));
    if (group) group.push(signal);
    else groups.set(key(signal), [signal]);
  }
  return groups;
}

/** Latest first, because the stack hands the last one out first. */
function byStart(spans: Signal[]): Signal[] {
  return [...spans].sort((a, b) => millis(b) - millis(a));
}

function barOf(
  span: Signal,
  spanId: string,
  depth: number,
  origin: number,
  known: Set<string>,
  children: Signal[],
  logs: Signal[],
): Bar {
  const parent = text(span.payload.parent_span_id);
  return {
    signal: span,
    spanId,
    name: text(span.payload.name) || spanId || '(no name)',
    service: span.service_name,
    depth,
    failed: isTrouble(span),
    source: isTrouble(span) && !children.some(isTrouble),
    start: millis(span) - origin,
    duration: Math.max(0, number(span.payload.duration_ms)),
    orphan: parent !== '' && !known.has(parent),
    logs,
  };
}

/** Milliseconds of the epoch with the fraction that Date.parse drops. */
export function millis(signal: Signal): number {
  const at = signal.timestamp;
  const fraction = /\.(\d{4,9})/.exec(at)?.[1];
  const base = Date.parse(at);
  return fraction ? base + Number(`0.${fraction.slice(3)}`) : base;
}
