// Runs a command unless it ran before on exactly these inputs: node if-changed.mjs STAMP INPUT… -- COMMAND…
// The build of the Java modules comes by often; npm has something to do rarely.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const split = process.argv.indexOf('--');
const [stamp, ...inputs] = process.argv.slice(2, split);
const [command, ...args] = process.argv.slice(split + 1);

const hash = createHash('sha256').update(process.version);
for (const input of inputs) add(input);
const state = hash.digest('hex');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) {
  process.exit(0);
}
const { status } = spawnSync(command, args, { stdio: 'inherit' });
if (status === 0) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}
process.exit(status ?? 1);

function add(path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).toSorted()) add(join(path, name));
  } else {
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
}
