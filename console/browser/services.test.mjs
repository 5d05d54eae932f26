// Services, their map, storage, rejected records, and what all pages share, in a real browser.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { assertAccessible, inBothThemes } from './axe.mjs';
import { missing as skip, startBrowser } from './chromium.mjs';
import { INCIDENT, TRACE } from './fixtures.mjs';
import { startServer } from './server.mjs';

let server;
let behind;
let browser;

before(async () => {
  if (skip) return;
  server = await startServer();
  behind = await startServer(undefined, '/tools/whence');
  browser = await startBrowser();
});

beforeEach(() => {
  if (server) Object.assign(server.state, { empty: false, asked: [] });
});

after(async () => {
  await browser?.close();
  server?.close();
  behind?.close();
});

const open = (path) => browser.visit(server.url + path);

test('services are listed with how they do, and sorted by any column', { skip }, async () => {
  const page = await open('/services');
  await page.getByRole('row', { name: /stock.*failing/ }).waitFor();
  await page.getByRole('row', { name: /price.*no calls/ }).waitFor();
  await page.getByRole('button', { name: 'Errors' }).click();
  await page.waitForURL('**sort=errors-down**');
  assert.match(await page.locator('tbody tr').first().innerText(), /stock/);
  await inBothThemes(page, 'services');
  await browser.done(page, 'services');
});

test('a service shows rate, errors, durations, what changed, and leads on', { skip }, async () => {
  const page = await open('/services?service=stock');
  await page.getByRole('img', { name: /^Duration: p50 at most 4/ }).waitFor();
  await page.locator('.affected').getByText('4.2.0 -> 4.2.1').waitFor();
  assert.match(await page.getByRole('link', { name: 'Its logs' }).getAttribute('href'), /\/logs\?q=service%3Astock&from=1h/);
  assert.equal(await page.locator(`a[href="/incidents/${INCIDENT}"]`).count(), 1);
  await inBothThemes(page, 'a service');
  const chart = page.getByRole('img', { name: /^Rate/ });
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 40, { steps: 3 });
  await page.mouse.up();
  await page.waitForURL(/from=20.*to=20/);
  await browser.done(page, 'service');
});

test('a service that nobody knows is said to be so', { skip }, async () => {
  const page = await open('/services?service=a%2Fb');
  await page.getByText('Nothing is kept of this service.').waitFor();
  await browser.done(page, 'service-unknown');
});

test('the map is walked with the keyboard, and tells health in words', { skip }, async () => {
  const page = await open('/services?view=map');
  const stock = page.getByRole('button', { name: /^stock: failing, 17 % fail · p95 2.10 s, 1 open incident$/ });
  await stock.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'The chosen service' }).getByText('failing', { exact: false }).waitFor();
  await inBothThemes(page, 'the service map');
  await page.getByRole('button', { name: 'Only what is around it' }).click();
  await page.waitForURL('**around=stock**');
  assert.equal(await page.locator('.box').count(), 2);
  await page.getByRole('button', { name: /^shop calls stock: 1,700 calls, 17 % fail/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('complementary', { name: 'The chosen call' }).getByText('400 µs').waitFor();
  await browser.done(page, 'service-map');
});

test('what comes in and what keeping it takes are told', { skip }, async () => {
  const page = await open('/storage');
  await page.getByText('125,000').waitFor();
  await page.getByText('1.4 GB').waitFor();
  await page.getByText('45 B').waitFor();
  await inBothThemes(page, 'storage');
  await page.getByRole('link', { name: 'invalid-field' }).click();
  await page.waitForURL('**/rejected?reason=invalid-field&from=1h');
  await page.getByRole('button', { name: 'What was sent' }).first().click();
  await page.getByText('"yesterday"').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL('**page=2**');
  await inBothThemes(page, 'rejected records');
  await browser.done(page, 'rejected');
});

test('the palette leads anywhere without a mouse', { skip }, async () => {
  const page = await open('/storage');
  await page.getByText('125,000').waitFor();
  const go = async (text, keys, url) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(text);
    if (keys === undefined) await page.getByRole('option').first().waitFor();
    for (const key of keys ?? []) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await page.waitForURL(url);
  };
  await go(TRACE, [], `**/traces/${TRACE}`);
  await page.locator('.waterfall').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('sto');
  await page.getByRole('option', { name: /service\s*stock/ }).waitFor();
  await assertAccessible(page, 'the palette');
  await browser.shoot(page, 'palette');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/services?service=stock');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').waitFor({ state: 'detached' });
  await go('timed out', [], '**/logs?q=timed+out');
  await browser.done(page, 'palette-logs');
});

test('times are shown in UTC after a click, and stay so', { skip }, async () => {
  const page = await open('/logs?from=2026-01-01T00:00:00Z&to=2026-01-01T00:10:00Z');
  await page.locator('[role=option]').first().waitFor();
  await page.getByRole('button', { name: 'Local time: show UTC instead' }).click();
  await page.getByRole('button', { name: '2026-01-01 00:00:00 – 2026-01-01 00:10:00' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: '2026-01-01 00:00:00 – 2026-01-01 00:10:00' }).waitFor();
  await page.getByRole('button', { name: 'UTC: show local time instead' }).click();
  await browser.done(page, 'utc');
});

test('the chosen time goes along from page to page', { skip }, async () => {
  const page = await open('/services?from=6h');
  await page.getByRole('row', { name: /stock/ }).waitFor();
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  await page.waitForURL('**/logs?from=6h');
  await page.getByRole('button', { name: 'last 6 h' }).waitFor();
  await browser.done(page, 'time-kept');
});

test('everything works below a path that a proxy puts before it, and nothing asks outside of it', { skip }, async () => {
  const page = await browser.visit(`${behind.url}/incidents/${INCIDENT}/evidence`);
  const outside = [];
  page.on('request', (request) => !request.url().startsWith(`${behind.url}/`) && !request.url().startsWith('blob:') && outside.push(request.url()));
  await page.getByRole('heading', { name: 'Evidence' }).waitFor();
  await page.getByRole('link', { name: 'Incidents' }).first().click();
  await page.waitForURL(`${behind.url}/incidents`);
  await page.getByText('Inventory answers too late').click();
  await page.getByText('88 % sure').waitFor();
  await page.goto(`${behind.url}/traces/${TRACE}?span=a5`);
  await page.locator('.waterfall').waitFor();
  for (const name of ['Logs', 'Services', 'Storage', 'Notifications', 'Decisions', 'Overview']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
    await page.locator('h1, .failure, .empty, .panel').first().waitFor();
  }
  assert.equal(await page.getByRole('link', { name: 'API', exact: true }).getAttribute('href'), '/tools/whence/docs');
  assert.equal(await page.evaluate(() => document.querySelector('.brand img').naturalWidth > 0), true);
  assert.deepEqual(outside, []);
  behind.state.empty = true;
  await page.goto(`${behind.url}/`);
  assert.match(await page.locator('.command pre').first().innerText(), new RegExp(`^curl ${behind.url}/ingest/logs`));
  await browser.done(page, 'sub-path');
});

test('the new pages read on a phone without scrolling sideways', { skip }, async () => {
  const page = await open('/');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/logs', '/spans', '/services', '/services?service=stock', '/services?view=map', '/series?service=cart&name=db.pool.used', '/logs?cols=time,attr.n,message', '/storage', '/rejected']) {
    await page.goto(server.url + path);
    await page.locator('.panel, [role=option]').first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${path} is ${width} px wide`);
  }
  await browser.done(page, 'phone-new');
});
