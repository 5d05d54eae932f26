// Secret documents never leave the runner: each of their lines is replaced by a comment before sending and put
// back afterwards. Line numbers stay, and the server never edits a document of comments.
import { randomBytes } from 'node:crypto';

// Anything that might be a Secret counts: also inside a list, quoted, in JSON. Withholding too much costs nothing.
const SECRET = /(?:^|[\s{,"'-])["']?kind["']?\s*:\s*(?:!!?\S+\s+)?["']?Secret(?:List)?["']?(?:[\s,}#]|$)/m;
const MARKER = /^---(?=[ \t\r\n]|$)/;

export class SpliceError extends Error {}

/** @returns {{text: string, withheld: string[], restore: (text: string) => string}} */
export function withhold(text) {
  const lines = text.split(/(?<=\n)/);
  const nonce = `withheld-${randomBytes(8).toString('hex')}`;
  const withheld = [];
  const out = [];
  for (let start = 0; start < lines.length;) {
    let end = start + 1;
    while (end < lines.length && !MARKER.test(lines[end])) end++;
    const document = lines.slice(start, end);
    if (SECRET.test(document.join(''))) {
      for (const line of document) out.push(hide(line, nonce, withheld));
    } else out.push(...document);
    start = end;
  }
  return {
    text: out.join(''),
    withheld,
    restore: (changed) => restore(changed, nonce, withheld),
  };
}

function hide(line, nonce, withheld) {
  const [, mark, marker, body, eol] = line.match(/^(\uFEFF?)(---)?([^\r\n]*)(\r?\n?)$/) ?? [];
  if (body === undefined) throw new SpliceError('a Secret holds a line that cannot be withheld');
  withheld.push(body);
  return `${mark}${marker ?? ''}${marker ? ' ' : ''}#${nonce}:${withheld.length - 1};${eol}`;
}

function restore(text, nonce, withheld) {
  let next = 0;
  const restored = text.replace(new RegExp(`(---)?( ?)#${nonce}:(\\d+);`, 'g'), (all, marker, space, index) => {
    if (Number(index) !== next++) throw new SpliceError('the answer has a withheld line out of place');
    return (marker ?? '') + (marker ? '' : space) + withheld[index];
  });
  if (next !== withheld.length) throw new SpliceError('the answer has lost a withheld line');
  return restored;
}
