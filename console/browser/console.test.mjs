// The console in a real browser, from the first minute to the cause.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { missing as skip, SHOTS, startBrowser } from './chromium.mjs';
import { HOSTILE, INCIDENT, INCONCLUSIVE, LOST_LOG, METRIC, PENDING, STRANGE, TRACE } from './fixtures.mjs';
import { startServer } from './server.mjs';

let server;
let browser;

before(async () => {
  if (skip) return;
  server = await startServer();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function open(path) {
  Object.assign(server.state, { empty: false, down: false, locked: false });
  return visit(path);
}

const visit = (path) => browser.visit(server.url + path);
const done = (page, shot) => browser.done(page, shot);

test('an engineer gets from the overview to the cause and to its proof', { skip }, async () => {
  const page = await open('/');
  await page.getByText('Inventory answers too late').click();
  await page.getByText('inventory-service has no free database connection', { exact: false }).first().waitFor();
  assert.equal(await page.getByLabel('Root cause').getByText('The cause').count(), 1);
  await page.getByText('88 % sure').waitFor();
  await page.getByText('Ruled out').waitFor();
  assert.equal(await page.getByRole('list', { name: 'What the first place rests on' }).innerText(), 'Without path payment-service would come first');
  await page.screenshot({ path: join(SHOTS, 'incident-dark.png'), fullPage: true });
  await page.getByRole('link', { name: /Its error came first/ }).click();
  await page.waitForURL(`**/traces/${TRACE}?signal=${LOST_LOG}**`);
  await page.locator('li.marked').first().waitFor();
  assert.equal(await page.locator('li.marked').count(), 2);
  await page.getByText('StockRepository.java:41', { exact: false }).waitFor();
  await done(page, 'trace-dark');
});

test('evidence without a trace opens with what happened around it', { skip }, async () => {
  const page = await open(`/incidents/${INCIDENT}`);
  await page.getByRole('link', { name: /db.client.connection.count 6 -> 20/ }).click();
  await page.waitForURL(`**/incidents/${INCIDENT}/evidence?signal=${METRIC}`);
  await page.getByRole('heading', { name: 'The signals (1)' }).waitFor();
  await page.getByText('Timed out after 2000 ms', { exact: false }).first().waitFor();
  await done(page, 'evidence');
});

test('the path from the cause to the symptom is drawn and told', { skip }, async () => {
  const page = await open(`/incidents/${INCIDENT}`);
  const map = page.getByRole('img', { name: /inventory-service \(cause\).*api-gateway \(symptom\)|api-gateway \(symptom\).*inventory-service \(cause\)/ });
  await map.waitFor();
  assert.equal(await map.locator('.on-path').count(), 2);
  assert.equal(await page.locator('ol.path > li').count(), 2);
  assert.equal(await page.locator('.timeline li').first().innerText().then((text) => text.includes('version 4.2.0 -> 4.2.1')), true);
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  await page.getByText('Pool size raised from 10 to 20.').waitFor();
  await done(page, 'path');
});

test('what an engineer does is sent with the revision that was seen, and shown', { skip }, async () => {
  const page = await open(`/incidents/${INCIDENT}`);
  server.state.posted = [];
  await page.getByRole('button', { name: 'acknowledge' }).click();
  await page.locator('.status-acknowledged').waitFor();
  await page.getByRole('button', { name: 'No', exact: true }).click();
  await page.getByLabel('Which service was it?').fill('payment-service');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForFunction(() => !document.querySelector('form.ask'));
  assert.deepEqual(
    server.state.posted.map(({ path, body }) => [path.split('/').at(-1), body.expected_revision ?? body.service]),
    [
      ['acknowledge', 0],
      ['feedback', 'payment-service'],
    ],
  );
  await done(page, 'acknowledged');
});

test('several incidents are acknowledged at once, and facets narrow the list', { skip }, async () => {
  const page = await open('/incidents');
  server.state.posted = [];
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('checkbox').nth(2).check();
  await page.getByRole('group', { name: 'For all chosen' }).getByRole('button', { name: 'acknowledge' }).click();
  await page.waitForFunction(() => !document.querySelector('.bulk'));
  assert.equal(server.state.posted[0].body.ids.length, 2);
  await page.getByRole('combobox', { name: 'Service' }).selectOption('cart-service');
  await page.waitForURL('**/incidents?service=cart-service');
  await done(page, 'bulk');
});

test('incidents of a time are listed, and those of any time again', { skip }, async () => {
  const page = await open('/incidents');
  const asked = page.waitForRequest((request) => /query\/incidents\?.*from=20/.test(request.url()));
  await page.getByRole('button', { name: 'any time' }).click();
  await page.getByRole('button', { name: 'last 6 h' }).click();
  await page.waitForURL('**/incidents?from=6h');
  assert.doesNotMatch((await asked).url(), /[?&]to=/);
  await page.getByRole('button', { name: 'last 6 h' }).click();
  await page.getByRole('button', { name: 'any time' }).click();
  await page.waitForURL((url) => !url.searchParams.has('from'));
  await done(page, 'incidents-time');
});

test('a channel is added, its secret shown once, and a failed test says why', { skip }, async () => {
  const page = await open('/notifications');
  server.state.posted = [];
  await page.getByText('Add a channel').click();
  await page.getByLabel('Name', { exact: true }).fill('alerts');
  await page.getByLabel('Address').fill('https://hooks.example.org/whence');
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  await page.getByText('whsec-0123456789abcdef').waitFor();
  await page.getByRole('button', { name: 'test' }).first().click();
  await page.getByText('The test failed: HTTP 500', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'send again' }).click();
  await page.waitForTimeout(300);
  assert.deepEqual(
    server.state.posted.map(({ path }) => path.replace('/api/notifications/', '')),
    ['channels', 'channels/c1/test', 'deliveries/d1/replay'],
  );
  assert.deepEqual(server.state.posted[0].body, { name: 'alerts', kind: 'webhook', url: 'https://hooks.example.org/whence' });
  await done(page, 'notifications');
});

test('the waterfall nests spans and shows what failed', { skip }, async () => {
  const page = await open(`/traces/${TRACE}`);
  await page.locator('.waterfall [role=treeitem]').first().waitFor();
  assert.equal(await page.locator('.waterfall [role=treeitem]').count(), 6);
  assert.equal(await page.locator('.waterfall .failed').count(), 4);
  assert.equal(await page.locator('.waterfall .source').count(), 1);
  assert.equal(await page.locator('.waterfall').getByText('no parent').count(), 1);
  await page.getByRole('treeitem', { name: /SELECT stock/ }).click();
  await page.getByText('for update', { exact: false }).waitFor();
  await done(page, 'trace-span');
});

test('before the first signal the page says what to run, and switches over by itself', { skip }, async () => {
  const page = await open('/');
  await page.close();
  server.state.empty = true;
  const first = await visit('/');
  const command = await first.locator('.command pre').first().innerText();
  assert.match(command, new RegExp(`^curl ${server.url}/ingest/logs`));
  assert.match(command, /"signal_id": "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"/);
  await first.screenshot({ path: join(SHOTS, 'first-minute.png') });
  server.state.empty = false;
  await first.getByText('Inventory answers too late').waitFor({ timeout: 8000 });
  await done(first, 'overview-dark');
});

test('telemetry is only ever text', { skip }, async () => {
  const page = await open(`/incidents/${PENDING}`);
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  assert.equal(heading, HOSTILE.replace('\u202E', '⟨U+202E⟩'));
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await page.getByText('Looking for the cause').waitFor();
  await done(page, 'incident-pending');
});

test('an inconclusive analysis says so and what would help', { skip }, async () => {
  const page = await open(`/incidents/${INCONCLUSIVE}`);
  await page.getByText('The evidence does not name a cause').waitFor();
  await page.getByText('What would settle it', { exact: false }).waitFor();
  await done(page, 'incident-inconclusive');
});

test('a service that is down is explained, and the page recovers', { skip }, async () => {
  const page = await open('/incidents');
  await page.close();
  server.state.down = true;
  const down = await visit('/incidents');
  await down.getByText('This page asks again by itself', { exact: false }).waitFor({ timeout: 10_000 });
  await down.getByText('abc-123').waitFor();
  await down.screenshot({ path: join(SHOTS, 'down.png') });
  server.state.down = false;
  await down.getByText('Inventory answers too late').waitFor({ timeout: 10_000 });
  await done(down, 'incidents-dark');
});

test('a server that asks for a credential gets one', { skip }, async () => {
  const page = await open('/');
  await page.close();
  server.state.locked = true;
  const locked = await visit('/');
  await locked.getByLabel('API key').fill('secret');
  await locked.getByRole('button', { name: 'Use this key' }).click();
  await locked.getByText('Inventory answers too late').waitFor();
  await done(locked, 'unlocked');
});

test('an unknown trace and an unknown incident say what to do', { skip }, async () => {
  const page = await open('/traces/nothing');
  await page.getByText('Nothing is stored under this trace id').waitFor();
  await page.close();
  const incident = await open(`/incidents/${INCIDENT.replace('7d', '00')}`);
  await incident.getByText('There is no such incident').waitFor();
  await done(incident, 'unknown-incident');
});

test('an answer of an unexpected shape costs one page, not the console', { skip }, async () => {
  const page = await open(`/incidents/${STRANGE}`);
  await page.getByText('This page cannot be shown').waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('Inventory answers too late').waitFor();
  browser.complaints.length = 0;
  await done(page, 'strange');
});

test('the light theme is one click away and stays', { skip }, async () => {
  const page = await open('/');
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
  await page.goto(`${server.url}/incidents/${INCIDENT}`);
  await page.getByText('88 % sure').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light');
  await done(page, 'incident-light');
});

test('it reads on a phone without scrolling sideways', { skip }, async () => {
  const page = await open('/');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/', '/notifications', `/incidents/${INCIDENT}`, `/traces/${TRACE}`]) {
    await page.goto(server.url + path);
    await page.locator('.panel').first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${path} is ${width} px wide`);
  }
  await done(page, 'phone');
});
