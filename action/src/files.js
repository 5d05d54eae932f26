// Finding and writing files: only regular files inside the workspace, never through a symbolic link.
import { randomBytes } from 'node:crypto';
import { lstat, open, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const NEVER = new Set(['.git', 'node_modules']);

/** Paths relative to the root, with slashes, sorted, that some glob includes and none excludes. */
export async function find(root, globs) {
  const include = globs.filter((glob) => !glob.startsWith('!')).map(toPattern);
  const exclude = globs.filter((glob) => glob.startsWith('!')).map((glob) => toPattern(glob.slice(1)));
  const found = [];
  for await (const file of walk(root, '')) {
    if (include.some((one) => one.test(file)) && !exclude.some((one) => one.test(file))) found.push(file);
  }
  return found.sort();
}

export async function* walk(root, folder) {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  for (const entry of entries) {
    const name = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory() && !NEVER.has(entry.name)) yield* walk(root, name);
    else if (entry.isFile()) yield name;
  }
}

/** **, *, ? and {a,b}; a path is matched as a whole. */
export function toPattern(glob) {
  const text = glob.replace(/^\.\//, '');
  let pattern = '';
  let braces = 0;
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (text.startsWith('**/', i)) {
      pattern += '(?:[^/]+/)*';
      i += 2;
    } else if (text.startsWith('**', i)) {
      pattern += '.*';
      i += 1;
    } else if (ch === '*') pattern += '[^/]*';
    else if (ch === '?') pattern += '[^/]';
    else if (ch === '{') {
      pattern += '(?:';
      braces++;
    } else if (ch === '}' && braces > 0) {
      pattern += ')';
      braces--;
    } else if (ch === ',' && braces > 0) pattern += '|';
    else pattern += ch.replace(/[.+^$()|[\]\\{}]/, '\\$&');
  }
  return new RegExp(`^${pattern}${')'.repeat(braces)}$`);
}

/** The file's bytes, or null for what must not be touched. */
export async function readInside(root, file, maxSize) {
  const full = path.join(root, file);
  const [base, real, stat] = await Promise.all([realpath(root), realpath(full), lstat(full)]);
  if (!stat.isFile() || !(real === base || real.startsWith(base + path.sep)) || stat.size > maxSize) return null;
  return readFile(full);
}

/** All or nothing, with the old file's permissions. */
export async function writeAtomically(root, file, bytes) {
  const full = path.join(root, file);
  const { mode } = await lstat(full);
  const temporary = path.join(path.dirname(full), `.${path.basename(full)}.${randomBytes(6).toString('hex')}`);
  let handle;
  try {
    handle = await open(temporary, 'wx', mode & 0o777);
    await handle.writeFile(bytes);
    await handle.chmod(mode & 0o777);
    await handle.sync();
    await handle.close();
    handle = undefined;
    await rename(temporary, full);
  } catch (error) {
    await handle?.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}
