// Whether the console knows the API as it is: the description of a real Whence, whose address WHENCE_URL says, against
// what the console's types are made of.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { digestOf } from '../build/api.mjs';

const BASE = process.env.WHENCE_URL;
const skip = BASE ? false : 'WHENCE_URL does not say where Whence is';

test('openapi.json is what Whence says of itself; node build/api.mjs ADDRESS takes it over', { skip }, async () => {
  const answer = await fetch(`${BASE}/openapi.json`);
  assert.equal(answer.status, 200);
  const document = await answer.json();
  assert.doesNotMatch(document.info.description, /Not answering now/);
  const known = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));
  // Only what differs: the whole would fill screens.
  assert.deepEqual(differences(digestOf(document), known), []);
});

function differences(real, known) {
  return ['paths', 'schemas'].flatMap((part) =>
    [...new Set([...Object.keys(real[part]), ...Object.keys(known[part])])]
      .filter((name) => JSON.stringify(real[part][name]) !== JSON.stringify(known[part][name]))
      .map((name) => `${name}: Whence has ${JSON.stringify(real[part][name])}, the console knows ${JSON.stringify(known[part][name])}`),
  );
}
