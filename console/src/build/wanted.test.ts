import { expect, test } from 'vitest';
import { isComplete, START, wantedOf } from './wanted';

test('only what was filled in is sent, and only of the source that was chosen', () => {
  const filled = { ...START, config: '7', file: 'a.yml', windows: ' sway ', fedora: ' 44 ', plymouth: 'off' as const };
  expect(wantedOf(filled)).toEqual({ config_id: 7, fedora_version: '44', enable_plymouth: false });
  expect(wantedOf({ ...filled, source: 'A file' })).toEqual({ definition_filename: 'a.yml', fedora_version: '44', enable_plymouth: false });
  expect(wantedOf({ ...filled, source: 'Whatever fits', plymouth: '', ref: 'next' })).toEqual({ window_manager: 'sway', fedora_version: '44', ref: 'next' });
});

test('a build needs something to be built from', () => {
  expect(isComplete(START)).toBe(false);
  expect(isComplete({ ...START, config: '7' })).toBe(true);
  expect(isComplete({ ...START, source: 'A file', config: '7' })).toBe(false);
  expect(isComplete({ ...START, source: 'Whatever fits', desktop: '  ' })).toBe(false);
  expect(isComplete({ ...START, source: 'Whatever fits', desktop: 'lxqt' })).toBe(true);
});
