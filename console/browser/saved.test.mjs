// Columns of lists, and searches that are kept, in a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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

after(async () => {
  await browser?.close();
  server?.close();
});

async function open(path) {
  const page = await browser.visit(server.url + path);
  await page.locator('.results [role=option]').first().waitFor();
  return page;
}

const cols = (page) => new URL(page.url()).searchParams.get('cols');

test('attributes become columns, in an order of choice, and the address keeps them', { skip }, async () => {
  const page = await open('/logs');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Add attr.http.route' }).click();
  await page.waitForURL((url) => url.searchParams.get('cols') === 'time,level,service,message,attr.http.route');
  await page.locator('.result [title="attr.http.route: /pay"]').first().waitFor();
  await page.getByRole('button', { name: 'Move attr.http.route to the front' }).click();
  await page.getByRole('button', { name: 'Leave level out' }).click();
  await page.waitForURL((url) => url.searchParams.get('cols') === 'time,service,attr.http.route,message');
  await inBothThemes(page, 'columns');
  await page.getByRole('dialog', { name: 'Columns' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.locator('.resulthead').getByText('http.route').waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'As usual' }).click();
  await page.waitForURL((url) => !url.searchParams.has('cols'));
  await browser.done(page, 'columns');
});

test('columns are added by their name and left with the keyboard alone', { skip }, async () => {
  const page = await open('/spans');
  await page.getByRole('button', { name: 'Columns' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Another column' }).or(page.getByRole('combobox', { name: 'Another column' })).waitFor();
  await page.keyboard.type('attr.n');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('cols') === 'time,status,service,duration,name,attr.n');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Columns');
  await page.keyboard.press('Tab');
  await page.getByRole('listbox').focus();
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Show http.route as a column' }).click();
  await page.waitForURL((url) => url.searchParams.get('cols').endsWith('attr.n,attr.http.route'));
  assert.match(await page.locator('.result').first().innerText(), /\/pay/);
  await browser.done(page, 'columns-spans');
});

test('a search is kept by its name with its columns, found by the palette, shared and deleted', { skip }, async () => {
  const page = await open('/logs?q=service%3Acart&from=6h&cols=time,attr.n,message&open=66666666-0000-4000-8000-000000000001&at=2026-01-01T00:00:00Z');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.keyboard.type('Carts <b>at night</b>');
  await page.keyboard.press('Enter');
  await page.getByText('Saved. Ctrl K finds it, too.').waitFor();
  await inBothThemes(page, 'saved searches');
  await page.getByRole('button', { name: 'Saved (1)' }).click();
  await page.getByRole('button', { name: /^Copy the address of Carts/ }).click();
  await page.getByText('The address is copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${server.url}/logs?q=service%3Acart&from=6h&cols=time%2Cattr.n%2Cmessage`);
  await page.keyboard.press('Escape');
  await page.goto(`${server.url}/services`);
  // No key is heard before there is a page.
  await page.getByRole('heading', { name: 'Services', exact: true }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Go to/ }).waitFor();
  await page.keyboard.type('night');
  await page.getByRole('option', { name: /saved Carts/ }).waitFor();
  await assertAccessible(page, 'a saved search in the palette');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/logs' && url.searchParams.get('q') === 'service:cart');
  assert.equal(cols(page), 'time,attr.n,message');
  await page.getByRole('button', { name: 'Saved (1)' }).click();
  await page.getByRole('button', { name: /^Delete Carts/ }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).first().waitFor();
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('whence.searches')).map((key) => localStorage.getItem(key)).join()), '[]');
  await browser.done(page, 'saved');
});
