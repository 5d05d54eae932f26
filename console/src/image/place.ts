// What stands around a place in a YAML text of block style, even while it is being written and is no YAML yet.

/** A step from the whole text to the place: a key, or an item of a list (null). */
export interface Step {
  key: string | null;
  /** The keys that stand beside this one, with their values on one line. */
  beside: Record<string, string>;
}

export interface YamlPlace {
  /** The keys and items around the place, from the outside inwards. */
  path: Step[];
  /** The keys of the mapping that the place is in. */
  beside: Record<string, string>;
  /** Whether a key is written here, or the value of `key`. */
  writes: 'key' | 'value';
  key: string | null;
  /** What is there of the word, up to the place. */
  word: string;
  /** Where the word's line is indented to. */
  column: number;
}

interface Token {
  column: number;
  /** Null for the dash of an item. */
  key: string | null;
  value: string;
}

const DASH = /^-(?:\s+|$)/;
const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s#"'[\]{},&*!|>%@`-][^#:]*?|-[^\s#:][^#:]*?))\s*:(?:\s+|$)/;
const LITERAL = /^[|>][+-]?\d?[+-]?(?:\s+#.*)?$/;

/** The place, or null where nothing can be said of it: in a comment, a literal block, or flow style. */
export function placeAt(text: string, offset: number): YamlPlace | null {
  const lines = text.split('\n');
  const number = text.slice(0, offset).split('\n').length - 1;
  const line = lines[number] ?? '';
  const head = line.slice(0, offset - (text.lastIndexOf('\n', offset - 1) + 1));
  const tokens = tokensOf(head);
  const rest = restOf(head, tokens);
  if (rest.text.startsWith('#') || /\s#/.test(rest.text)) return null;
  const last = tokens.at(-1);
  const isValue = last !== undefined && last.key !== null;
  const word = rest.text.trimStart();
  if (!/^[\w.@/:-]*$/.test(word)) return null;

  const column = isValue ? last.column : rest.column;
  const outer = isValue ? tokens.slice(0, -1) : tokens;
  const path = pathTo(lines, number, column, outer);
  if (path === null) return null;
  return {
    path,
    beside: besideOf(lines, number, column),
    writes: isValue ? 'value' : 'key',
    key: isValue ? last.key : null,
    word,
    column,
  };
}

/** Dashes and the key at the beginning of a line. */
function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let column = line.length - line.trimStart().length;
  for (;;) {
    const rest = line.slice(column);
    const dash = DASH.exec(rest);
    if (dash) {
      tokens.push({ column, key: null, value: rest.slice(dash[0].length) });
      column += dash[0].length;
      continue;
    }
    const key = KEY.exec(rest);
    if (key) tokens.push({ column, key: key[1] ?? key[2] ?? key[3] ?? '', value: rest.slice(key[0].length).trim() });
    return tokens;
  }
}

function restOf(head: string, tokens: readonly Token[]): { text: string; column: number } {
  const last = tokens.at(-1);
  if (!last) {
    const text = head.trimStart();
    return { text, column: head.length - text.length };
  }
  const text = last.value;
  return { text, column: head.length - text.length };
}

/** Upwards: whatever is indented less than all that was seen encloses the place. */
function pathTo(lines: readonly string[], number: number, column: number, own: readonly Token[]): Step[] | null {
  const path: Step[] = [];
  let limit = column;
  let ofItem = false;
  const climb = (tokens: readonly Token[], line: number): boolean => {
    for (const token of tokens.toReversed()) {
      // A list may begin in the column of the key that it belongs to.
      const encloses = token.key === null ? token.column < limit : token.column < limit || (ofItem && token.column === limit);
      if (!encloses) continue;
      if (LITERAL.test(token.value)) return false;
      path.unshift({ key: token.key, beside: token.key === null ? {} : besideOf(lines, line, token.column) });
      limit = token.column;
      ofItem = token.key === null;
    }
    return true;
  };
  if (!climb(own, number)) return null;
  for (let line = number - 1; line >= 0 && (limit > 0 || ofItem); line--) {
    const text = lines[line]!;
    if (isBlank(text)) continue;
    if (!climb(tokensOf(text), line)) return null;
  }
  return path;
}

/** The keys of the mapping that has a key in this line and column. */
function besideOf(lines: readonly string[], number: number, column: number): Record<string, string> {
  const found: Record<string, string> = {};
  /** Takes a key of the mapping; says whether the mapping begins in this line. */
  const take = (line: string): boolean => {
    const tokens = tokensOf(line);
    for (const token of tokens) {
      if (token.key !== null && token.column === column) found[token.key] = unquoted(token.value);
    }
    return tokens.some((token) => token.key === null && token.column < column);
  };
  let begins = take(lines[number] ?? '');
  for (let line = number - 1; line >= 0 && !begins; line--) {
    const text = lines[line]!;
    if (isBlank(text)) continue;
    const indent = indentOf(text);
    if (indent >= column || startsItemAt(text, column)) begins = take(text) && indent < column;
    else break;
  }
  for (let line = number + 1; line < lines.length; line++) {
    const text = lines[line]!;
    if (isBlank(text)) continue;
    if (indentOf(text) < column) break;
    take(text);
  }
  return found;
}

function startsItemAt(line: string, column: number): boolean {
  return tokensOf(line).some((token) => token.key !== null && token.column === column);
}

function unquoted(value: string): string {
  return value.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function isBlank(line: string): boolean {
  const text = line.trim();
  return text === '' || text.startsWith('#');
}
