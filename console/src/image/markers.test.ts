import { expect, test } from 'vitest';
import type { Finding } from '../api/images';
import { markersOf } from './markers';

const finding = (line: number, column: number, more: Partial<Finding> = {}): Finding => ({
  severity: 'error',
  code: 'x',
  message: 'Wrong',
  path: '',
  line,
  column,
  ...more,
});

function marked(text: string, line: number, column: number): string {
  const [marker] = markersOf(text, [finding(line, column)]);
  return text.slice(marker!.from, marker!.to);
}

const TEXT = 'name: x\nmodules:\n  - type: filse\n';

test.each([
  [1, 1, 'name'],
  [3, 5, 'type'],
  [3, 11, 'filse'],
])('line %i, column %i is the word %s', (line, column, word) => {
  expect(marked(TEXT, line, column)).toBe(word);
});

test('columns count code points, not halves of them', () => {
  expect(marked('name: "💿💿" # y', 1, 12)).toBe('#');
  expect(marked('💿 key: x', 1, 3)).toBe('key');
});

test('a quoted text is marked as a whole', () => {
  expect(marked("a: 'it is'", 1, 4)).toBe("'it is'");
});

test('a place behind the end is the end', () => {
  expect(markersOf('a: b', [finding(9, 9)])).toMatchObject([{ from: 4, to: 4 }]);
  expect(markersOf('a: b', [finding(1, 99)])).toMatchObject([{ from: 4, to: 4 }]);
  expect(markersOf('', [finding(1, 1)])).toMatchObject([{ from: 0, to: 0 }]);
});

test('what was probably meant is said', () => {
  const [marker] = markersOf(TEXT, [finding(3, 11, { severity: 'warning', suggestion: 'files' })]);
  expect(marker).toMatchObject({ severity: 'warning', message: 'Wrong (did you mean “files”?)' });
});
