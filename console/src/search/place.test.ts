import { expect, test } from 'vitest';
import { placeOf } from './place';

test('the place of a mistake is told by its pointer', () => {
  expect(placeOf({ fields: [{ pointer: '/q/17', message: 'a value is missing' }] })).toEqual({ position: 17, message: 'a value is missing' });
});

test('a mistake elsewhere has no place in the question', () => {
  expect(placeOf({ fields: [{ pointer: '/baseline/3', message: 'm' }] })).toBeUndefined();
  expect(placeOf({ fields: [] })).toBeUndefined();
});
