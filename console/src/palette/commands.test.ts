import { expect, test } from 'vitest';
import { commandsFor } from './commands';

const known = {
  pages: [
    ['/incidents', 'Incidents'],
    ['/services', 'Services'],
    ['/settings', 'Settings'],
  ] as const,
  services: ['inventory-service', 'cart', 'shopping-cart'],
  incidents: [],
  saved: [{ name: 'Slow carts', to: '/spans?q=service%3Acart' }],
};
const labels = (text: string) => commandsFor(text, known).map(({ kind, label }) => `${kind} ${label}`);

test('without a text there are the pages', () => {
  expect(labels(' ')).toEqual(['page Incidents', 'page Services', 'page Settings', 'saved Slow carts']);
});

test('an id of a trace leads to the trace first, a UUID to an incident', () => {
  expect(commandsFor('4bf92f3577b34da6a3ce929d0e0e4736', known)[0]).toMatchObject({ kind: 'trace', to: '/traces/4bf92f3577b34da6a3ce929d0e0e4736' });
  expect(labels('7d2f3f0e-5a5e-4a55-9a39-7d1f5f3a0154').slice(0, 2)).toEqual(['incident 7d2f3f0e-5a5e-4a55-9a39-7d1f5f3a0154', 'trace 7d2f3f0e-5a5e-4a55-9a39-7d1f5f3a0154']);
});

test('what begins with the text comes before what contains it', () => {
  expect(labels('cart').slice(0, 3)).toEqual(['saved Slow carts', 'service cart', 'service shopping-cart']);
  expect(labels('SE')[0]).toBe('page Services');
});

test('any word may be the id of a trace, a sentence is searched for', () => {
  expect(labels('req-1').at(-1)).toBe('trace req-1');
  expect(labels('timed out')).toEqual(['search Search logs for timed out', 'search Search spans for timed out']);
});

test('what was typed arrives as it was typed', () => {
  expect(commandsFor('a/b&c', known).map(({ to }) => to)).toEqual(['/logs?q=a%2Fb%26c', '/spans?q=a%2Fb%26c', '/traces/a%2Fb%26c']);
});

test('a saved search is found by its name', () => {
  expect(commandsFor('slow', known)[0]).toEqual({ kind: 'saved', label: 'Slow carts', to: '/spans?q=service%3Acart' });
});
