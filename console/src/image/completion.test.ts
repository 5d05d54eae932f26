import { expect, test } from 'vitest';
import { offersAt } from './completion';

// The form of the one that is served: references, conditions on a module's type, enums, lists of objects.
const SCHEMA = {
  required: ['name', 'modules'],
  properties: {
    name: { type: ['string', 'null'] },
    modules: { type: 'array', items: { $ref: '#/$defs/module' } },
    'image-type': { enum: ['fedora-bootc', 'fedora-lxqt'] },
    'image-version': { deprecated: true, description: 'Ignored: the option counts' },
    build: { type: 'object', properties: { enable_rke2: { type: 'boolean' } } },
  },
  $defs: {
    module: {
      type: 'object',
      required: ['type'],
      properties: { type: { anyOf: [{ enum: ['files', 'script'] }, { type: 'string' }] }, condition: { $ref: '#/$defs/condition' } },
      allOf: [
        {
          if: { properties: { type: { const: 'files' } } },
          then: {
            properties: { files: { type: 'array', items: { type: 'object', properties: { src: { type: 'string' }, mode: { type: ['string', 'integer'], default: '0644' } } } } },
          },
        },
        { if: { properties: { type: { const: 'script' } } }, then: { properties: { scripts: { type: 'array', items: { type: 'string' } } } } },
      ],
    },
    condition: { type: 'string', description: 'Comparisons' },
  },
};

function offers(text: string) {
  return offersAt(text.replace('‸', ''), text.indexOf('‸'), SCHEMA);
}

const labels = (text: string) => offers(text)?.offers.map(({ label }) => label);

test('at the top, the keys that are not there yet', () => {
  expect(labels('name: x\n‸')).toEqual(['modules', 'image-type', 'image-version', 'build']);
});

test('what takes the place of the word opens what belongs there', () => {
  const found = offers('mod‸');
  expect(found?.from).toBe(0);
  expect(found?.offers.find(({ label }) => label === 'modules')).toMatchObject({ text: 'modules:\n  - ', detail: 'required' });
  expect(found?.offers.find(({ label }) => label === 'build')).toMatchObject({ text: 'build:\n  ', detail: 'object' });
  expect(found?.offers.find(({ label }) => label === 'image-version')).toMatchObject({ text: 'image-version: ', deprecated: true, info: 'Ignored: the option counts' });
});

test.each([
  ['image-type: fe‸', ['fedora-bootc', 'fedora-lxqt']],
  ['modules:\n  - type: ‸', ['files', 'script']],
  ['build:\n  enable_rke2: ‸', ['true', 'false']],
  ['modules:\n  - type: files\n    files:\n      - src: a\n        mode: ‸', ['0644']],
])('%j offers the values %j', (text, expected) => {
  expect(labels(text)).toEqual(expected);
});

test('a module has the keys of its type', () => {
  expect(labels('modules:\n  - type: files\n    ‸')).toEqual(['condition', 'files']);
  expect(labels('modules:\n  - type: script\n    ‸')).toEqual(['condition', 'scripts']);
  expect(labels('modules:\n  - ‸')).toEqual(['type', 'condition']);
});

test('the type of a module is known inside of its lists', () => {
  expect(labels('modules:\n  - type: files\n    files:\n      - ‸')).toEqual(['src', 'mode']);
});

test.each(['name: ‸', 'unknown:\n  ‸', '# ‸', 'modules:\n  - type: script\n    scripts:\n      - |\n        if‸'])('%j offers nothing', (text) => {
  expect(offers(text)).toBeNull();
});

test('a schema that refers to itself comes to an end', () => {
  expect(offersAt('', 0, { $ref: '#' })).toBeNull();
});
