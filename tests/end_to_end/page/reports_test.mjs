// A manager reads the reports, in a real browser against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { broken_rules, DEADLINE_MS, picture, speak } from './browser.mjs';
import { manager, manager_url, origin } from './people.mjs';

const limit = { timeout: 6 * DEADLINE_MS };
const card = (page, name) => page.getByTestId('report-' + name);

async function open_reports(page, query = '') {
  await page.goto(origin(manager_url) + '/reports' + query);
  await page.getByTestId('report-figures').waitFor();
  await card(page, 'volume').getByTestId('chart').waitFor();
}

for (const language of ['ar', 'en']) {
  test(`a manager reads the reports, the value axis where the language begins, in ${language}`, limit, async () => {
    const { page, complaints } = manager;
    await speak(page, language);
    await open_reports(page);
    assert.match(await page.getByTestId('figure-mentions').innerText(), /\d/);
    const chart = card(page, 'volume').getByTestId('chart');
    const room = await chart.boundingBox();
    const tick = await chart.locator('[data-tick="0"]').boundingBox();
    const on_the_right = tick.x > room.x + room.width / 2;
    assert.equal(on_the_right, language === 'ar');
    assert.deepEqual(await broken_rules(page), []);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
    await picture(page, 'reports-' + language);
    assert.deepEqual(complaints, []);
  });

  test(`charts can be turned, and stay so, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await open_reports(page);
    const before = await card(page, 'volume').getByTestId('chart').getAttribute('data-rtl');
    await page.getByTestId('report-direction').click();
    const turned = before === 'true' ? 'false' : 'true';
    await card(page, 'volume').locator(`[data-testid=chart][data-rtl=${turned}]`).waitFor();
    await open_reports(page);
    assert.equal(await card(page, 'volume').getByTestId('chart').getAttribute('data-rtl'), turned);
    await page.getByTestId('report-direction').click();
    await card(page, 'volume').locator(`[data-testid=chart][data-rtl=${before}]`).waitFor();
  });

  test(`a chart is a table and a file too, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await open_reports(page, '?days=7');
    const volume = card(page, 'volume');
    await volume.getByTestId('report-toggle').click();
    await volume.locator('tbody tr').first().waitFor();
    assert.equal(await volume.locator('tbody tr').count(), 7);
    assert.deepEqual(await broken_rules(page), []);
    const [download] = await Promise.all([page.waitForEvent('download'), volume.getByTestId('report-file').click()]);
    assert.match(download.suggestedFilename(), /^volume-days-.*\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    assert.ok(text.startsWith('\uFEFF'), 'spreadsheets read it as UTF-8');
    const lines = text.trim().split('\r\n');
    assert.equal(lines[0], 'since,until,day,mentions,negative,neutral,positive');
    assert.equal(lines.length, 8);
    const total = lines.slice(1).reduce((sum, line) => sum + Number(line.split(',')[3]), 0);
    assert.ok(total > 0, 'the demo has mentions');
  });

  test(`a period is compared with the one before, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await open_reports(page);
    await page.getByTestId('report-compare').check();
    await page.waitForURL(/compare=previous/);
    await card(page, 'volume').locator('path.before').first().waitFor({ state: 'attached' });
    await page.getByTestId('report-period').selectOption('7');
    await page.waitForURL(/days=7/);
    await page.waitForFunction(() => new URL(location.href).searchParams.get('compare') === 'previous');
    await picture(page, 'reports-compared-' + language);
  });
}

test('the key g r opens the reports', limit, async () => {
  const { page } = manager;
  await page.goto(origin(manager_url) + '/');
  await page.getByTestId('language').waitFor();
  await page.locator('#main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByTestId('report-figures').waitFor();
  assert.equal(new URL(page.url()).pathname, '/reports');
});
