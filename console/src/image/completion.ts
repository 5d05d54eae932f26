// What may be written at a place of a definition, by its JSON Schema.
import type { Step, YamlPlace } from './place';
import { placeAt } from './place';

type Schema = Record<string, unknown>;

export interface Offer {
  label: string;
  /** What is written; the label unless told. */
  text: string;
  detail: string;
  info?: string;
  kind: 'property' | 'enum';
  /** Understood by nobody; offered last. */
  deprecated: boolean;
}

export interface Offers {
  /** Where the word begins that an offer takes the place of. */
  from: number;
  offers: Offer[];
}

/** More than any schema nests its references. */
const DEEPEST = 20;

export function offersAt(text: string, offset: number, root: Schema): Offers | null {
  const place = placeAt(text, offset);
  if (!place) return null;
  const schemas = follow(root, place.path, place.beside);
  const offers = place.writes === 'value' ? valuesOf(schemas.flatMap((schema) => propertyOf(schema, place.key!)), root) : [...keysOf(schemas, place, root), ...valuesOf(schemas, root)];
  return offers.length > 0 ? { from: offset - place.word.length, offers } : null;
}

/** The schemas that hold where a path leads. */
function follow(root: Schema, path: readonly Step[], beside: Record<string, string>): Schema[] {
  let schemas: Schema[] = [root];
  path.forEach((step, index) => {
    schemas =
      step.key === null
        ? schemas.flatMap((schema) => holding(schema, root, {})).flatMap((schema) => (isSchema(schema.items) ? [schema.items] : []))
        : schemas.flatMap((schema) => holding(schema, root, step.beside)).flatMap((schema) => propertyOf(schema, step.key!));
    if (index > DEEPEST) schemas = [];
  });
  return schemas.flatMap((schema) => holding(schema, root, beside));
}

/** The schema with all that it refers to, and those of its conditions that the given keys fulfil. */
function holding(schema: Schema, root: Schema, given: Record<string, string>, depth = 0): Schema[] {
  if (depth > DEEPEST) return [];
  const inner = (part: unknown) => (isSchema(part) ? holding(part, root, given, depth + 1) : []);
  const all = [schema];
  if (typeof schema.$ref === 'string') all.push(...inner(pointedAt(root, schema.$ref)));
  for (const part of [...listOf(schema.allOf), ...listOf(schema.anyOf), ...listOf(schema.oneOf)]) all.push(...inner(part));
  if (isSchema(schema.if)) all.push(...inner(fulfils(schema.if, given) ? schema.then : schema.else));
  return all;
}

/** A condition on a key that is not written yet is not fulfilled, so that a module's keys are offered once its type is known. */
function fulfils(condition: Schema, given: Record<string, string>): boolean {
  if (!isSchema(condition.properties)) return false;
  return Object.entries(condition.properties).every(([key, wanted]) => {
    if (!isSchema(wanted) || given[key] === undefined) return false;
    const allowed = 'const' in wanted ? [wanted.const] : listOf(wanted.enum);
    return allowed.map(String).includes(given[key]);
  });
}

function keysOf(schemas: readonly Schema[], place: YamlPlace, root: Schema): Offer[] {
  const required = new Set(schemas.flatMap((schema) => listOf(schema.required).map(String)));
  const offers = new Map<string, Offer>();
  for (const schema of schemas) {
    for (const [key, value] of Object.entries(isSchema(schema.properties) ? schema.properties : {})) {
      // Of the keys that are there, the one being written still is a choice.
      if (!isSchema(value) || offers.has(key) || (key in place.beside && key !== place.word)) continue;
      const deprecated = value.deprecated === true;
      offers.set(key, {
        label: key,
        text: key + openingOf(value, root, place.column),
        detail: deprecated ? 'ignored' : required.has(key) ? 'required' : (typesOf(value, root).join(' or ') ?? ''),
        ...(typeof value.description === 'string' ? { info: value.description } : {}),
        kind: 'property',
        deprecated,
      });
    }
  }
  return [...offers.values()];
}

function valuesOf(schemas: readonly Schema[], root: Schema): Offer[] {
  const values = new Set<string>();
  for (const schema of schemas.flatMap((one) => holding(one, root, {}))) {
    if ('const' in schema) values.add(String(schema.const));
    for (const value of listOf(schema.enum)) values.add(String(value));
    if (listOf(schema.type).includes('boolean') && !listOf(schema.type).includes('string')) values.add('true').add('false');
    if (schema.default !== undefined) values.add(String(schema.default));
  }
  return [...values].map((value) => ({ label: value, text: value, detail: '', kind: 'enum', deprecated: false }));
}

/** What follows a key: its value on the same line, or an indented block. */
function openingOf(schema: Schema, root: Schema, column: number): string {
  const types = typesOf(schema, root);
  const block = `:\n${' '.repeat(column + 2)}`;
  if (types.includes('array')) return `${block}- `;
  return types.includes('object') ? block : ': ';
}

function typesOf(schema: Schema, root: Schema): string[] {
  return [...new Set(holding(schema, root, {}).flatMap((one) => listOf(one.type).map(String)))];
}

function propertyOf(schema: Schema, key: string): Schema[] {
  const value = isSchema(schema.properties) && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  return isSchema(value) ? [value] : [];
}

function pointedAt(root: Schema, ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined;
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (isSchema(at) ? at[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), root);
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
