// Pictures of the pages in both themes: node browser/screenshots.mjs [FOLDER], after a build. They show the fixtures, so that
// they are the same wherever they are made.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SHOTS, startBrowser } from './chromium.mjs';
import { INCIDENT, TRACE } from './fixtures.mjs';
import { startServer } from './server.mjs';

const FOLDER = process.argv[2] ?? join(SHOTS, 'pages');
const SIZE = { width: 1280, height: 800 };

const PAGES = {
  overview: ['/', '.feed li'],
  incidents: ['/incidents', '.incident'],
  incident: [`/incidents/${INCIDENT}`, '.cause'],
  trace: [`/traces/${TRACE}?span=a5`, '.standing'],
  logs: ['/logs', '[role=option]'],
  patterns: ['/logs?tab=patterns', '.patterns tbody tr'],
  spans: ['/spans?q=service%3Acart%20status%3Aerror&tab=comparison', '.figures-table tbody tr'],
  services: ['/services', '.figures-table tbody tr'],
  service: ['/services?service=stock', '.timechart path'],
  map: ['/services?view=map&chosen=service+stock', '.box'],
  storage: ['/storage', '.bigs'],
  rejected: ['/rejected', '.rejected li'],
  notifications: ['/notifications', '.panel'],
};

mkdirSync(FOLDER, { recursive: true });
const server = await startServer();
const browser = await startBrowser();
try {
  for (const [name, [path, shown]] of Object.entries(PAGES)) {
    const page = await browser.visit(server.url + path);
    await page.setViewportSize(SIZE);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
      await page.locator(shown).first().waitFor();
      await page.screenshot({ path: join(FOLDER, `${name}-${theme}.jpg`), type: 'jpeg', quality: 72 });
    }
    await page.close();
  }
  console.log(`${2 * Object.keys(PAGES).length} pictures are in ${FOLDER}`);
} finally {
  await browser.close();
  server.close();
}
