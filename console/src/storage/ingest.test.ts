import { expect, test } from 'vitest';
import { lagOf } from './ingest';

test.each([
  [null, '–', false],
  [0, 'not at all', false],
  [90, '1 min 30 s', false],
  [600, '10 min', true],
])('counting that is %s seconds behind lags %s', (seconds, value, late) => {
  expect(lagOf(seconds)).toMatchObject({ value, late });
});
