// Searching, services and storage in a real browser against a real Whence, whose address WHENCE_URL says.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { assertCount, missing, startBrowser } from './chromium.mjs';

const BASE = process.env.WHENCE_URL;
const skip = missing || (BASE ? false : 'WHENCE_URL does not say where Whence is');
const TRACE = randomUUID().replaceAll('-', '');
const HOSTILE = '<img src=x onerror="window.pwned=1">';
const at = (ms) => new Date(Date.now() - 120_000 + ms).toISOString();

let browser;

before(async () => {
  if (skip) return;
  const common = (service, ms) => ({ signal_id: randomUUID(), trace_id: TRACE, service_name: service, timestamp: at(ms) });
  const span = (id, parent, service, name, ms, took, status) =>
    ingest('traces', { ...common(service, ms), span_id: id, parent_span_id: parent, name, kind: parent ? 'server' : 'client', duration_ms: took, status, attributes: { 'http.route': '/pay', 'user.plan': status === 'ERROR' ? 'gold' : 'free' } });
  await span('b7ad6b7169203331', null, 'explore-front', 'POST /pay', 0, 300, 'OK');
  await span('b7ad6b7169203332', 'b7ad6b7169203331', 'explore-back', 'reserve', 20, 250, 'ERROR');
  for (let i = 0; i < 8; i++) await span(`b7ad6b716920334${i}`, 'b7ad6b7169203331', 'explore-back', 'reserve', 20 + i, 10 + i, 'OK');
  for (let i = 0; i < 30; i++) await ingest('logs', { ...common('explore-back', 40 + i), level: i % 10 ? 'INFO' : 'ERROR', message: `item ${i} of ${HOSTILE} could not be reserved`, span_id: 'b7ad6b7169203332' });
  for (const pool of ['main', 'spare']) await ingest('metrics', { ...common('explore-back', 0), metric_name: 'explore.pool.used', value: pool === 'main' ? 9 : 2, unit: '{connection}', attributes: { pool } });
  await fetch(`${BASE}/ingest/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...common('explore-back', 0), level: 'INFO', message: 7, timestamp: 'yesterday' }) });
  browser = await startBrowser();
});

after(() => browser?.close());

const visit = (path) => browser.visit(BASE + path);

async function ingest(kind, body) {
  const answer = await fetch(`${BASE}/ingest/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.ok(answer.ok, `/ingest/${kind} answered ${answer.status}: ${await answer.text()}`);
}

test('logs are searched in the language of the server, by typing and by clicking', { skip }, async () => {
  const page = await visit('/logs?q=service%3Aexplore-back');
  await page.getByRole('listbox').getByText('could not be reserved', { exact: false }).first().waitFor();
  await page.getByText('30 logs').waitFor();
  await page.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name: /^(Only level )?error/i }).first().click();
  await page.waitForURL(/level/);
  await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 3);
  await page.getByRole('searchbox').fill('item (reserved');
  await page.keyboard.press('Enter');
  await page.locator('.queryerror mark').waitFor();
  assert.equal(await page.locator('.queryerror mark').innerText(), '(');
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await assertAccessible(page, 'logs of a real Whence');
  await browser.done(page, 'real-logs');
});

test('a line leads to those around it and to its trace, patterns to their lines', { skip }, async () => {
  const page = await visit('/logs?q=service%3Aexplore-back&tab=patterns');
  await page.getByRole('button', { name: /could not be reserved/ }).first().click();
  await page.locator('[role=option]').nth(5).click();
  await page.getByRole('button', { name: 'context', exact: true }).click();
  await page.locator('.around [aria-current]').waitFor();
  await page.reload();
  await page.locator('.around [aria-current]').waitFor();
  await page.getByRole('button', { name: 'trace', exact: true }).click();
  await page.getByRole('link', { name: 'Open the trace' }).click();
  await page.locator('[role=treeitem].failed').first().waitFor();
  await page.getByText('logs', { exact: true }).first().waitFor();
  await browser.done(page, 'real-trace');
});

test('failed spans are told apart from the others', { skip }, async () => {
  const page = await visit('/spans?q=service%3Aexplore-back%20status%3Aerror&tab=comparison');
  await page.getByRole('button', { name: /user\.plan = gold/ }).click();
  await page.waitForURL(/gold/);
  await page.getByRole('button', { name: 'List' }).click();
  await page.locator('[role=option]').first().waitFor();
  await assertCount(page.locator('[role=option]'), 1);
  await browser.done(page, 'real-spans');
});

test('what arrives is seen as it arrives', { skip }, async () => {
  const page = await visit('/logs?q=service%3Aexplore-live&tab=live');
  await page.getByText('live ·', { exact: false }).waitFor();
  // The stream may have been opened a moment before it listens.
  const told = page.getByRole('option').first();
  for (let i = 0; i < 20 && !(await told.isVisible()); i++) {
    await ingest('logs', { signal_id: randomUUID(), trace_id: TRACE, service_name: 'explore-live', timestamp: new Date().toISOString(), level: 'INFO', message: `line ${i}` });
    await page.waitForTimeout(500);
  }
  await told.waitFor();
  await browser.done(page, 'real-live');
});

test('services are counted within two minutes, and the map joins them', { skip, timeout: 240_000 }, async () => {
  const page = await visit('/services');
  await page.getByRole('link', { name: 'explore-back' }).waitFor({ timeout: 180_000 });
  await page.getByRole('link', { name: 'explore-back' }).click();
  await page.getByRole('img', { name: /^Duration/ }).waitFor();
  await page.goto(`${BASE}/services?view=map&around=explore-back`);
  await page.getByRole('button', { name: /^explore-front calls explore-back/ }).waitFor({ timeout: 60_000 });
  await browser.done(page, 'real-map');
});

test('what was measured is shown by its attributes, and leads to the logs of its minute', { skip, timeout: 240_000 }, async () => {
  const page = await visit('/series?service=explore-back&name=explore.pool.used');
  const main = page.getByRole('row', { name: /^pool main 9 9 / });
  const shown = () => main.waitFor({ timeout: 3_000 }).then(() => true, () => false);
  for (let i = 0; i < 60 && !(await shown()); i++) await page.reload();
  await page.getByRole('row', { name: /pool spare 2 / }).waitFor();
  await page.getByRole('application').focus();
  // Minutes that are not counted yet come first.
  do await page.keyboard.press('ArrowLeft');
  while (await page.getByRole('row', { name: /^pool main – / }).isVisible());
  await page.keyboard.press('Enter');
  await assertAccessible(page, 'a metric of a real Whence');
  await page.getByRole('link', { name: 'Logs of this time' }).click();
  await page.locator('[role=option]').first().waitFor();
  await browser.done(page, 'real-metric');
});

test('storage and what was refused are told', { skip }, async () => {
  const page = await visit('/storage');
  await page.getByRole('heading', { name: 'What is stored' }).waitFor();
  await page.getByRole('heading', { name: 'What came in' }).waitFor();
  await page.goto(`${BASE}/rejected`);
  await page.locator('.rejected li').first().waitFor();
  await browser.done(page, 'real-rejected');
});
