import { expect, test } from 'vitest';
import { affectedMap } from './affectedMap';
import type { Cause } from './cause';

const step = (from: string, to: string) => ({ from, to, statement: `${from} to ${to}` });

function cause(parts: Partial<Cause>): Cause {
  return { verdict: 'CONCLUSIVE', confidence: 90, headline: 'h', hypotheses: [], firmness: null, path: [], ruledOut: [], blast: {}, timeline: [], window: undefined, narration: '', report: '', ...parts };
}

const blames = (service: string) => [{ rank: 1, service, score: 1, statement: 's' }];

test('the callers stand left of those they call, with the cause and the symptom named', () => {
  const map = affectedMap(cause({ hypotheses: blames('stock'), path: [step('stock', 'cart'), step('cart', 'web')], blast: { services: ['web', 'cart', 'stock', 'mail'], calls: [{ caller: 'web', callee: 'cart' }, { caller: 'cart', callee: 'stock' }, { caller: 'web', callee: 'mail' }] } }));
  const at = (service: string) => map.nodes.find((node) => node.service === service);
  expect(at('web')).toMatchObject({ column: 0, role: 'symptom' });
  expect(at('cart')).toMatchObject({ column: 1, role: 'between' });
  expect(at('stock')).toMatchObject({ column: 2, role: 'cause' });
  expect(at('mail')).toMatchObject({ column: 1, role: 'affected' });
  expect(map.edges.map((edge) => edge.step)).toEqual([2, 1, null]);
});

test('a path is drawn even where no call is told', () => {
  const map = affectedMap(cause({ hypotheses: blames('b'), path: [step('b', 'a')] }));
  expect(map.edges).toEqual([{ caller: 'a', callee: 'b', step: 1, statement: 'b to a' }]);
});

test('services that call each other in a circle still get their places', () => {
  const calls = ['a', 'b', 'c'].map((caller, index, all) => ({ caller, callee: all[(index + 1) % 3] ?? '' }));
  const map = affectedMap(cause({ hypotheses: blames('a'), blast: { services: ['a', 'b', 'c'], calls } }));
  expect(map.nodes).toHaveLength(3);
  expect(new Set(map.nodes.map((node) => `${node.column}/${node.row}`)).size).toBe(3);
});

test('hundreds of affected services are cut to what can be read', () => {
  const services = Array.from({ length: 300 }, (_, index) => `s${index}`);
  expect(affectedMap(cause({ blast: { services } })).nodes).toHaveLength(24);
});
