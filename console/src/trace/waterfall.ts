import type { Signal } from '../api/types';
import { skewsOf } from './skew';
import { isTrouble, number, text } from './signal';

/** A span as a row of the waterfall. */
export interface Bar {
  signal: Signal;
  spanId: string;
  name: string;
  service: string;
  kind: string;
  depth: number;
  /** The row of its parent; -1 at a root. */
  parent: number;
  /** How many rows it and everything below it take. */
  size: number;
  children: number;
  failed: boolean;
  /** It failed although nothing below it did: the failure began here or in what it called without a span. */
  source: boolean;
  /** Something below it failed. */
  failedBelow: boolean;
  /** Milliseconds since the trace began. */
  start: number;
  duration: number;
  /** By how many milliseconds it was moved, because its clock contradicts that of its caller. */
  moved: number;
  /** A parent was named but never arrived. */
  orphan: boolean;
  logs: Signal[];
}

export interface Waterfall {
  /** Parents above their children, siblings by start. */
  bars: Bar[];
  /** Everything of the trace that is not a span, by time. */
  events: Signal[];
  /** When the trace began, as milliseconds of the epoch. */
  origin: number;
  /** Milliseconds from the first start to the last end; never zero. */
  length: number;
  /** Ids of spans that are named as parents and never arrived, with how many spans name them. */
  lost: Map<string, number>;
}

interface Node {
  span: Signal;
  spanId: string;
  parentId: string;
  at: number;
}

/** Lays the signals of one trace out. `corrected` moves spans whose clock contradicts that of their caller. */
export function waterfallOf(signals: Signal[], corrected = true): Waterfall {
  const nodes: Node[] = [];
  const events: Signal[] = [];
  for (const signal of signals) {
    if (signal.signal_type !== 'trace') events.push(signal);
    else nodes.push({ span: signal, spanId: text(signal.payload.span_id), parentId: text(signal.payload.parent_span_id), at: millis(signal) });
  }
  events.sort((a, b) => millis(a) - millis(b));
  nodes.sort((a, b) => orZero(a.at) - orZero(b.at));

  const known = new Set(nodes.map((node) => node.spanId));
  const isChild = (node: Node) => node.parentId !== '' && known.has(node.parentId) && node.parentId !== node.spanId;
  const children = groupBy(nodes.filter(isChild), (node) => node.parentId);
  const logsBySpan = groupBy(events, (event) => text(event.payload.span_id));
  const bars: Bar[] = [];
  const placed = new Set<Node>();
  // An explicit stack, because a trace may be deeper than the call stack allows; it hands the last one out first.
  const place = (first: Node[]) => {
    const open = first.toReversed().map((node) => ({ node, parent: -1 }));
    while (open.length > 0) {
      const { node, parent } = open.pop()!;
      if (placed.has(node)) continue;
      placed.add(node);
      const row = bars.length;
      bars.push(barOf(node, parent, bars[parent], known, logsBySpan.get(node.spanId) ?? []));
      const below = children.get(node.spanId) ?? [];
      for (let i = below.length - 1; i >= 0; i--) open.push({ node: below[i]!, parent: row });
    }
  };
  place(nodes.filter((node) => !isChild(node)));
  // Spans that name each other as parents have no root; they are shown all the same.
  place(nodes.filter((node) => !placed.has(node)));
  sumUp(bars);

  const skews = corrected ? skewsOf(bars) : [];
  bars.forEach((bar, row) => {
    bar.moved = skews[row] ?? 0;
    bar.start += bar.moved;
  });
  let origin = Infinity;
  for (const bar of bars) if (bar.start < origin) origin = bar.start;
  // The clocks of logs are those of their spans, which were corrected: no log pulls the beginning of a trace with spans.
  if (bars.length === 0) origin = orZero(events.length > 0 ? millis(events[0]!) : 0);
  let length = 0.001;
  for (const bar of bars) {
    bar.start -= origin;
    length = Math.max(length, bar.start + bar.duration);
  }
  if (bars.length === 0) for (const event of events) length = Math.max(length, orZero(millis(event) - origin));
  const lost = new Map<string, number>();
  for (const node of nodes) if (node.parentId !== '' && !known.has(node.parentId)) lost.set(node.parentId, (lost.get(node.parentId) ?? 0) + 1);
  return { bars, events, origin, length, lost };
}

/** What a parent knows of everything below it. */
function sumUp(bars: Bar[]): void {
  const below = new Uint8Array(bars.length);
  for (let row = bars.length - 1; row >= 0; row--) {
    const bar = bars[row]!;
    bar.failedBelow = below[row] === 1;
    const parent = bars[bar.parent];
    if (!parent) continue;
    parent.size += bar.size;
    parent.children++;
    if (bar.failed || bar.failedBelow) below[bar.parent] = 1;
  }
  const failedChild = new Uint8Array(bars.length);
  for (const bar of bars) if (bar.failed && bar.parent >= 0) failedChild[bar.parent] = 1;
  bars.forEach((bar, row) => (bar.source = bar.failed && failedChild[row] === 0));
}

function groupBy<T>(all: T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

function barOf(node: Node, parent: number, above: Bar | undefined, known: Set<string>, logs: Signal[]): Bar {
  const { span, spanId, parentId, at } = node;
  return {
    signal: span,
    spanId,
    name: text(span.payload.name) || spanId || '(no name)',
    service: span.service_name,
    kind: text(span.payload.kind).toLowerCase(),
    depth: above ? above.depth + 1 : 0,
    parent,
    size: 1,
    children: 0,
    failed: isTrouble(span),
    source: false,
    failedBelow: false,
    start: orZero(at),
    duration: Math.max(0, number(span.payload.duration_ms)),
    moved: 0,
    orphan: parentId !== '' && !known.has(parentId),
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

function orZero(at: number): number {
  return Number.isFinite(at) ? at : 0;
}
