import { expect, test } from 'vitest';
import { lasting, LONGEST_NAME, read, withSearch } from './saved';

test('what cannot be read is no search, and no other site is led to', () => {
  expect(read('')).toEqual([]);
  expect(read('{')).toEqual([]);
  expect(read('{"name":"a"}')).toEqual([]);
  expect(read('[{"name":"a","to":"/logs"},{"name":"b","to":"//evil.example"},{"name":"c","to":"javascript:alert(1)"},{"name":7,"to":"/logs"},null]')).toEqual([{ name: 'a', to: '/logs' }]);
});

test('a name stands for one search, and the list is by name', () => {
  const one = withSearch([], { name: 'b', to: '/logs' });
  expect(withSearch(withSearch(one, { name: 'a', to: '/spans' }), { name: 'b', to: '/logs?q=x' })).toEqual([
    { name: 'a', to: '/spans' },
    { name: 'b', to: '/logs?q=x' },
  ]);
  expect(withSearch([], { name: 'x'.repeat(500), to: '/logs' })[0]!.name).toHaveLength(LONGEST_NAME);
});

test('the list does not grow without end', () => {
  let searches = read('');
  for (let i = 0; i < 300; i++) searches = withSearch(searches, { name: `n${i}`, to: '/logs' });
  expect(searches).toHaveLength(200);
});

test('a saved search has its question, its time and its columns, and no chosen row', () => {
  expect(lasting('/logs', new URLSearchParams('q=a&from=1h&cols=time&open=1&at=2&panel=json&paused=yes'))).toBe('/logs?q=a&from=1h&cols=time');
  expect(lasting('/spans', new URLSearchParams('open=1'))).toBe('/spans');
});
