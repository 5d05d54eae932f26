// Fails where the first page asks too much of a slow line: everything that the browser loads before it draws anything, as
// it travels. `node build/size.mjs` after a build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Of bytes, compressed. */
const MOST = 250_000;

const ROOT = fileURLToPath(new URL('../target/classes/static/', import.meta.url));

const page = readFileSync(join(ROOT, 'index.html'), 'utf8');
const wanted = [...page.matchAll(/<(?:script|link)[^>]*(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((match) => match[1]);
const loaded = new Set();
// Scripts that a script needs before it runs are loaded with it, whether the page names them or not.
for (const file of wanted) load(file);

function load(file) {
  if (loaded.has(file)) return;
  loaded.add(file);
  if (!file.endsWith('.js')) return;
  const script = readFileSync(join(ROOT, file), 'utf8');
  for (const [, name] of script.matchAll(/\b(?:import|from)\s*"\.\/([^"]+\.js)"/g)) load(`assets/${name}`);
}

const sizes = [...loaded].map((file) => ({ file, size: gzipSync(readFileSync(join(ROOT, file))).length }));
const sum = sizes.reduce((total, { size }) => total + size, gzipSync(page).length);
if (wanted.length === 0) fail('The page names no script: this check looks for the wrong thing');
console.log(`The first page loads ${kilobytes(sum)} in ${sizes.length} files; ${kilobytes(MOST)} are allowed.`);
if (sum > MOST) fail(sizes.map(({ file, size }) => `  ${kilobytes(size)}  ${file}`).join('\n'));

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function fail(text) {
  console.error(text);
  process.exit(1);
}
