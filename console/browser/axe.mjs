// What a screen reader and weak eyes need, on a page as it is drawn.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { screenshot } from './chromium.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function assertAccessible(page, what) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`));
  assert.deepEqual(violations, [], `axe finds something on ${what}`);
}

export async function inBothThemes(page, what) {
  await assertAccessible(page, `${what}, dark`);
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  await assertAccessible(page, `${what}, light`);
  await screenshot(page, `${what.replaceAll(' ', '-')}-light`, { fullPage: true });
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
}
