import { expect, test } from 'vitest';
import { totalOf } from '../ui/text';
import { mayHaveMore } from './IncidentList';

const full = Array.from({ length: 50 }, () => ({}));

test('a list ends where its count does', () => {
  expect(mayHaveMore({ items: full, total: 120, total_capped: false, limit: 50, offset: 50 })).toBe(true);
  expect(mayHaveMore({ items: full, total: 100, total_capped: false, limit: 50, offset: 50 })).toBe(false);
});

test('a list that was not counted to its end goes on while pages are full', () => {
  expect(mayHaveMore({ items: full, total: 10_000, total_capped: true, limit: 50, offset: 9_950 })).toBe(true);
  expect(mayHaveMore({ items: [{}], total: 10_001, total_capped: true, limit: 50, offset: 10_000 })).toBe(false);
  expect(mayHaveMore({ items: full, total: 100_050, total_capped: true, limit: 50, offset: 100_000 })).toBe(false);
});

test('a count that stopped says so', () => {
  expect(totalOf({ total: 10_000, total_capped: true })).toBe('10,000 or more');
  expect(totalOf({ total: 48_213 })).toBe('48,213');
});
