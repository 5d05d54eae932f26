// Where in the text a finding of the server stands.
import type { Finding } from '../api/images';

export interface Marker {
  /** In UTF-16 code units from the beginning of the text, as editors count. */
  from: number;
  to: number;
  severity: Finding['severity'];
  message: string;
}

/** The word at a place, or the character where there is no word; nothing outside of the text. */
const WORD = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:,[\]{}#]+)/u;

export function markersOf(text: string, findings: readonly Finding[]): Marker[] {
  const lines = text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return findings.map((finding) => {
    // A mistake at the end of the text is told on a line that may not be there.
    const number = Math.min(Math.max(finding.line, 1), lines.length);
    const line = lines[number - 1]!;
    const before = finding.line > lines.length ? line.length : units(line, finding.column - 1);
    const start = starts[number - 1]! + before;
    const word = WORD.exec(line.slice(before))?.[0].length ?? Math.min(1, line.length - before);
    return {
      from: start,
      to: start + word,
      severity: finding.severity,
      message: finding.suggestion ? `${finding.message} (did you mean “${finding.suggestion}”?)` : finding.message,
    };
  });
}

/** How many code units the first code points of a line are. */
function units(line: string, points: number): number {
  let length = 0;
  for (const point of line) {
    if (points-- <= 0) break;
    length += point.length;
  }
  return length;
}
