import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { digestOf, digestText, typesOf } from './api.mjs';

const text = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const digest = JSON.parse(text('../openapi.json'));

test('the types are those of openapi.json; node build/api.mjs makes them anew', () => {
  expect(text('../src/api/openapi.ts')).toBe(typesOf(digest));
});

test('every path that the console asks for is one of the API', () => {
  const known = Object.keys(digest.paths).map((path) => new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+')}$`));
  const asked = usedPaths();
  expect(asked.length).toBeGreaterThan(40);
  // Where the rest of a path is put together elsewhere, its beginning has to do.
  const begins = (path) => path.endsWith('/{}') && Object.keys(digest.paths).some((one) => one.startsWith(path.slice(0, -2)));
  expect(asked.filter((path) => !known.some((pattern) => pattern.test(path)) && !begins(path))).toEqual([]);
});

/** Whatever the api modules write as a path of the gateway, with {} for what is put into it. */
function usedPaths() {
  const folder = new URL('../src/api/', import.meta.url);
  const found = new Set();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'openapi.ts')) {
    let source = readFileSync(new URL(name, folder), 'utf8');
    for (const [, constant, path] of source.matchAll(/const (\w+) = '(\/[^']+)'/g)) source = source.replaceAll(`\${${constant}}`, path).replace(`const ${constant} = '${path}'`, '');
    for (const [, path] of source.matchAll(/[`'](\/(?:query|api|runs|steps|analyze)\b[^`']*)[`']/g)) {
      // What stands at the end without a slash before it are parameters.
      const plain = path.replace(/\?.*$/s, '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '{}').replace(/(?<!\/)\{\}$/, '');
      found.add(plain);
    }
  }
  return [...found];
}

test('a description is digested to what types can say, in one order', () => {
  const one = {
    info: { version: '1' },
    paths: { '/b': { get: { operationId: 'x', parameters: [{ name: 'q', in: 'query', description: 'words', schema: { type: 'string', maxLength: 5 } }], responses: { 404: {}, 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } } } } }, '/a': { parameters: [], post: { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } }, responses: { 204: {} } } } },
    components: { schemas: { A: { type: 'object', properties: { b: { type: 'integer', format: 'int64' }, a: { type: 'array', items: { type: 'string', enum: ['x', "y'"] } } }, required: ['b'] } } },
  };
  const digest = digestOf(one);
  expect(Object.keys(digest.paths)).toEqual(['/a', '/b']);
  expect(digest.paths['/b'].get).toEqual({ parameters: [{ name: 'q', in: 'query', required: false, schema: { type: 'string' } }], body: null, answer: { $ref: '#/components/schemas/A' } });
  expect(digestText(digestOf({ ...one, info: { version: '2' } }))).toBe(digestText(digest));
  expect(typesOf(digest)).toContain("  A: {\n    a?: ('x' | 'y\\'')[];\n    b: number;\n  };");
  expect(typesOf(digest)).toContain("  '/b': Schemas['A'];");
});
