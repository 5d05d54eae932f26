// Pictures of the pages in both themes: node browser/screenshots.mjs [FOLDER], after a build. They show the fixtures, so that
// they are the same wherever they are made; or, where WHENCE_URL says so, what a real Whence has, for instance after
// ./whence demo. Small ones, for docs/console: SMALL=yes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHOTS, startBrowser } from './chromium.mjs';
import { INCIDENT, TRACE } from './fixtures.mjs';
import { startServer } from './server.mjs';

const FOLDER = process.argv[2] ?? join(SHOTS, 'pages');
const SIZE = { width: 1280, height: 800 };
const SMALL = process.env.SMALL ? { width: 720, height: 450 } : SIZE;
/** What comes in moves a page for a while after it is there. */
const SETTLED_MS = 1_000;
const QUALITY = process.env.SMALL ? 0.5 : 0.8;

const fixtures = {
  overview: ['/', '.feed li'],
  incidents: ['/incidents', '.incident'],
  incident: [`/incidents/${INCIDENT}`, '.cause'],
  trace: [`/traces/${TRACE}?span=a5`, '.standing'],
  logs: ['/logs', '[role=option]'],
  patterns: ['/logs?tab=patterns', '.patterns tbody tr'],
  spans: ['/spans?q=service%3Acart%20status%3Aerror&tab=comparison', '.figures-table tbody tr'],
  metrics: ['/series?service=cart&name=db.pool.used', '.timechart path'],
  services: ['/services', '.figures-table tbody tr'],
  service: ['/services?service=stock', '.timechart path'],
  map: ['/services?view=map&chosen=service+stock', '.box'],
  storage: ['/storage', '.bigs'],
  rejected: ['/rejected', '.rejected li'],
  notifications: ['/notifications', '.panel'],
};

/** What there is to see on a real one: the incident whose cause is known best, its trace, the service that is to blame. */
async function found(base) {
  const ask = async (path) => (await fetch(base + path)).json();
  const { items } = await ask('/query/incidents?limit=50');
  let best;
  for (const incident of items) {
    const answer = await fetch(`${base}/query/incidents/${incident.id}/analysis`);
    const analysis = answer.ok ? await answer.json() : undefined;
    const score = analysis?.hypotheses?.[0]?.score ?? analysis?.confidence ?? 0;
    if (analysis && (!best || score > best.score)) best = { incident, analysis, score };
  }
  const incident = best?.incident ?? items[0];
  const service = best?.analysis.ai_explanation?.hypotheses?.[0]?.service ?? incident.affected_services?.at(-1) ?? '';
  const spans = await ask(`/query/search?kind=spans&q=${encodeURIComponent(`service:"${service}" status:error`)}&limit=1`);
  const any = spans.items[0] ?? (await ask('/query/search?kind=spans&limit=1')).items[0];
  const { metrics } = await ask('/query/metrics/names');
  const metric = metrics.find(({ kind }) => kind === 'gauge') ?? metrics[0];
  const runs = await ask('/runs?limit=1');
  return { incident: incident.id, service, trace: any.trace_id, span: any.payload.span_id, metric, run: (runs.items ?? runs)[0]?.run_id ?? (runs.items ?? runs)[0]?.id };
}

async function realPages(base) {
  const { incident, service, trace, span, metric, run } = await found(base);
  const of = (params) => new URLSearchParams(params);
  return {
    overview: ['/', '.feed li'],
    incidents: ['/incidents', '.incident'],
    incident: [`/incidents/${incident}`, '.cause'],
    evidence: [`/incidents/${incident}/evidence`, 'main .panel'],
    trace: [`/traces/${trace}?${of({ span })}`, '[role=treeitem]'],
    logs: ['/logs?from=1h', '.facets section'],
    patterns: ['/logs?from=1h&tab=patterns', '.patterns tbody tr'],
    spans: [`/spans?${of({ q: `service:${service} status:error`, from: '1h', tab: 'comparison' })}`, '.figures-table tbody tr'],
    metrics: [`/series?${of({ service: metric?.service ?? '', name: metric?.name ?? '' })}`, '.timechart path'],
    services: ['/services', '.figures-table tbody tr'],
    service: [`/services?${of({ service })}`, '.timechart path'],
    map: ['/services?view=map', '.box'],
    decisions: ['/decisions', 'main .panel, main li'],
    ...(run ? { run: [`/decisions/${run}`, '.funnel, .stage'] } : {}),
    image: ['/images/new', '.containerfile'],
    builds: ['/builds', 'main'],
    notifications: ['/notifications', '.panel'],
    storage: ['/storage', '.bigs'],
    rejected: ['/rejected', 'main'],
    settings: ['/settings', 'main'],
  };
}

/** The browser itself knows how to make a picture smaller. */
async function smaller(page, png) {
  const data = await page.evaluate(
    async ({ png, width, height, quality }) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob(), { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d').drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/webp', quality).split(',')[1];
    },
    { png: png.toString('base64'), ...SMALL, quality: QUALITY },
  );
  return Buffer.from(data, 'base64');
}

mkdirSync(FOLDER, { recursive: true });
const server = process.env.WHENCE_URL ? { url: process.env.WHENCE_URL.replace(/\/$/, ''), close() {} } : await startServer();
const browser = await startBrowser();
let bytes = 0;
try {
  const pages = process.env.WHENCE_URL ? await realPages(server.url) : fixtures;
  const press = await browser.visit('about:blank');
  for (const [name, [path, shown]] of Object.entries(pages)) {
    const page = await browser.visit(server.url + path);
    await page.setViewportSize(SIZE);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
      await page.locator(shown).first().waitFor();
      await page.waitForTimeout(SETTLED_MS);
      const picture = await smaller(press, await page.screenshot());
      bytes += picture.length;
      writeFileSync(join(FOLDER, `${name}-${theme}.webp`), picture);
    }
    await page.close();
  }
  console.log(`${2 * Object.keys(pages).length} pictures of ${Math.round(bytes / 1000)} kB are in ${FOLDER}`);
} finally {
  await browser.close();
  server.close();
}
