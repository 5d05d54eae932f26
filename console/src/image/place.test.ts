import { expect, test } from 'vitest';
import { placeAt } from './place';

/** The place of the character ‸ in a text. */
function at(text: string) {
  return placeAt(text.replace('‸', ''), text.indexOf('‸'));
}

const path = (text: string) => at(text)?.path.map(({ key }) => key ?? '-').join('.');

test('a key at the top knows those beside it', () => {
  expect(at('name: x\nmod‸\nlabels:\n  a: b\n')).toMatchObject({ path: [], writes: 'key', word: 'mod', beside: { name: 'x', labels: '' } });
});

test.each([
  ['modules:\n  - type: files\n    fi‸', 'modules.-'],
  ['modules:\n- type: files\n  fi‸', 'modules.-'],
  ['modules:\n- ‸', 'modules.-'],
  ['modules:\n  - type: rpm-ostree\n    install-conditional:\n      - con‸', 'modules.-.install-conditional.-'],
  ['modules:\n  - type: systemd\n    system:\n      ‸', 'modules.-.system'],
  ['desktop:\n  window_manager: sway\nbuild:\n  ‸', 'build'],
  ['modules:\n  - type: files\n\n# a comment: here\n  - ‸', 'modules.-'],
])('%j is inside of %s', (text, expected) => {
  expect(path(text)).toBe(expected);
});

test('a value knows its key and the keys beside it, above and below', () => {
  expect(at('modules:\n  - condition: a == b\n    type: sc‸\n    scripts: []\n  - type: files\n')).toMatchObject({
    writes: 'value',
    key: 'type',
    word: 'sc',
    path: [{ key: 'modules' }, { key: null }],
    beside: { condition: 'a == b', type: 'sc', scripts: '[]' },
  });
});

test('what encloses a place is known with the keys beside it', () => {
  const step = at('modules:\n  - type: rpm-ostree\n    install-conditional:\n      - con‸')?.path[2];
  expect(step).toEqual({ key: 'install-conditional', beside: { type: 'rpm-ostree', 'install-conditional': '' } });
});

test('the keys of another item are not beside it', () => {
  expect(at('modules:\n  - type: files\n    files: []\n  - type: script\n    ‸\n')?.beside).toEqual({ type: 'script' });
});

test.each(['a: b # co‸', '# co‸', 'scripts:\n  - |\n    echo: ‸', 'run: >-\n  some: te‸', 'a: {b‸'])('nothing is known of %j', (text) => {
  expect(at(text)).toBeNull();
});
