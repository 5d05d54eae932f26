// What differs between two versions: lines out of a unified diff, and fields.
import type { Content } from '../api/images';

export type LineKind = 'same' | 'removed' | 'added';

export interface DiffLine {
  kind: LineKind;
  /** From 1; null on the side where the line is not. */
  before: number | null;
  after: number | null;
  text: string;
}

export interface Hunk {
  lines: DiffLine[];
}

/** A line of both sides; null where a side has nothing beside the other's line. */
export interface DiffRow {
  before: DiffLine | null;
  after: DiffLine | null;
}

const HEAD = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

export function hunksOf(unified: string): Hunk[] {
  const hunks: Hunk[] = [];
  let before = 0;
  let after = 0;
  for (const line of unified.split('\n')) {
    const head = HEAD.exec(line);
    if (head) {
      before = Number(head[1]);
      after = Number(head[2]);
      hunks.push({ lines: [] });
      continue;
    }
    const lines = hunks.at(-1)?.lines;
    // What stands before the first hunk names the versions; what begins with \ tells of a missing line feed.
    if (!lines || line.startsWith('\\')) continue;
    const text = line.slice(1);
    if (line.startsWith('-')) lines.push({ kind: 'removed', before: before++, after: null, text });
    else if (line.startsWith('+')) lines.push({ kind: 'added', before: null, after: after++, text });
    else if (line.startsWith(' ')) lines.push({ kind: 'same', before: before++, after: after++, text });
  }
  return hunks;
}

/** Removed lines beside those that took their place. */
export function sidesOf({ lines }: Hunk): DiffRow[] {
  const rows: DiffRow[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) rows.push({ before: removed[i] ?? null, after: added[i] ?? null });
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
    else {
      flush();
      rows.push({ before: line, after: line });
    }
  }
  flush();
  return rows;
}

/** Fields beside the text that differ, each a sentence. */
export function changesOf(before: Content, after: Content): string[] {
  const said: string[] = [];
  const compare = (what: string, from: string, to: string) => {
    if (from !== to) said.push(`${what}: ${from || 'none'} → ${to || 'none'}`);
  };
  compare('Name', before.name, after.name);
  compare('Description', before.description ?? '', after.description ?? '');
  compare('Image type', before.image_type, after.image_type);
  compare('Fedora version', before.fedora_version, after.fedora_version);
  compare('Plymouth', before.enable_plymouth ? 'on' : 'off', after.enable_plymouth ? 'on' : 'off');
  compare('Artefacts', before.artifact_kinds.join(', '), after.artifact_kinds.join(', '));
  return said;
}
