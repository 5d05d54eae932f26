import { expect, test } from 'vitest';
import { extentOf, placed, zoomText } from './zoom';

const whole = { from: 0, until: 100 };

test('a part of a trace goes into the address and comes back', () => {
  const text = zoomText({ from: 12.34567, until: 80 }, whole);
  expect(text).toBe('12.346~80');
  expect(extentOf(text!, whole)).toEqual({ from: 12.346, until: 80 });
});

test('the whole needs no words, and nonsense means the whole', () => {
  expect(zoomText(whole, whole)).toBeUndefined();
  for (const nonsense of [null, '', 'x~y', '5', '90~10', '200~300', '5~5', 'NaN~1']) expect(extentOf(nonsense, whole)).toEqual(whole);
});

test('a part that reaches beyond the trace is clipped', () => {
  expect(extentOf('-50~50', whole)).toEqual({ from: 0, until: 50 });
});

test('what lies outside is not drawn, what reaches in is drawn as far as it does', () => {
  expect(placed(0, 10, { from: 20, until: 60 })).toBeNull();
  expect(placed(0, 40, { from: 20, until: 60 })).toEqual({ left: 0, width: 50 });
  expect(placed(50, 500, { from: 20, until: 60 })).toEqual({ left: 75, width: 25 });
});
