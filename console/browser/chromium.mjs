// A browser of its own for each file of tests, and what all of them do with it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const SHOTS = new URL('../target/screenshots/', import.meta.url).pathname;

/** Why there is no browser; false where there is one. */
export const missing = existsSync(CHROMIUM) ? false : `${CHROMIUM} is not installed (apt-get install chromium, or set CHROMIUM)`;

/** The caret stays as it is: hiding it adds a style element to shadow roots, which the page's policy forbids. */
export function screenshot(page, shot, more = {}) {
  return page.screenshot({ path: join(SHOTS, `${shot}.png`), caret: 'initial', ...more });
}

/** Waits until there are so many: what follows a click is there in the next frame, not at once. */
export async function assertCount(locator, count) {
  for (let i = 0; i < 100 && (await locator.count()) !== count; i++) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(await locator.count(), count);
}

export async function startBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'whence-console-'));
  mkdirSync(SHOTS, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const complaints = [];
  return {
    complaints,
    async visit(url) {
      const page = await context.newPage();
      complaints.length = 0;
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // A browser reports every 4xx and 5xx; those are what some tests are about.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
      });
      await page.goto(url);
      return page;
    },
    async shoot(page, shot) {
      await screenshot(page, shot);
      assert.deepEqual(complaints, [], 'the browser complained');
    },
    async done(page, shot) {
      await screenshot(page, shot);
      await page.close();
      assert.deepEqual(complaints, [], 'the browser complained');
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
