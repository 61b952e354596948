// measure.mjs PAGE_BENCH RASID: the page in Chromium on a queue of 10,000 rows, against the budgets of docs/performance.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [bench, rasid] = process.argv.slice(2).map((path) => resolve(path));
process.env.RASID_BINARY = rasid;
const { Installation, password } = await import(join(root, 'tests/end_to_end/harness/installation.mjs'));
const { launch } = await import(join(root, 'tests/end_to_end/page/browser.mjs'));

const kRows = 10_000;
const kVisits = 7;
const kPresses = 180;
const setup = '[[person]]\nname = "Sara"\nemail = "sara@example.org"\nlanguage = "ar"\n[[queue]]\nname = "care"\nfirst_response = "24h"\n';

const at = (laps, share) => [...laps].sort((a, b) => a - b)[Math.floor(share * (laps.length - 1))];
let broken = 0;
function report(what, value, limit, unit = 'ms') {
  if (value > limit) ++broken;
  console.log(`${what.padEnd(42)} ${value.toFixed(unit === 'ms' ? 0 : 1).padStart(7)} ${unit}  (limit ${limit} ${unit})${value > limit ? '  OVER' : ''}`);
}

/** KB that a first visit loads, gzipped, without fonts: as the build counts them. */
function size_of_page() {
  const folder = mkdtempSync(join(tmpdir(), 'rasid-page-'));
  try {
    const text = execFileSync(process.execPath, ['build.mjs', '--out', folder], { cwd: join(root, 'web/app'), encoding: 'utf8' });
    return Number(/(\d+) B gz {2}first visit/.exec(text)[1]) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Keeps when the first row stood in the page, and how long each key took from the press to the next paint. */
function watch() {
  window.measured = { first_row: null, keys: [] };
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-testid=row]')) return;
    observer.disconnect();
    requestAnimationFrame(() => { window.measured.first_row = performance.now(); });
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') window.measured.keys.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16 });
}

/** Milliseconds of each press, from the event to the paint after it; below 16 ms the browser tells none. */
async function press(page, key) {
  await page.evaluate(() => { window.measured.keys = []; });
  for (let i = 0; i < kPresses; ++i) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(500);
  const told = await page.evaluate(() => window.measured.keys);
  return [...told, ...Array(Math.max(0, kPresses - told.length)).fill(16)];
}

/** Scrolls until every row has been fetched; how many rows the list is high. */
async function load_all(page) {
  const list = await page.getByTestId('rows').evaluateHandle((rows) => {
    let at = rows;
    while (at.scrollHeight <= at.clientHeight || getComputedStyle(at).overflowY === 'visible') at = at.parentElement;
    return at;
  });
  let height = 0;
  for (let still = 0; still < 20;) {
    const now = await list.evaluate((element) => (element.scrollTop = element.scrollHeight, element.scrollHeight));
    await page.waitForTimeout(100);
    still = now === height ? still + 1 : 0;
    height = now;
  }
  await list.evaluate((element) => { element.scrollTop = 0; });
  return page.getByTestId('row').first().evaluate((row, all) => Math.round(all / row.getBoundingClientRect().height), height);
}

const house = await Installation.make('page-bench');
const browser = await launch();
try {
  report('first visit, without fonts', size_of_page(), 45, 'KB');
  await house.configure();
  await house.fill({ setup, people: ['sara@example.org'] });
  execFileSync(bench, ['--fill', house.database, String(kRows)]);
  await house.start();

  const first_rows = [];
  let page;
  for (let i = 0; i < kVisits; ++i) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(watch);
    page = await context.newPage();
    await page.goto(house.url);
    await page.evaluate((account) => fetch('/api/v1/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(account) }), { email: 'sara@example.org', password });
    await page.goto(house.url);
    await page.waitForFunction(() => window.measured.first_row !== null);
    first_rows.push(await page.evaluate(() => window.measured.first_row));
    if (i < kVisits - 1) await context.close();
  }
  report('first rows, cold cache, median', at(first_rows, 0.5), 700);
  const rows = await load_all(page);
  console.log(`${rows} rows loaded`);
  if (rows < kRows * 0.95) ++broken;
  report('j to paint, p95', at(await press(page, 'j'), 0.95), 60);
  report('e to paint, p95', at(await press(page, 'e'), 0.95), 120);
} finally {
  await browser.close();
  await house.remove();
}
process.exit(broken ? 1 : 0);
