// Reads target/bom.json (CycloneDX, of the Java modules), adds what the console is built from, writes it again, and writes
// docs/licences.md. Fails if a licence is not allowed, and with --check if docs/licences.md would change.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const rules = JSON.parse(read('release/allowed-licences.json'));

/** Names that say the same, as one SPDX identifier. */
const spdx = (name) => {
  const known = Object.entries(rules.names).find(([, names]) => names.includes(name.trim()));
  return known ? known[0] : name.trim();
};

/** Whether one of the licences to choose from is allowed. */
const allowed = (one) => one.licences.some((licence) => rules.allowed.includes(licence)) || rules.components[one.name]?.allowed;

const library = (group, name, version, licences) => ({ name: group ? `${group}:${name}` : name, version, licences });

const java = (bom) => (bom.components ?? [])
  .filter((component) => component.group !== 'dev.whence')
  .map((component) => library(component.group, component.name, component.version,
    rules.components[`${component.group}:${component.name}`]?.licences ?? [...new Set((component.licenses ?? [])
      .flatMap((one) => (one.expression ? one.expression.split(' OR ') : [one.license.id ?? one.license.name]))
      .map((name) => spdx(name.replace(/[()]/g, ''))))]));

const npm = (lock) => Object.entries(lock.packages)
  .filter(([path, facts]) => path.startsWith('node_modules/') && !facts.dev && !facts.optional)
  .map(([path, facts]) => library('', path.replace(/^.*node_modules\//, ''), facts.version,
    (facts.license ?? '').replace(/[()]/g, '').split(' OR ').filter(Boolean).map(spdx)));

const table = (libraries) => libraries
  .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  .map((one) => `| ${one.name} | ${one.version} | ${one.licences.join(' or ')} |`)
  .join('\n');

const bom = JSON.parse(read('target/bom.json'));
bom.components = bom.components.filter((component) => !component.purl?.startsWith('pkg:npm/'));
const ofJava = java(bom);
const ofConsole = npm(JSON.parse(read('console/package-lock.json')));

bom.components.push(...ofConsole.map((one) => ({
  type: 'library', name: one.name, version: one.version, 'bom-ref': `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
  purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
  licenses: one.licences.length === 1 ? [{ license: { id: one.licences[0] } }] : [{ expression: one.licences.join(' OR ') }],
})));
writeFileSync(join(root, 'target/bom.json'), JSON.stringify(bom, null, 2) + '\n');

const page = `# Licences

Whence is under the [Apache License 2.0](../LICENSE). What its jars and its console bring along, with the licences each may be used under; written by
\`release/bill-of-materials.sh\`, which fails when a licence is none of \`release/allowed-licences.json\`. What only tests and builds use is not part of a
release and not listed.

## Java

| library | version | licence |
|---|---|---|
${table(ofJava)}

## Console

| library | version | licence |
|---|---|---|
${table(ofConsole)}
`;

const refused = [...ofJava, ...ofConsole].filter((one) => !allowed(one));
for (const one of refused) {
  console.error(`${one.name} ${one.version}: ${one.licences.join(' or ') || 'no licence named'} is not allowed`);
}
if (process.argv.includes('--check')) {
  if (page !== read('docs/licences.md')) {
    console.error('docs/licences.md is not what the bill of materials says: run release/bill-of-materials.sh and commit it');
    process.exitCode = 1;
  }
}
else {
  writeFileSync(join(root, 'docs/licences.md'), page);
}
if (refused.length > 0) {
  process.exitCode = 1;
}
console.log(`${ofJava.length} libraries of Java, ${ofConsole.length} of the console, ${refused.length} refused`);
