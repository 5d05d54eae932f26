// Searching logs and spans in a real browser.
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
  if (server) Object.assign(server.state, { asked: [], partial: false, empty: false });
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function open(path) {
  const page = await browser.visit(server.url + path);
  await page.locator('.results [role=option]').first().waitFor();
  return page;
}

const query = (page) => new URL(page.url()).searchParams.get('q');

test('logs are found, and a facet narrows them and lets go again', { skip }, async () => {
  const page = await open('/logs');
  await page.getByRole('button', { name: /^cart/ }).click();
  await page.waitForURL('**q=service%3Acart');
  await page.getByRole('button', { name: 'Without attr.http.route /pay' }).click();
  await page.waitForURL((url) => url.searchParams.get('q') === 'service:cart -attr.http.route:"/pay"' || url.searchParams.get('q') === 'service:cart -attr.http.route:/pay');
  await page.getByRole('button', { name: /^cart/ }).click();
  await page.waitForURL((url) => !url.searchParams.get('q').includes('service'));
  assert.ok(server.state.asked.some((asked) => asked.startsWith('facets service:cart -attr')));
  await inBothThemes(page, 'logs');
  await browser.done(page, 'logs');
});

test('a hundred thousand rows are fetched as one goes, and only those in sight are drawn', { skip }, async () => {
  const page = await open('/logs?from=7d');
  const list = page.getByRole('listbox');
  for (let i = 0; i < 12; i++) {
    await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await page.waitForFunction((rows) => document.querySelector('.results > div').clientHeight >= rows * 26, (i + 2) * 500);
  }
  assert.ok((await page.locator('[role=option]').count()) < 80);
  assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) < 2_500);
  await browser.done(page, 'logs-many');
});

test('what is wrong with a question is marked where it is', { skip }, async () => {
  const page = await open('/logs');
  await page.keyboard.press('/');
  await page.keyboard.type('service:cart )oops');
  await page.keyboard.press('Enter');
  await page.getByText('this one closes nothing').waitFor();
  assert.equal(await page.locator('.queryerror mark').innerText(), ')');
  assert.equal(await page.locator('.queryerror code').innerText(), 'service:cart )oops');
  assert.equal(await page.locator('.failure').count(), 0);
  await assertAccessible(page, 'a wrong question');
  await browser.done(page, 'logs-wrong');
});

test('a drag across the histogram chooses the time, and the keyboard does so too', { skip }, async () => {
  const page = await open('/logs?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z');
  const chart = page.locator('.histogram-chart svg');
  const begins = page.locator('.histogram-chart p > span').first();
  const hour = await begins.innerText();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.5 + 2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.66, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=2026-01-01T00%3A30%3A00/);
  // The chart of the hour stays until that of the part has come; a choice counts from what is shown.
  await begins.filter({ hasNotText: hour }).waitFor();
  await chart.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.waitForURL(/from=2026-01-01T00%3A30%3A\d\d/);
  assert.match(page.url(), /to=/);
  await browser.done(page, 'logs-zoomed');
});

test('a row opens with its JSON, its trace and the lines around it, and the address leads back to it', { skip }, async () => {
  const page = await open('/logs');
  await page.getByRole('listbox').focus();
  for (const key of ['ArrowDown', 'j', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('complementary', { name: 'The chosen signal' }).waitFor();
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  await page.getByLabel('JSON').waitFor();
  await page.getByRole('button', { name: 'trace', exact: true }).click();
  await page.getByRole('link', { name: 'Open the trace' }).waitFor();
  await page.getByText('6 spans in', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'context', exact: true }).click();
  await page.locator('.around [aria-current]').waitFor();
  await assertAccessible(page, 'the lines around one');
  await page.goto(`${server.url}/logs?open=66666666-0000-4000-8000-000000099999&at=2026-01-01T00:00:00Z&panel=context`);
  await page.locator('.around [aria-current]').waitFor();
  await browser.done(page, 'logs-context');
});

test('patterns lead to their lines', { skip }, async () => {
  const page = await open('/logs');
  await page.getByRole('button', { name: 'Patterns' }).click();
  await page.getByRole('button', { name: /user.*not found/ }).waitFor();
  await inBothThemes(page, 'patterns');
  await page.getByRole('button', { name: /user.*not found/ }).click();
  await page.locator('[role=option]').first().waitFor();
  assert.equal(query(page), '"user" "not found"');
  await browser.done(page, 'logs-patterns');
});

test('new lines come in while one looks, and it is said when some were left out', { skip }, async () => {
  const page = await browser.visit(`${server.url}/logs?tab=live`);
  await page.getByText('7 left out, they came too fast', { exact: false }).waitFor();
  await page.locator('[role=option]').nth(4).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('paused', { exact: false }).waitFor();
  await assertAccessible(page, 'the live tail');
  await browser.done(page, 'logs-live');
});

test('a question that cannot be understood is marked while one waits for new lines, too', { skip }, async () => {
  const page = await browser.visit(`${server.url}/logs?tab=live&q=oops)`);
  await page.locator('.queryerror mark').waitFor();
  await browser.done(page, 'logs-live-wrong');
});

test('spans that failed are compared with those of the same operation', { skip }, async () => {
  const page = await open('/spans?q=service%3Acart%20status%3Aerror');
  await page.getByRole('button', { name: 'What is different' }).click();
  await page.getByText('attr.http.route = /pay').waitFor();
  assert.equal(await page.getByLabel('Compared with').inputValue(), 'service:cart');
  await page.getByText('120 spans against 3,000').waitFor();
  await inBothThemes(page, 'what is different');
  await page.getByRole('button', { name: 'attr.http.route = /pay' }).click();
  await page.waitForURL((url) => url.searchParams.get('q').includes('attr.http.route'));
  await browser.done(page, 'spans-compared');
});

test('an answer that is not complete says how far it looked', { skip }, async () => {
  server.state.partial = true;
  const page = await open('/spans');
  await page.getByText('The time that one question may take was up: only what is newer than', { exact: false }).first().waitFor();
  await browser.done(page, 'spans-partial');
});

test('nothing found offers a longer time, and a server without anything says what to send', { skip }, async () => {
  const page = await browser.visit(`${server.url}/logs?q=nothing`);
  await page.getByText('No logs match in this time.').waitFor();
  await page.getByRole('button', { name: 'Look at the last 24 h' }).click();
  await page.waitForURL('**from=24h**');
  await page.close();
  server.state.empty = true;
  const empty = await browser.visit(`${server.url}/logs`);
  assert.match(await empty.locator('.command pre').innerText(), new RegExp(`^curl ${server.url}/ingest/logs`));
  await empty.close();
  server.state.empty = false;
  const spans = await open('/logs');
  await spans.getByRole('button', { name: 'last 15 min' }).click();
  await spans.getByRole('dialog', { name: 'Time range' }).waitFor();
  await assertAccessible(spans, 'the time range');
  await spans.getByRole('button', { name: 'last 6 h' }).click();
  await spans.waitForURL('**from=6h**');
  await spans.getByRole('link', { name: 'Spans', exact: true }).first().click();
  await spans.waitForURL('**/spans?from=6h');
  await browser.done(spans, 'logs-range');
});
