import { expect, test } from 'vitest';
import type { Signal } from '../api/types';
import { addressOf, attributesOf, cellOf, columnsOf, MOST, moved, offered, USUAL, widthsOf } from './columns';

const log = {
  id: '1',
  signal_type: 'log',
  trace_id: 't1',
  service_name: 'cart',
  timestamp: '2026-01-01T00:00:00Z',
  payload: { level: 'WARN', message: 'hello', attributes: { 'http.route': '/pay', n: 0, both: 'own', 'a,b%': 'odd' }, resource: { 'host.name': 'h1', both: 'far' } },
} as unknown as Signal;

test('the address names columns in their order, and says nothing of the usual ones', () => {
  expect(columnsOf('logs', null)).toEqual(USUAL.logs);
  expect(columnsOf('logs', 'time,attr.http.route,message')).toEqual(['time', 'attr.http.route', 'message']);
  expect(addressOf('logs', ['time', 'level', 'service', 'message'])).toBeUndefined();
  expect(addressOf('logs', [])).toBeUndefined();
});

test.each([[['time', 'attr.a,b%', 'attr.%2C']], [['attr."odd name"']]])('%j comes back from the address', (columns) => {
  expect(columnsOf('spans', addressOf('spans', columns)!)).toEqual(columns);
});

test('what nobody could read is cut, what is said twice counts once, what cannot be decoded is a name', () => {
  expect(columnsOf('logs', Array.from({ length: 40 }, (_, i) => `attr.${i}`).join(','))).toHaveLength(MOST);
  expect(columnsOf('logs', 'time,time, ,attr.%zz')).toEqual(['time', 'attr.%zz']);
});

test('columns move within their bounds', () => {
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 'z', 1)).toEqual(['a', 'b']);
});

test('what is not shown is offered, of facets the attributes alone', () => {
  expect(offered('logs', ['time', 'attr.b'], ['service', 'attr.a', 'attr.b', 'resource.c'])).toEqual(['level', 'service', 'message', 'trace', 'span', 'attr.a', 'resource.c']);
  expect(attributesOf([log])).toEqual(['attr.a,b%', 'attr.both', 'attr.http.route', 'attr.n', 'resource.both', 'resource.host.name']);
});

test.each([
  ['level', 'WARN'],
  ['message', 'hello'],
  ['trace', 't1'],
  ['attr.http.route', '/pay'],
  ['http.route', '/pay'],
  ['attr.n', '0'],
  ['both', 'own'],
  ['resource.both', 'far'],
  ['attr.host.name', ''],
  ['host.name', 'h1'],
  ['attr."http.route"', '/pay'],
  ['attr.toString', ''],
  ['duration', ''],
])('%s reads %s', (column, value) => {
  expect(cellOf(log, column)).toBe(value);
});

test('texts take the room that the others leave, the last column where there is no text', () => {
  expect(widthsOf(['time', 'message', 'attr.a'])).toBe('100px minmax(0, 1fr) minmax(0, 150px)');
  expect(widthsOf(['time', 'duration'])).toBe('100px minmax(0, 1fr)');
});
