// The API as the console knows it: `openapi.json` is what of the description of a running Whence concerns its shapes, and
// `src/api/openapi.ts` are the types made of it.
//
//   node build/api.mjs                        makes the types anew from openapi.json
//   node build/api.mjs http://localhost:8080  takes over the description of the Whence that runs there first
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const DIGEST = new URL('../openapi.json', import.meta.url);
const TYPES = new URL('../src/api/openapi.ts', import.meta.url);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** What of a description concerns shapes, in an order that does not depend on which service answered first. */
export function digestOf({ paths, components }) {
  return {
    paths: mapped(paths, (item) =>
      mapped(
        Object.fromEntries(METHODS.filter((method) => item[method]).map((method) => [method, item[method]])),
        (operation) => ({
          parameters: (operation.parameters ?? [])
            .map(({ name, in: place, required = false, schema }) => ({ name, in: place, required, schema: shapeOf(schema) }))
            .toSorted((a, b) => compared(a.in + a.name, b.in + b.name)),
          body: contentOf(operation.requestBody),
          answer: contentOf(Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1]),
        }),
      ),
    ),
    schemas: mapped(components.schemas, shapeOf),
  };
}

/** The schema of what is sent as JSON; null where nothing is. */
function contentOf(body) {
  const schema = Object.entries(body?.content ?? {}).find(([type]) => /json|\*\/\*/.test(type))?.[1]?.schema;
  return schema ? shapeOf(schema) : null;
}

/** A schema without the words and limits that no type can say. */
function shapeOf(schema) {
  if (typeof schema !== 'object' || schema === null) return {};
  const shape = {};
  for (const key of ['$ref', 'type', 'enum']) if (schema[key] !== undefined) shape[key] = schema[key];
  if (schema.required) shape.required = schema.required.toSorted();
  if (schema.items) shape.items = shapeOf(schema.items);
  if (typeof schema.additionalProperties === 'object') shape.additionalProperties = shapeOf(schema.additionalProperties);
  if (schema.properties) shape.properties = mapped(schema.properties, shapeOf);
  for (const key of ['oneOf', 'anyOf', 'allOf']) if (schema[key]) shape[key] = schema[key].map(shapeOf);
  return shape;
}

function mapped(object, change) {
  return Object.fromEntries(
    Object.entries(object)
      .toSorted(([a], [b]) => compared(a, b))
      .map(([key, value]) => [key, change(value)]),
  );
}

/** By code unit, which is the same on every machine. */
function compared(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A digest as the file has it. */
export function digestText(digest) {
  return `${JSON.stringify(digest, null, 1)}\n`;
}

/** The types of a digest, as a file of TypeScript. */
export function typesOf({ paths, schemas }) {
  const lines = [
    '// Made by build/api.mjs from openapi.json. Do not edit.',
    '',
    '/** What the API sends and takes. The description does not say what may be missing or null; each property may. */',
    'export interface Schemas {',
    ...Object.entries(schemas).map(([name, schema]) => `  ${keyOf(name)}: ${typeOf(schema, '  ')};`),
    '}',
    '',
    '/** What a GET answers, by path. */',
    'export interface Answers {',
    ...Object.entries(paths)
      .filter(([, item]) => item.get?.answer)
      .map(([path, item]) => `  ${keyOf(path)}: ${typeOf(item.get.answer, '  ')};`),
    '}',
    '',
  ];
  return lines.join('\n');
}

function typeOf(schema, indent) {
  if (schema.$ref) return `Schemas[${quoted(schema.$ref.split('/').at(-1))}]`;
  if (schema.enum) return schema.enum.map((value) => (typeof value === 'string' ? quoted(value) : String(value))).join(' | ');
  const parts = schema.oneOf ?? schema.anyOf;
  if (parts) return parts.map((part) => typeOf(part, indent)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part, indent)).join(' & ');
  const types = [schema.type ?? 'any'].flat();
  return types.map((type) => plainTypeOf(type, schema, indent)).join(' | ');
}

function plainTypeOf(type, schema, indent) {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `${grouped(typeOf(schema.items ?? {}, indent))}[]`;
    case 'object': {
      if (schema.properties) {
        const inner = `${indent}  `;
        const required = new Set(schema.required ?? []);
        const members = Object.entries(schema.properties).map(([name, property]) => `${inner}${keyOf(name)}${required.has(name) ? '' : '?'}: ${typeOf(property, inner)};`);
        return `{\n${members.join('\n')}\n${indent}}`;
      }
      // An object of which nothing is known is any JSON: the description has no other word for it.
      if (!schema.additionalProperties) return 'unknown';
      return `Record<string, ${typeOf(schema.additionalProperties, indent)}>`;
    }
    default:
      return 'unknown';
  }
}

function grouped(type) {
  return /[|&]/.test(type.replace(/\{[\s\S]*\}/, '')) ? `(${type})` : type;
}

function keyOf(name) {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

function quoted(text) {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const base = process.argv[2];
  if (base) {
    const answer = await fetch(new URL('/openapi.json', base));
    if (!answer.ok) throw new Error(`${base} answered ${answer.status}`);
    const document = await answer.json();
    if (/Not answering now/.test(document.info.description)) throw new Error(document.info.description);
    writeFileSync(DIGEST, digestText(digestOf(document)));
  }
  writeFileSync(TYPES, typesOf(JSON.parse(readFileSync(DIGEST, 'utf8'))));
}
