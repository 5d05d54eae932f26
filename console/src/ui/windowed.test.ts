import { expect, test } from 'vitest';
import { scrollFor, sliceOf } from './windowed';

test('of a hundred thousand rows only those in sight are drawn, and a few around them', () => {
  expect(sliceOf(0, 600, 24, 100_000)).toEqual({ first: 0, end: 37 });
  expect(sliceOf(1_200_000, 600, 24, 100_000)).toEqual({ first: 49_988, end: 50_037 });
});

test('at the end the last row is drawn, also after the list has become shorter', () => {
  expect(sliceOf(2_399_400, 600, 24, 100_000).end).toBe(100_000);
  expect(sliceOf(2_399_400, 600, 24, 30)).toEqual({ first: 0, end: 30 });
});

test('a list that is not measured yet draws its beginning', () => {
  expect(sliceOf(0, 0, 24, 5)).toEqual({ first: 0, end: 5 });
  expect(sliceOf(0, 0, 24, 0)).toEqual({ first: 0, end: 0 });
});

test('a row in sight moves nothing, one outside is brought in from its side', () => {
  expect(scrollFor(10, 100, 600, 24)).toBe(100);
  expect(scrollFor(2, 480, 600, 24)).toBe(24);
  expect(scrollFor(50, 0, 600, 24)).toBe(52 * 24 - 600);
  expect(scrollFor(0, 480, 600, 24)).toBe(0);
});
