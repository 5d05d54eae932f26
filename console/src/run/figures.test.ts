import { expect, test } from 'vitest';
import { between, money, percent } from './figures';

test('a share that is nearly all is not all', () => {
  expect([0, 1, 0.9, 0.59, 0.986, 0.9996, 0.004, 2].map(percent)).toEqual(['0 %', '100 %', '90 %', '59 %', '98.6 %', '99.96 %', '0.4 %', '200 %']);
  expect([null, undefined, Number.NaN].map(percent)).toEqual(['–', '–', '–']);
});

test('money keeps the digits that say something', () => {
  expect([0, 0.00042, 0.0315, 0.5, 12.345, 12_345.6].map(money)).toEqual(['0', '0.00042', '0.0315', '0.5', '12.35', '12,346']);
});

test('no time lies between what is no time', () => {
  expect(between('2026-01-01T00:00:00Z', null)).toBeNull();
  expect(between('2026-01-01T00:00:00Z', '2026-01-01T00:00:01')).toBe(1000);
});
