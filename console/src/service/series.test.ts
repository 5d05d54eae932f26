import { expect, test } from 'vitest';
import { bottomOf, lineOf, topOf } from './series';

test('a line goes through what is known and is broken where nothing is', () => {
  expect(lineOf([0, 10, null, 5, 5], 10, 50, 100)).toBe('M5 100L15 0M35 50L45 50');
});

test('a single value is seen', () => {
  expect(lineOf([null, 5, null], 10, 30, 100)).toBe('M10 50H20');
});

test('nothing known is no line', () => {
  expect([lineOf([], 1, 10, 10), lineOf([null], 1, 10, 10)]).toEqual(['', '']);
});

test.each([
  [[0, null], 1],
  [[7], 10],
  [[12], 20],
  [[0.23], 0.25],
  [[250], 250],
])('%j fits below %s', (values, top) => {
  expect(topOf(values)).toBeCloseTo(top, 9);
});

test('what lies below zero is drawn below it', () => {
  expect(bottomOf([3, -7, null])).toBe(-10);
  expect(bottomOf([3, null])).toBe(0);
  expect(lineOf([10, -10], 10, 20, 100, -10)).toBe('M5 0L15 100');
});
