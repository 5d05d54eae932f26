// Metrics in a real browser.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { assertAccessible, inBothThemes } from './axe.mjs';
import { missing as skip, startBrowser } from './chromium.mjs';
import { startServer } from './server.mjs';

let server;
let browser;

before(async () => {
  if (skip) return;
  server = await startServer();
  browser = await startBrowser();
});

beforeEach(() => {
  if (server) Object.assign(server.state, { empty: false });
});

after(async () => {
  await browser?.close();
  server?.close();
});

const open = (path) => browser.visit(server.url + path);
const param = (page, name) => new URL(page.url()).searchParams.get(name);

test('a metric is found, chosen and shown with a line for each of its series', { skip }, async () => {
  const page = await open('/');
  await page.getByRole('link', { name: 'Metrics', exact: true }).click();
  await page.getByText('Choose a metric to see how it went.').waitFor();
  await page.getByRole('searchbox', { name: 'Find a metric' }).fill('pool');
  await page.waitForURL('**q=pool**');
  await page.getByRole('link', { name: 'room.temperature' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'db.pool.used' }).click();
  await page.waitForURL((url) => url.searchParams.get('service') === 'cart' && url.searchParams.get('name') === 'db.pool.used');
  await page.getByRole('row', { name: /pool main .*\d/ }).waitFor();
  assert.equal(await page.locator('.timechart path').count(), 2);
  await page.getByRole('row', { name: /pool spare/ }).hover();
  assert.equal(await page.locator('.timechart path.marked').count(), 1);
  await inBothThemes(page, 'a metric');
  await page.getByRole('combobox', { name: 'pool' }).selectOption('spare');
  await page.waitForURL((url) => url.searchParams.get('attribute') === 'pool=spare');
  await page.getByRole('row', { name: /pool main/ }).waitFor({ state: 'detached' });
  await browser.done(page, 'metric');
});

test('a click on a point leads to what else its service did then', { skip }, async () => {
  const page = await open('/series?service=cart&name=db.pool.used&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z');
  const chart = page.getByRole('application', { name: /^Value over time/ });
  const box = await chart.boundingBox();
  await page.mouse.click(box.x + box.width * 0.5 + 2, box.y + 40);
  await page.waitForURL((url) => url.searchParams.get('at') === '2026-01-01T00:30:00.000Z');
  await assertAccessible(page, 'a moment of a metric');
  const logs = new URL(await page.getByRole('link', { name: 'Logs of this time' }).getAttribute('href'), server.url);
  assert.equal(logs.searchParams.get('q'), 'service:cart');
  assert.equal(logs.searchParams.get('from'), '2026-01-01T00:30:00.000Z');
  assert.equal(logs.searchParams.get('to'), '2026-01-01T00:31:00.000Z');
  await page.reload();
  await page.getByRole('link', { name: 'Spans of this time' }).click();
  await page.locator('.results [role=option]').first().waitFor();
  assert.equal(param(page, 'from'), '2026-01-01T00:30:00.000Z');
  await page.goBack();
  await page.getByRole('button', { name: 'Choose no moment' }).click();
  await page.waitForURL((url) => !url.searchParams.has('at'));
  await browser.done(page, 'metric-moment');
});

test('points are chosen and a part of the time is taken with the keyboard alone', { skip }, async () => {
  const page = await open('/series?service=cart&name=db.pool.used&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z');
  const chart = page.getByRole('application', { name: /^Value over time/ });
  await chart.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.waitForURL((url) => url.searchParams.get('at') === '2026-01-01T00:02:00.000Z');
  await page.getByRole('columnheader', { name: /\d\d:02:00/ }).waitFor();
  for (const key of ['ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.waitForURL((url) => url.searchParams.get('from') === '2026-01-01T00:03:00.000Z' && url.searchParams.get('to') === '2026-01-01T00:06:00.000Z');
  await browser.done(page, 'metric-zoomed');
});

test('rates, sizes, cold rooms and hostile names are shown as what they are', { skip }, async () => {
  const page = await open('/series?service=cart&name=http.server.request.count');
  await page.getByText('shown per second').waitFor();
  await page.getByRole('row', { name: /the only series .*\d\/s/ }).waitFor();
  await page.getByRole('link', { name: 'process.memory.usage' }).click();
  await page.getByRole('row', { name: /k8s.pod.name cart-2 .* MB/ }).waitFor();
  await page.getByText('There are more series than are shown', { exact: false }).waitFor();
  await page.getByRole('combobox', { name: 'Service' }).selectOption('stock');
  await page.getByRole('link', { name: 'room.temperature' }).click();
  await page.getByText('at the bottom -10 Cel', { exact: false }).waitFor();
  await page.getByRole('link', { name: /^queue/ }).click();
  await page.getByRole('heading', { name: /^queue/ }).waitFor();
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await browser.done(page, 'metric-rate');
});

test('nothing measured says what to send, a metric that is gone offers a longer time', { skip }, async () => {
  const page = await open('/series?service=cart&name=gone');
  await page.getByRole('button', { name: 'Look at the last 7 d' }).click();
  await page.waitForURL('**from=7d**');
  await page.close();
  server.state.empty = true;
  const empty = await open('/series');
  assert.match(await empty.locator('.command pre').innerText(), /OTEL_EXPORTER_OTLP_ENDPOINT/);
  await assertAccessible(empty, 'no metrics');
  await browser.done(empty, 'metric-none');
});
