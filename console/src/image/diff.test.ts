import { expect, test } from 'vitest';
import type { Content } from '../api/images';
import { changesOf, hunksOf, sidesOf } from './diff';

const UNIFIED = `--- version 1
+++ version 2
@@ -1,4 +1,5 @@
 name: x
-description: old
+description: new
+image-type: fedora-bootc
 modules:
 - type: files
@@ -20,2 +21,1 @@
-- a
 - b
`;

test('lines know their numbers on both sides', () => {
  const [first, second] = hunksOf(UNIFIED);
  expect(first!.lines.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ['same', 1, 1],
    ['removed', 2, null],
    ['added', null, 2],
    ['added', null, 3],
    ['same', 3, 4],
    ['same', 4, 5],
  ]);
  expect(second!.lines).toEqual([
    { kind: 'removed', before: 20, after: null, text: '- a' },
    { kind: 'same', before: 21, after: 21, text: '- b' },
  ]);
});

test('a text that is removed and looks like the head of a file is a line like others', () => {
  const [hunk] = hunksOf('--- version 1\n+++ version 2\n@@ -1 +1 @@\n--- a\n+++ b\n\\ No newline at end of file\n');
  expect(hunk!.lines.map(({ kind, text }) => [kind, text])).toEqual([
    ['removed', '-- a'],
    ['added', '++ b'],
  ]);
});

test('what was removed stands beside what took its place', () => {
  const rows = sidesOf(hunksOf(UNIFIED)[0]!);
  expect(rows.map(({ before, after }) => [before?.text ?? null, after?.text ?? null])).toEqual([
    ['name: x', 'name: x'],
    ['description: old', 'description: new'],
    [null, 'image-type: fedora-bootc'],
    ['modules:', 'modules:'],
    ['- type: files', '- type: files'],
  ]);
});

test('the same text has no hunks', () => {
  expect(hunksOf('')).toEqual([]);
});

test('fields that differ are named with both values', () => {
  const content: Content = { name: 'a', description: null, yaml_content: '', image_type: 'fedora-bootc', fedora_version: '43', enable_plymouth: true, artifact_kinds: [] };
  expect(changesOf(content, { ...content, yaml_content: 'x: 1' })).toEqual([]);
  expect(changesOf(content, { ...content, description: 'd', enable_plymouth: false, artifact_kinds: ['iso', 'raw'] })).toEqual([
    'Description: none → d',
    'Plymouth: on → off',
    'Artefacts: none → iso, raw',
  ]);
});
