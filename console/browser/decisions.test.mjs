// Decision runs in a real browser against a real Whence, whose address WHENCE_URL says. It must not know of any run yet.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { assertAccessible, inBothThemes } from './axe.mjs';
import { assertCount, missing, startBrowser } from './chromium.mjs';

const BASE = process.env.WHENCE_URL;
const skip = missing || (BASE ? false : 'WHENCE_URL does not say where Whence is');
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const HOSTILE = '<img src=x onerror="window.pwned=1">';

const start = Date.now() - 3_600_000;
const at = (minute, ms = 0) => new Date(start + minute * 60_000 + ms).toISOString();

/** Searches of which the last drops the right answer. */
const searches = Array.from({ length: 8 }, (_, number) => ({ id: randomUUID(), number, wrong: number === 7 }));
const last = searches[7];

let browser;

before(async () => {
  if (skip) return;
  browser = await startBrowser();
});

after(() => browser?.close());

const visit = (path) => browser.visit(BASE + path);

async function ingest(path, body) {
  const answer = await fetch(BASE + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path} answered ${answer.status}: ${await answer.text()}`);
}

function eventsOf({ id, number, wrong }) {
  const kept = wrong ? 2 : 40 + (number % 3);
  const step = (place, name, type, more) => ({
    type: 'step_complete',
    data: { id: randomUUID(), run_id: id, name, type, started_at: at(number, place * 100), completed_at: at(number, place * 100 + 80), ...more },
  });
  const candidates = [
    { id: 'case-1', rank: 1, score: 0.91, selected: true },
    { id: 'case-2', rank: 2, score: 0.88, selected: !wrong, ...(wrong ? { reason: 'price_too_high' } : {}) },
    { id: 'stand-1', rank: 3, score: 0.2, selected: false, reason: 'rating_too_low' },
    { id: HOSTILE, rank: 4, score: 0.1, selected: false, reason: 'rating_too_low' },
  ];
  return [
    // Inner steps end first, so that is the order in which they are told.
    step(2, 'price and rating', 'filter', {
      inputs: { candidate_count: 100 },
      outputs: { survivor_count: kept, candidates },
      metadata: { total_count: 100, survivor_count: kept, rejection_histogram: { price_too_high: wrong ? 90 : 50, rating_too_low: wrong ? 8 : 10 - (number % 3) } },
      reasoning: 'at most 50, rated 4 or better',
    }),
    step(1, 'find', 'retrieval', { outputs: { count: 100, items: ['case-1', 'case-2', 'stand-1'] } }),
    step(3, 'write the answer', 'llm', { cost: 0.0035, metadata: { model: 'gpt-4o', token_usage: { prompt: 812, completion: 96, total: 908 } } }),
    step(4, 'choose', 'logic', { outputs: { id: 'case-1', title: 'Phone case, clear' } }),
    {
      type: 'run_complete',
      data: { id, name: 'product search', tags: { version: wrong ? '2' : '1' }, started_at: at(number), completed_at: at(number, 900), ...(wrong ? { trace_id: TRACE } : {}) },
    },
  ];
}

test('before the first run the page says what to send, and shows it by itself', { skip }, async () => {
  const page = await visit('/');
  await page.getByRole('link', { name: 'Decisions' }).click();
  await page.getByText('No decision runs yet.').waitFor();
  await page.getByText('docs/examples/decision-runs.md').waitFor();
  await inBothThemes(page, 'no runs');
  const command = await page.locator('.command pre').innerText();
  assert.ok(command.startsWith(`curl ${BASE}/ingest `), command);
  await ingest('/ingest', JSON.parse(command.slice(command.indexOf("'{") + 1, -1)));
  await page.getByRole('link', { name: /unnamed/ }).click();
  await page.getByRole('button', { name: /price.*2 → 1.*50 % dropped/ }).waitFor();
  await browser.done(page, 'first-run');
});

test('an engineer finds the run, the step that dropped the right answer, and its reason', { skip }, async () => {
  await ingest('/ingest', { events: searches.flatMap(eventsOf) });
  const page = await visit('/decisions');
  await page.getByLabel('Name', { exact: true }).fill('SEARCH');
  await page.waitForURL('**/decisions?q=SEARCH');
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 8);
  await page.getByLabel('Tag', { exact: true }).fill('version:2');
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 1);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 8);
  assert.equal(await page.getByLabel('Tag', { exact: true }).inputValue(), '');
  await inBothThemes(page, 'runs');

  await page.getByRole('link', { name: /product search/ }).first().click();
  await page.waitForURL(`**/decisions/${last.id}`);
  const steps = page.locator('.funnel > li');
  await steps.nth(3).waitFor();
  assert.deepEqual(await steps.locator('.label b').allInnerTexts(), ['find', 'price and rating', 'write the answer', 'choose']);
  await page.getByText('908 tokens').waitFor();
  await page.getByText('Phone case, clear').waitFor();
  await assertCount(page.locator('.stage.most'), 1);

  await page.getByRole('button', { name: /price and rating.*100 → 2.*98 % dropped/ }).click();
  await page.waitForURL(/[?&]step=/);
  const detail = page.getByRole('region', { name: 'Step price and rating' });
  await detail.getByText('at most 50, rated 4 or better').waitFor();
  assert.match(await detail.locator('.histogram li').first().innerText(), /price_too_high\s+90/);
  await assertCount(detail.locator('.candidates tbody tr'), 4);
  await detail.getByRole('button', { name: /price_too_high/ }).click();
  await assertCount(detail.locator('.candidates tbody tr'), 1);

  await detail.getByRole('button', { name: 'case-2' }).click();
  await page.getByRole('status').getByText('case-2 was dropped by “price and rating”: price_too_high.').waitFor();
  assert.match(await page.locator('.stage.dropper').innerText(), /✗ dropped it/);
  await assertCount(page.locator('.journey .dropper'), 1);
  await inBothThemes(page, 'run');
  assert.equal(await page.evaluate(() => window.pwned), undefined);

  // All of it is in the address.
  await page.reload();
  await page.getByText('case-2 was dropped by').waitFor();
  await detail.getByRole('row', { name: /case-2/ }).waitFor();
  await assertCount(detail.locator('.candidates tbody tr'), 1);
  await browser.done(page, 'run-dark');
});

test('the run before stands beside it, and what differs is said in words', { skip }, async () => {
  const page = await visit(`/decisions/${last.id}`);
  await page.getByRole('button', { name: 'Compare with the run before' }).click();
  await page.waitForURL(`**/decisions/${last.id}?with=${searches[6].id}`);
  await page.getByText(/“price and rating” drops 98 % instead of 60 %/).waitFor();
  const row = page.locator('.comparison tbody.notable').first();
  assert.match(await row.innerText(), /price and rating[\s\S]*▼ 38 less[\s\S]*points more/);
  assert.match(await row.innerText(), /price_too_high[\s\S]*50 → 90/);
  await inBothThemes(page, 'comparison');
  await page.getByLabel('Id of another run').fill('nobody');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByText("the parameter 'before' is a UUID").waitFor();
  await browser.done(page, 'comparison');
});

test('the latest runs of a name are laid over each other, and the drift is named', { skip }, async () => {
  const page = await visit('/decisions');
  await page.getByRole('button', { name: /only these.*product search/ }).first().click();
  await page.waitForURL('**/decisions?name=product+search');
  await page.getByText(/dropped 98 %, usually \d+ % to \d+ %/).waitFor();
  await page.getByRole('img', { name: /Drop rates of price and rating, the oldest run first: .*98 % \(unusual\)/ }).waitFor();
  await inBothThemes(page, 'last runs of a name');
  await page.getByRole('group', { name: 'How many runs' }).getByRole('button', { name: '10', exact: true }).click();
  await page.waitForURL('**last=10');
  await browser.done(page, 'last-runs');
});

test('versions are told apart by their tag', { skip }, async () => {
  const page = await visit(`/decisions/${searches[6].id}`);
  await page.getByText('The latest run').waitFor();
  await page.getByRole('group', { name: 'Which runs' }).getByRole('button', { name: 'version:1' }).click();
  await page.waitForURL('**tag=version%3A1');
  await page.getByRole('heading', { name: 'The last 7 runs of “product search” with version:1' }).waitFor();
  await page.getByText('This run is the latest. It is like those before it.').waitFor();
  await browser.done(page, 'versions');
});

test('a list that was too long to keep says that it is a sample', { skip }, async () => {
  const run = randomUUID();
  const survivors = Array.from({ length: 1_200 }, (_, number) => `item-${number}`);
  const step = { id: randomUUID(), run_id: run, name: 'sieve', type: 'filter', started_at: at(9), inputs: { candidate_count: 5_000 }, outputs: { survivors } };
  await ingest('/ingest', { events: [{ type: 'step_complete', data: step }] });
  const page = await visit(`/decisions/${run}?step=${step.id}`);
  const detail = page.getByRole('region', { name: 'Step sieve' });
  await detail.getByText('A random sample of 1,200: the counts above are exact, the list is not complete.').waitFor();
  await detail.getByText('5,000 in, 1,200 out').waitFor();
  await assertCount(detail.locator('.candidates tbody tr'), 50);
  await detail.getByRole('button', { name: 'Show the other 950 candidates' }).click();
  await assertCount(detail.locator('.candidates tbody tr'), 1_000);
  await detail.getByText('outputs', { exact: true }).click();
  await detail.getByRole('button', { name: /Show all .* characters/ }).waitFor();
  await assertAccessible(page, 'a long list');
  await browser.done(page, 'sample');
});

test('steps that drop the most are found across runs', { skip }, async () => {
  const page = await visit('/decisions');
  await page.getByRole('link', { name: 'Steps that drop the most' }).click();
  await page.getByRole('link', { name: /price and rating.*98 % dropped/s }).waitFor();
  await assertCount(page.locator('.rows .run'), 1);
  await inBothThemes(page, 'steps');
  await page.getByRole('button', { name: '≥ 99 %' }).click();
  await page.getByText('No step dropped 99 % of its candidates or more.').waitFor();
  await page.goBack();
  await page.getByRole('link', { name: /price and rating/ }).click();
  await page.getByRole('region', { name: 'Step price and rating' }).waitFor();
  await browser.done(page, 'found-step');
});

test('a run leads to its trace and the trace back to it', { skip }, async () => {
  await ingest('/ingest/logs', { signal_id: randomUUID(), trace_id: TRACE, service_name: 'search', timestamp: at(7), level: 'INFO', message: 'answered' });
  const page = await visit(`/decisions/${last.id}`);
  await page.getByRole('link', { name: 'Open the trace' }).click();
  await page.waitForURL(`**/traces/${TRACE}`);
  await page.getByText('answered').waitFor();
  await page.getByRole('link', { name: /product search/ }).click();
  await page.waitForURL(`**/decisions/${last.id}`);
  await browser.done(page, 'trace-and-back');
});

test('the funnel is worked with the keyboard alone', { skip }, async () => {
  const page = await visit(`/decisions/${last.id}`);
  await page.locator('.funnel > li').nth(3).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.closest('.stage')?.textContent ?? '');
  for (let tabs = 0; tabs < 40 && !/price and rating/.test(await focused()); tabs++) await page.keyboard.press('Tab');
  assert.match(await focused(), /price and rating/);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Step price and rating' }).waitFor();
  await page.getByLabel('Id of a candidate').focus();
  await page.keyboard.type('stand-1');
  await page.keyboard.press('Enter');
  await page.getByText('stand-1 was dropped by “price and rating”: rating_too_low.').waitFor();
  await browser.done(page, 'keyboard');
});

test('a long list goes on by cursor, and back to its beginning', { skip }, async () => {
  const many = Array.from({ length: 60 }, (_, number) => ({
    type: number % 20 === 0 ? 'run_failed' : 'run_complete',
    data: { id: randomUUID(), name: 'nightly', started_at: at(-number - 1), completed_at: at(-number - 1, 5), error: 'no index', total_cost: number },
  }));
  await ingest('/ingest', { events: many });
  const page = await visit('/decisions?name=nightly');
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 50);
  await page.getByRole('button', { name: 'Older' }).click();
  await page.waitForURL('**cursor=**');
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 10);
  await page.getByRole('button', { name: 'Newest' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 50);
  await page.getByRole('group', { name: 'Status' }).getByRole('button', { name: 'failed' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 3);
  await page.getByText('no index').first().waitFor();
  await page.getByLabel('Least cost').fill('39');
  await page.waitForFunction(() => document.querySelectorAll('.rows .run').length === 1);
  await browser.done(page, 'many-runs');
});

test('what is wrong is said in the words of the API', { skip }, async () => {
  const page = await visit('/decisions/nobody');
  await page.getByText("the parameter 'id' is a UUID").waitFor();
  await page.goto(`${BASE}/decisions/00000000-0000-4000-8000-000000000000`);
  await page.getByText('Run not found').waitFor();
  await page.goto(`${BASE}/decisions?cursor=x`);
  await page.getByText("'cursor' ").waitFor();
  await page.goto(`${BASE}/decisions?q=nobody`);
  await page.getByText('No run matches.').waitFor();
  await browser.done(page, 'unknown-run');
});

test('it reads on a phone without scrolling sideways', { skip }, async () => {
  const page = await visit('/decisions');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/decisions', '/decisions?view=steps', '/decisions?name=product+search', `/decisions/${last.id}?with=${searches[6].id}&candidate=case-2`]) {
    await page.goto(BASE + path);
    await page.locator('.panel').first().waitFor();
    await page.waitForLoadState('networkidle');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${path} is ${width} px wide`);
  }
  await browser.done(page, 'run-phone');
});
