import { expect, test } from 'vitest';
import type { Signal } from '../api/types';
import { joined, KEPT } from './tail';

const signals = (...ids: string[]) => ids.map((id) => ({ id }) as Signal);

test('the newest stands first, and what comes twice is shown once', () => {
  expect(joined(signals('c', 'd', 'c'), signals('b', 'a')).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
  expect(joined(signals('b', 'c'), signals('b', 'a')).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

test('only so many are kept, the oldest fall out', () => {
  const many = signals(...Array.from({ length: KEPT }, (_, i) => `old-${i}`));
  const all = joined(signals('new'), many);
  expect(all).toHaveLength(KEPT);
  expect([all[0]!.id, all.at(-1)!.id]).toEqual(['new', `old-${KEPT - 2}`]);
});
