import { expect, test } from 'vitest';
import { attribute, term, termsOf, toggled, without, withTerm } from './query';

test.each([
  ['service', 'cart', 'service:cart'],
  ['operation', 'GET /cart/{id}', 'operation:"GET /cart/{id}"'],
  ['attr.file', 'C:\\temp "x"', 'attr.file:"C:\\\\temp \\"x\\""'],
  ['attr.at', '10:30', 'attr.at:"10:30"'],
  ['attr.n', '-5', 'attr.n:"-5"'],
  ['attr.empty', '', 'attr.empty:""'],
  ['attr.word', 'OR', 'attr.word:"OR"'],
  ['attr.star', 'a*', 'attr.star:"a*"'],
])('%s being %s is asked for as %s', (field, value, expected) => {
  expect(term(field, value)).toBe(expected);
});

test('what stands in quotes or parentheses is one term', () => {
  expect(termsOf('service:cart  "timed out" (a OR "b ) c") attr.x:"say \\"hi\\" now" -y')).toEqual(['service:cart', '"timed out"', '(a OR "b ) c")', 'attr.x:"say \\"hi\\" now"', '-y']);
});

test('a query that is not finished yet has terms as well', () => {
  expect(termsOf('a "b c')).toEqual(['a', '"b c']);
  expect(termsOf(') (a b')).toEqual([')', '(a b']);
});

test('an attribute with an odd name is asked for in quotes', () => {
  expect([attribute('attr.', 'http.route'), attribute('resource.', 'odd "name"')]).toEqual(['attr.http.route', 'resource."odd \\"name\\""']);
});

test('a filter is added, and taken away by the same click', () => {
  expect(toggled('level:error', 'service:cart')).toBe('level:error service:cart');
  expect(toggled('level:error service:cart', 'service:cart')).toBe('level:error');
});

test('quotes that are not needed make no difference', () => {
  expect(toggled('level:error service:cart', 'service:"cart"')).toBe('level:error');
  expect(toggled('service:"cart"', '-service:cart')).toBe('-service:cart');
  expect(toggled('name:"a b"', 'name:a')).toBe('name:"a b" name:a');
});

test('excluding takes the place of including', () => {
  expect(toggled('level:error service:cart', '-service:cart')).toBe('level:error -service:cart');
  expect(toggled('-service:cart', 'service:cart')).toBe('service:cart');
});

test('alternatives stay together when something is added, and lose an OR with nothing beside it', () => {
  expect(withTerm('a OR b', 'service:cart')).toBe('(a OR b) service:cart');
  expect(without('a OR b', 'b')).toBe('a');
  expect(without('a OR b', 'a')).toBe('b');
  expect(without('a OR b OR c', 'b')).toBe('a OR c');
  expect(without('a AND NOT b', 'NOT b')).toBe('a');
});
