import { expect, test } from 'vitest';
import type { Edge, MapService } from '../api/services';
import { healthOf } from './health';
import { around, layoutOf } from './layout';

const node = (service: string): MapService => ({ service, calls: 1, errors: 0, error_rate: 0, p95_ms: 1, open_incidents: 0 });
const calls = (...pairs: string[]): Edge[] => pairs.map((pair) => ({ caller: pair[0]!, callee: pair[1]!, calls: 1, errors: 0, error_rate: 0, p50_ms: 1, p95_ms: 1 }));
const columns = (edges: Edge[], names = '') => {
  const { services } = layoutOf([...names].map(node), edges);
  return Object.fromEntries(services.map(({ node: { service }, column }) => [service, column]));
};

test('callers stand left of whom they call, by the longest way', () => {
  expect(columns(calls('ab', 'bc', 'ac', 'cd'))).toEqual({ a: 0, b: 1, c: 2, d: 3 });
});

test('a circle is drawn with one call going back, and a call to itself too', () => {
  const layout = layoutOf([], calls('ab', 'bc', 'ca', 'bb'));
  expect(layout.calls.map(({ edge, back }) => [edge.caller + edge.callee, back])).toEqual([
    ['ab', false],
    ['bc', false],
    ['ca', true],
    ['bb', true],
  ]);
});

test('a service without calls has a place, and one that only others tell of as well', () => {
  expect(columns(calls('ab'), 'az')).toEqual({ a: 0, b: 1, z: 0 });
});

test('the same map comes out the same, whatever the order in which it came', () => {
  const edges = calls('ad', 'ae', 'bd', 'cf', 'df', 'ef', 'fg');
  const shape = (of: Edge[]) => layoutOf([], of).services.map(({ node: { service }, column, row }) => `${service} ${column} ${row}`).toSorted();
  expect(shape(edges.toReversed())).toEqual(shape(edges));
});

test('lines do not cross where they need not', () => {
  const { calls: lines } = layoutOf([], calls('ay', 'bx'));
  const [one, two] = lines;
  expect(Math.sign(one!.from.row - two!.from.row)).toBe(Math.sign(one!.to.row - two!.to.row));
});

test('no two services share a place, and a thousand of them are placed at once', () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `s${String(i).padStart(4, '0')}`);
  const edges = names.slice(1).map((callee, i): Edge => ({ ...calls('ab')[0]!, caller: names[Math.floor(i / 3)]!, callee }));
  const { services } = layoutOf(names.map(node), edges);
  expect(new Set(services.map(({ column, row }) => `${column} ${row}`)).size).toBe(1_000);
});

test('the neighbourhood of a service reaches as far as asked, both ways', () => {
  const edges = calls('ab', 'bc', 'cd', 'xb');
  const part = (depth: number) => around('b', depth, [...'abcdx'].map(node), edges).nodes.map(({ service }) => service).join('');
  expect([part(0), part(1), part(2)]).toEqual(['b', 'abcx', 'abcdx']);
});

test('health is told by the share of calls that fail', () => {
  const health = (calls: number, error_rate: number) => healthOf({ calls, error_rate });
  expect([health(0, 0), health(10, 0), health(10, 0.01), health(10, 0.05)]).toEqual(['quiet', 'fine', 'shaky', 'failing']);
});
