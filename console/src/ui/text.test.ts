import { expect, test } from 'vitest';
import { bytes, percent, perSecond, plain, valueText } from './text';

test('characters that deceive are written out', () => {
  expect(plain('a\u202Eb\u200Bc\u0000d\u001b[31m')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d⟨U+001B⟩[31m');
});

test('ordinary text, tabs and line feeds stay as they are', () => {
  expect(plain('größe\t漢字 🙂\nnext\r\nlast')).toBe('größe\t漢字 🙂\nnext\nlast');
});

test('every value has a text', () => {
  expect([valueText(null), valueText(0), valueText(false), valueText(['a'])]).toEqual(['–', '0', 'false', '[\n  "a"\n]']);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [123_456_789, '123 MB'],
  [null, '–'],
])('%s bytes are %s', (size, text) => {
  expect(bytes(size)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.0001, '< 0.1 %'],
  [0.034, '3.4 %'],
  [0.5, '50 %'],
  [0.99999, '> 99.9 %'],
  [1, '100 %'],
])('%s of 1 are %s', (share, text) => {
  expect(percent(share)).toBe(text);
});

test.each([
  [0, '0'],
  [250, '250/s'],
  [2.34, '2.3/s'],
  [0.05, '3.0/min'],
  [0.0001, '< 0.1/min'],
])('%s in a second are %s', (rate, text) => {
  expect(perSecond(rate)).toBe(text);
});
