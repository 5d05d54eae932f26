import { expect, test } from 'vitest';
import { plain, valueText } from './text';

test('characters that deceive are written out', () => {
  expect(plain('a\u202Eb\u200Bc\u0000d\u001b[31m')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d⟨U+001B⟩[31m');
});

test('ordinary text, tabs and line feeds stay as they are', () => {
  expect(plain('größe\t漢字 🙂\nnext\r\nlast')).toBe('größe\t漢字 🙂\nnext\nlast');
});

test('every value has a text', () => {
  expect([valueText(null), valueText(0), valueText(false), valueText(['a'])]).toEqual(['–', '0', 'false', '[\n  "a"\n]']);
});
