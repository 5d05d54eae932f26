import { expect, test } from 'vitest';
import { amountText } from './amount';

test.each([
  [12_345_678, 'By', false, '12.3 MB'],
  [12_345_678, 'By', true, '12.3 MB/s'],
  [0.25, 's', false, '250 ms'],
  [0.25, 's', true, '0.25 s/s'],
  [250, 'ms', true, '0.25 s/s'],
  [0.734, '1', false, '0.734'],
  [61, '%', false, '61 %'],
  [7, '{connections}', false, '7'],
  [2.5, '{request}', true, '2.5/s'],
  [1_234_567, '', false, '1,234,567'],
  [123.45, '', false, '123.5'],
  [-3, 'Cel', false, '-3 Cel'],
  [1.7e308, '', false, '1.70e+308'],
  [0.00001, '', false, '1.00e-5'],
  [0, '', false, '0'],
  [null, 'By', true, '–'],
])('%s %s (a rate: %s) reads %s', (value, unit, rate, text) => {
  expect(amountText(value, unit, rate)).toBe(text);
});
