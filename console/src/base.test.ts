import { expect, test } from 'vitest';
import { baseOf } from './base';

test.each([
  ['https://host/assets/index-1.js', ''],
  ['https://host/whence/assets/index-1.js', '/whence'],
  ['https://host/a/b/assets/index-1.js?x', '/a/b'],
  ['https://host/assets/assets/index-1.js', '/assets'],
  ['https://host/elsewhere/index-1.js', ''],
])('a script at %s stands behind "%s"', (script, base) => {
  expect(baseOf(script)).toBe(base);
});
