import { plain } from '../ui/text';
import type { Signal } from '../api/types';
import type { Bar } from './waterfall';

/** The bars that are drawn: those of `root` and below, or all, without what stands below a collapsed one. */
export function rowsOf(bars: readonly Bar[], root: number | undefined, collapsed: ReadonlySet<string>): number[] {
  const rows: number[] = [];
  const end = root === undefined ? bars.length : root + bars[root]!.size;
  for (let row = root ?? 0; row < end; ) {
    rows.push(row);
    row += collapsed.has(bars[row]!.signal.id) ? bars[row]!.size : 1;
  }
  return rows;
}

/** The rows above one, the nearest first. */
export function ancestorsOf(bars: readonly Bar[], row: number): number[] {
  const above: number[] = [];
  for (let at = bars[row]?.parent ?? -1; at >= 0; at = bars[at]!.parent) above.push(at);
  return above;
}

/** Everything that has something below it, from a depth on. */
export function collapsible(bars: readonly Bar[], fromDepth = 0): Set<string> {
  return new Set(bars.filter((bar) => bar.children > 0 && bar.depth >= fromDepth).map((bar) => bar.signal.id));
}

const searchTexts = new WeakMap<Signal, string>();

/** What a span can be found by: everything that was said about it. */
function searchText(bar: Bar): string {
  let known = searchTexts.get(bar.signal);
  if (known === undefined) {
    known = `${bar.service} ${bar.name} ${plain(JSON.stringify(bar.signal.payload))} ${bar.logs.map((log) => plain(String(log.payload.message ?? ''))).join(' ')}`.toLowerCase();
    searchTexts.set(bar.signal, known);
  }
  return known;
}

/** The rows whose span says all the words; none where none are asked for. */
export function matchesOf(bars: readonly Bar[], text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: number[] = [];
  bars.forEach((bar, row) => {
    const said = searchText(bar);
    if (words.every((word) => said.includes(word))) found.push(row);
  });
  return found;
}

/** The match after or before a row, going round at the ends. */
export function nextMatch(matches: readonly number[], row: number, step: 1 | -1): number | undefined {
  if (matches.length === 0) return undefined;
  return step === 1 ? (matches.find((match) => match > row) ?? matches[0]) : (matches.findLast((match) => match < row) ?? matches.at(-1));
}
