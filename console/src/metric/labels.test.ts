import { expect, test } from 'vitest';
import { labelsOf } from './labels';

test('series are called by what they differ in', () => {
  const resource = { 'host.name': 'a', 'service.version': '1' };
  expect(
    labelsOf([
      { attributes: { pool: 'main', state: 'used' }, resource },
      { attributes: { pool: 'spare', state: 'used' }, resource },
      { attributes: {}, resource: { ...resource, 'host.name': 'b' } },
    ]),
  ).toEqual(['pool main, state used, host.name a', 'pool spare, state used, host.name a', 'host.name b']);
});

test('one alone needs no name', () => {
  expect(labelsOf([{ attributes: { pool: 'main' }, resource: {} }])).toEqual(['the only series']);
});

test('one that says nothing beside others is called so', () => {
  expect(labelsOf([{ attributes: {}, resource: {} }, { attributes: { n: 1 }, resource: {} }])).toEqual(['without attributes', 'n 1']);
});
