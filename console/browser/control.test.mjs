// Accounts, images and builds in a real browser against a real Whence that asks for credentials, whose address WHENCE_URL
// says. Nobody must have an account there yet, and no GitHub be configured.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, inBothThemes } from './axe.mjs';
import { missing, startBrowser } from './chromium.mjs';

const BASE = process.env.WHENCE_URL;
const skip = missing || (BASE ? false : 'WHENCE_URL does not say where Whence is');
const PASSWORD = 'a horse on the moon';
const ADMIN = 'ada@example.org';
const GUEST = 'grace@example.org';

const DEFINITION = `name: workstation
description: For people who write code
base-image: quay.io/fedora/fedora-bootc:43
modules:
  - type: script
    scripts:
      - echo first
`;

let browser;

before(async () => {
  if (skip) return;
  browser = await startBrowser();
});

after(() => browser?.close());

const visit = (path) => browser.visit(BASE + path);

async function fillIn(page, email, password) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
}

/** A tab of its own in which the administrator has signed in. */
async function signedIn() {
  const page = await visit('/sign-in');
  await fillIn(page, ADMIN, PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  // What is left unsaved is asked about.
  page.on('dialog', (dialog) => dialog.accept());
  return page;
}

let tab;

/** The administrator's tab, the same in all tests: who signs in for each of them is held up as a guesser. */
async function administrator(path) {
  tab ??= await signedIn();
  browser.complaints.length = 0;
  await tab.goto(BASE + path);
  return tab;
}

const editor = (page) => page.getByRole('textbox', { name: 'Definition, YAML' });

async function write(page, text) {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  // Text that takes the place of a selection gets a style attribute from Chromium, which the page's policy then drops.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

async function answers(promise, action) {
  const [response] = await Promise.all([promise, action()]);
  return response;
}

test('whoever comes first creates the account that runs the installation', { skip }, async () => {
  const page = await visit('/images?q=work');
  await page.waitForURL('**/sign-in');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await inBothThemes(page, 'sign in');
  await page.getByRole('link', { name: 'Create the first account' }).click();
  await page.getByRole('heading', { name: 'Create the first account' }).waitFor();
  await inBothThemes(page, 'first account');
  await fillIn(page, ADMIN, '12345678');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('alert').getByText('This password is not taken: it is one of those that are guessed first.').waitFor();
  await fillIn(page, ADMIN, PASSWORD);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('link', { name: new RegExp(ADMIN) }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await browser.done(page, 'first-account');
});

test('a wrong password is refused in words, and the right one leads back to where one came from', { skip }, async () => {
  const page = await visit('/images?q=work');
  await page.waitForURL('**/sign-in');
  await fillIn(page, ADMIN, 'something else');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('The e-mail address or the password is wrong.').waitFor();
  await assertAccessible(page, 'a refused sign-in');
  await fillIn(page, ADMIN, PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/images?q=work');
  await page.getByText('No image matches.').waitFor();

  // The access token is gone with the page; the session is not.
  await page.reload();
  await page.getByText('No image matches.').waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto(`${BASE}/images`);
  await page.waitForURL('**/sign-in');
  await browser.done(page, 'signed-out');
});

test('a key is made, shown once, and opens what it may', { skip }, async () => {
  const page = await administrator('/settings/keys');
  await page.getByText('No keys yet.').waitFor();
  await inBothThemes(page, 'no keys');
  await page.getByLabel('Name', { exact: true }).fill('dashboard');
  await page.getByLabel('ingest', { exact: true }).uncheck();
  await page.getByLabel('read', { exact: true }).check();
  await page.getByLabel(/Requests a minute, empty/).fill('600');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = await page.getByRole('status').locator('.command pre').innerText();
  assert.match(key, /\S{40,}/);
  const row = page.getByRole('listitem').filter({ hasText: 'dashboard' });
  await row.getByText('never used').waitFor();
  await row.getByText('600 requests a minute').waitFor();
  await inBothThemes(page, 'a new key');
  await page.reload();
  await row.getByText('active').waitFor();
  assert.equal(await page.getByText(key).count(), 0, 'the key is shown once');

  const other = await visit('/incidents');
  await other.waitForURL('**/sign-in');
  await other.getByLabel('API key').fill(key);
  await other.getByRole('button', { name: 'Use this key' }).click();
  await other.waitForURL('**/incidents');
  await other.getByText(/No incident/).first().waitFor();
  await other.close();

  await row.getByRole('button', { name: /^rotate/ }).click();
  await page.getByText('The key that takes its place, shown only now.').waitFor();
  await row.first().getByRole('button', { name: /^revoke/ }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('revoked', { exact: true }).waitFor();
  await browser.shoot(page, 'keys');
});

test('a mistake is marked where it stands, and the Containerfile follows the text', { skip }, async () => {
  const page = await administrator('/images');
  await page.getByText('No images yet.').waitFor();
  await inBothThemes(page, 'no images');
  await page.getByRole('link', { name: 'New image' }).click();
  await page.getByRole('region', { name: 'Containerfile' }).getByText('FROM quay.io/fedora/fedora-bootc:43').waitFor();

  await write(page, DEFINITION.replace('type: script', 'type: scirpt').replace('modules:', 'modles:'));
  await page.getByText('Not valid: 1 error').waitFor();
  await page.locator('.cm-lintRange-error').first().waitFor();
  await page.getByText("Missing required field: modules", { exact: false }).first().waitFor();
  await page.getByText('No Containerfile can be made of this.').waitFor();
  await page.getByRole('region', { name: 'Containerfile' }).getByText('vim-enhanced').waitFor();
  await inBothThemes(page, 'a mistake in the editor');

  await write(page, DEFINITION);
  await page.getByText('Valid', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Containerfile' }).getByText('RUN echo first').waitFor();
  assert.equal(await page.locator('.cm-lintRange-error').count(), 0);
  assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
  await page.getByLabel('Name', { exact: true }).fill('workstation');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/images\/\d+$/);
  await page.getByRole('heading', { name: 'workstation' }).waitFor();
  await browser.shoot(page, 'new-image');
});

test('the editor offers what may stand there, and leaves the shortcut of the search alone', { skip }, async () => {
  const page = await administrator('/images');
  // Whoever asks before the editor knows what may stand there is answered when it does.
  const schema = '**/schema';
  let send;
  const asked = new Promise((resolve) => (send = resolve));
  await page.route(schema, async (route) => {
    await asked;
    await route.continue();
  });
  await page.getByRole('link', { name: 'New image' }).click();
  await editor(page).waitFor();
  await write(page, 'modules:\n  - type: files\n    ');
  await page.keyboard.press('ControlOrMeta+Space');
  send();
  await page.unrouteAll({ behavior: 'wait' });
  await page.locator('.cm-tooltip-autocomplete').getByText('condition').waitFor();
  await page.keyboard.type('fil');
  await page.waitForFunction(() => document.querySelector('.editor').shadowRoot.querySelectorAll('.cm-tooltip-autocomplete li').length === 1);
  // Accepting at once is ignored by the editor, so that nobody accepts what has just appeared.
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  await editor(page).getByText('files:').waitFor();
  await page.keyboard.type('src: /etc/motd');
  await editor(page).getByText('/etc/motd').waitFor();
  await browser.shoot(page, 'completion');
});

test('two who write at the same time see what the other has changed', { skip }, async () => {
  const page = await administrator('/images');
  await page.getByRole('link', { name: /workstation/ }).click();
  const address = page.url();
  await editor(page).waitFor();
  const other = await signedIn();
  await other.goto(address);
  await editor(other).waitFor();
  await write(other, DEFINITION.replace('echo first', 'echo second'));
  await other.getByRole('button', { name: 'Save' }).click();
  await other.getByText('Saved as version 2.').waitFor();
  await other.close();

  await write(page, DEFINITION.replace('echo first', 'echo third'));
  await page.getByRole('button', { name: 'Save' }).click();
  const conflict = page.getByRole('alert');
  await conflict.getByText('Not saved: version 2 was written while you were working on version 1.').waitFor();
  await conflict.getByText('echo second').waitFor();
  await inBothThemes(page, 'a conflict');
  await conflict.getByRole('button', { name: 'Save mine over version 2' }).click();
  await page.getByText('Saved as version 3.').waitFor();
  await browser.shoot(page, 'conflict');
});

test('versions are compared and brought back', { skip }, async () => {
  const page = await administrator('/images');
  await page.getByRole('link', { name: /workstation/ }).click();
  await page.getByRole('link', { name: 'Versions' }).click();
  const difference = page.getByRole('region', { name: 'Difference 1 of 1' });
  await difference.getByText('echo third').waitFor();
  assert.match(await difference.locator('tr.removed').innerText(), /echo second/);
  await page.getByRole('button', { name: 'Side by side' }).click();
  await difference.locator('td.added').getByText('echo third').waitFor();
  await inBothThemes(page, 'versions');
  await page.getByRole('button', { name: 'Bring back version 1' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByText('Version 4 was written; it is like version 1.').waitFor();
  await page.getByText('brought back version 1').waitFor();
  await page.getByRole('link', { name: 'Editor' }).click();
  await page.getByRole('region', { name: 'Containerfile' }).getByText('echo first').waitFor();
  await browser.shoot(page, 'rollback');
});

test('a recipe of BlueBuild becomes a definition, and what it lacks is listed', { skip }, async () => {
  const page = await administrator('/images/new');
  await page.getByRole('button', { name: 'A BlueBuild recipe' }).click();
  await page.getByLabel('Recipe').fill('name: laptop\ndescription: x\nbase-image: ghcr.io/ublue-os/silverblue-main\nimage-version: 43\nmodules:\n  - type: brew\n');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByText(/not carried over:/).waitFor();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'laptop');
  await page.getByRole('button', { name: 'A file of the installation' }).click();
  await page.getByText('This installation keeps no definitions as files.').waitFor();
  await assertAccessible(page, 'an imported recipe');
  await browser.shoot(page, 'recipe');
});

test('a build without GitHub says what is missing', { skip }, async () => {
  const page = await administrator('/builds');
  await page.getByText('No builds yet.').waitFor();
  await inBothThemes(page, 'no builds');
  await page.goto(`${BASE}/images`);
  await page.getByRole('link', { name: /workstation/ }).click();
  await page.getByRole('link', { name: 'Build it' }).click();
  const refused = await answers(
    page.waitForResponse('**/api/build/trigger'),
    () => page.getByRole('button', { name: 'Build', exact: true }).click(),
  );
  await page.getByRole('alert').getByText((await refused.json()).detail).waitFor();
  await assertAccessible(page, 'a build that was refused');
  await page.getByRole('link', { name: /workstation #\d+/ }).click();
  await page.getByRole('heading', { name: 'Build of workstation' }).waitFor();
  await page.getByText('queued', { exact: true }).waitFor();
  await page.getByText('live', { exact: true }).waitFor();
  await inBothThemes(page, 'a build');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await page.getByText('The build was cancelled.').waitFor();
  await browser.shoot(page, 'cancelled-build');
});

test('somebody is invited, becomes a viewer, then an editor, and is taken out', { skip }, async () => {
  const page = await administrator('/settings');
  await page.getByLabel(/^E-mail/).fill(GUEST);
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = await page.getByRole('status').locator('.command pre').innerText();
  assert.ok(link.startsWith(`${BASE}/register#`), link);
  await inBothThemes(page, 'an invitation');

  const guest = await browser.visit(link);
  await guest.getByRole('heading', { name: 'Accept the invitation' }).waitFor();
  await fillIn(guest, GUEST, PASSWORD);
  await guest.getByRole('button', { name: 'Create the account' }).click();
  await guest.getByRole('button', { name: 'Sign out' }).waitFor();
  await guest.getByRole('link', { name: 'Settings' }).click();
  await guest.getByText('What you are in this project does not allow it.').first().waitFor();
  await guest.close();

  await page.reload();
  const role = page.getByLabel(`Role of ${GUEST}`);
  assert.equal(await role.inputValue(), 'viewer');
  await answers(
    page.waitForResponse((response) => response.request().method() === 'PUT' && response.ok()),
    () => role.selectOption('editor'),
  );
  await page.reload();
  await page.waitForFunction((label) => document.querySelector(`select[aria-label="${label}"]`)?.value === 'editor', `Role of ${GUEST}`);
  await inBothThemes(page, 'members');

  // The last administrator stays one, in the words of the API.
  await page.getByLabel(`Role of ${ADMIN}`).selectOption('viewer');
  await page.getByText('This is the last administrator of project 1; make another one first').waitFor();

  await page.getByRole('button', { name: `delete ${GUEST}` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await role.waitFor({ state: 'detached' });
  await browser.shoot(page, 'members');
});

test('projects are made and switched', { skip }, async () => {
  const page = await administrator('/settings/projects');
  await page.getByText('Make a project').click();
  await page.getByLabel('Name', { exact: true }).fill('shop');
  await page.getByRole('button', { name: 'Make', exact: true }).click();
  await page.getByText('shop is there.').waitFor();
  await inBothThemes(page, 'projects');
  await page.getByRole('link', { name: 'Invite its members' }).click();
  await page.getByRole('heading', { name: 'Members of shop' }).waitFor();
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = await page.getByRole('status').locator('.command pre').innerText();
  await page.goto(link);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL('**/settings/projects');
  await page.getByRole('button', { name: 'switch to shop' }).click();
  await page.getByRole('link', { name: `${ADMIN} · shop` }).waitFor();
  await page.goto(`${BASE}/images`);
  await page.getByText('No images yet.').waitFor();
  await page.goto(`${BASE}/settings/projects`);
  await page.getByRole('button', { name: 'switch to default' }).click();
  await page.getByRole('link', { name: `${ADMIN} · default` }).waitFor();
  await browser.shoot(page, 'projects');
});

test('the audit tells who did it', { skip }, async () => {
  const page = await administrator('/settings/audit');
  await page.getByText('key.revoked').waitFor();
  await inBothThemes(page, 'audit');
  await page.getByLabel('What', { exact: true }).fill('key');
  await page.waitForURL('**action=key');
  await page.waitForFunction(() => document.querySelectorAll('.rows li').length === 3);
  await page.getByRole('button', { name: ADMIN }).first().click();
  await page.waitForURL('**actor=*');
  await page.getByText('key.rotated').waitFor();
  await browser.shoot(page, 'audit');
});

test('it reads on a phone without scrolling sideways', { skip }, async () => {
  const page = await administrator('/images');
  await page.setViewportSize({ width: 390, height: 844 });
  const image = await page.getByRole('link', { name: /workstation/ }).getAttribute('href');
  for (const path of ['/images', image, `${image}?view=versions`, '/images/new', '/builds?config=1', '/settings', '/settings/projects', '/settings/keys', '/settings/audit', '/settings/you']) {
    await page.goto(BASE + path);
    await page.locator('.panel').first().waitFor();
    // Not until the network is idle: a page that shows builds listens to them for as long as it is open.
    await page.waitForFunction(() => !document.querySelector('.loading'));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${path} is ${width} px wide`);
  }
  await assertAccessible(page, 'settings on a phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await browser.shoot(page, 'control-phone');
});

test('a definition is deleted with a question first', { skip }, async () => {
  const page = await administrator('/images');
  await page.getByRole('link', { name: /workstation/ }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.waitForURL('**/images');
  await page.getByText('No images yet.').waitFor();
  await browser.shoot(page, 'deleted');
});
