// A moderator's work in the queue, in a real browser against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, open, picture, speak, until_told } from './browser.mjs';
import { browser, manager, manager_url, moderator, moderator_url, origin } from './people.mjs';

const rows = (page) => page.getByTestId('row');
const limit = { timeout: 8 * DEADLINE_MS };
const current = (page) => page.evaluate(() => document.activeElement?.dataset.id ?? null);
const gone = (page, id) => page.locator(`[data-testid=row][data-id="${id}"]`).waitFor({ state: 'detached' });

async function show(page, query = '') {
  await page.goto(origin(moderator_url) + '/' + query);
  await rows(page).first().waitFor();
  // What comes after the first rows is here once the filter can be opened.
  await page.getByTestId('filter').waitFor();
}

const ticket = (page, id) => page.evaluate(async (wanted) => (await fetch('/api/v1/tickets/' + wanted)).json(), id);

/** Waits until the server says of a ticket what `wanted` tests. */
async function until(page, id, wanted) {
  for (let tries = 0; tries < 100; ++tries) {
    if (wanted(await ticket(page, id))) return;
    await page.waitForTimeout(100);
  }
  assert.fail('ticket ' + id + ' did not become what was expected');
}

test('thirty tickets are gone through by keyboard alone', { timeout: 16 * DEADLINE_MS }, async () => {
  const { page } = moderator;
  await speak(page, 'en');
  await show(page, '?view=unassigned');
  await page.keyboard.press('j');
  const seen = new Set();
  for (let turn = 0; turn < 30; ++turn) {
    const id = await current(page);
    assert.ok(id && !seen.has(id), 'the focus is on a row that was not handled yet');
    seen.add(id);
    if (turn % 3 === 0) {
      await page.keyboard.press('e');
      await gone(page, id);
    } else if (turn % 3 === 1) {
      await page.keyboard.press('h');
      await page.getByTestId('menu-snooze').waitFor();
      await page.keyboard.press('Enter');
      await gone(page, id);
    } else {
      await page.locator(`[data-testid=pane][data-id="${id}"]`).waitFor();
      await page.keyboard.press('m');
      await page.locator(`[data-testid=row][data-id="${id}"] .assignee`).waitFor();
      await page.keyboard.press('j');
    }
  }
  assert.equal(seen.size, 30);
  const [resolved, snoozed, taken] = [...seen];
  await until(page, resolved, ({ state }) => state === 'resolved');
  await until(page, snoozed, ({ snoozed_until }) => snoozed_until !== null);
  await until(page, taken, ({ assignee }) => assignee !== null);
  await page.goto(origin(moderator_url) + '/?view=snoozed');
  await page.locator(`[data-testid=row][data-id="${snoozed}"]`).waitFor();
});

for (const language of ['ar', 'en']) {
  test(`several tickets are labelled and resolved at once and one undo takes it back, in ${language}`, limit, async () => {
    const { page } = moderator;
    await speak(page, language);
    await show(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+J');
    const bar = page.getByTestId('selection-bar');
    await bar.waitFor();
    assert.equal(await page.locator('[data-testid=select]:checked').count(), 3);
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'selection-' + language);
    const ids = await rows(page).evaluateAll((all) => all.slice(0, 3).map((row) => row.dataset.id));
    await page.keyboard.press('l');
    await page.getByTestId('label-word').waitFor();
    await page.keyboard.type('batch ' + language);
    await page.keyboard.press('Enter');
    await bar.waitFor({ state: 'detached' });
    for (const id of ids) await until(page, id, ({ labels }) => labels.includes('batch ' + language));
    for (const id of ids) await page.locator(`[data-testid=row][data-id="${id}"]`).locator('xpath=..').getByTestId('select').check();
    await page.getByTestId('bulk-resolve').click();
    for (const id of ids) await gone(page, id);
    for (const id of ids) await until(page, id, ({ state }) => state === 'resolved');
    await page.getByTestId('undo').click();
    for (const id of ids) await until(page, id, ({ state }) => state === 'open');
    await page.locator(`[data-testid=row][data-id="${ids[0]}"]`).waitFor();
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
  });

  test(`a filter is in the address, empty it says so, and it is kept under a name, in ${language}`, limit, async () => {
    const { page } = moderator;
    await speak(page, language);
    await show(page);
    await page.getByTestId('filter').click();
    await page.getByTestId('filter-priority').selectOption('high');
    await picture(page, 'filter-' + language);
    await page.getByTestId('filter-apply').click();
    await page.getByTestId('filters').waitFor();
    assert.match(page.url(), /priority=high/);
    await page.getByTestId('save-view').click();
    await page.getByTestId('view-name').fill('High ' + language);
    await page.getByTestId('view-save').click();
    const kept = page.getByTestId('saved-views').getByText('High ' + language);
    await kept.waitFor();
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'saved-view-' + language);
    await page.goto(origin(moderator_url) + '/');
    await kept.click();
    await page.getByTestId('remove-view').click();
    await kept.waitFor({ state: 'detached' });
    await page.goto(origin(moderator_url) + '/?label=nobody-has-this');
    await page.getByTestId('clear-filter').click();
    await rows(page).first().waitFor();
    assert.doesNotMatch(page.url(), /label/);
  });
}

test('more than a few are changed only after the number was confirmed', limit, async () => {
  const { page, complaints, context } = await open(browser, manager_url);
  await speak(page, 'en');
  await page.goto(origin(manager_url) + '/?view=all&state=open');
  await rows(page).first().waitFor();
  await page.getByTestId('filter').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('*');
  await page.getByTestId('bulk-label').click();
  await page.getByTestId('label-word').fill('swept');
  await page.getByTestId('label-give').click();
  await page.getByTestId('menu-confirm').waitFor();
  const asked = Number((await page.getByTestId('confirm-yes').innerText()).match(/\d+/)[0]);
  assert.ok(asked > 25);
  await page.getByTestId('confirm-yes').click();
  await page.getByTestId('undo').waitFor();
  const swept = '/api/v1/tickets?view=all&label=swept&limit=200';
  await until_told(page, swept, ({ tickets }) => tickets.length === Math.min(200, asked));
  await page.getByTestId('undo').click();
  await until_told(page, swept, ({ tickets }) => tickets.length === 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a row with the focus stays in a long list, and few rows are drawn', limit, async () => {
  const { page } = moderator;
  await speak(page, 'en');
  await show(page, '?view=all');
  await page.keyboard.press('j');
  const id = await current(page);
  await page.locator('section.list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await page.waitForFunction(() => document.querySelector('section.list').scrollTop > 1000);
  assert.equal(await current(page), id, 'the focus is where it was');
  assert.ok((await rows(page).count()) < 80);
  assert.ok(Number(await page.locator('[data-rows] li[aria-posinset]').last().getAttribute('aria-posinset')) > 30);
  await page.keyboard.press('j');
  assert.notEqual(await current(page), id);
  await page.waitForFunction(() => document.querySelector('section.list').scrollTop < 1000);
});

test('what waits for the connection is kept through a reload and done once; a conflict is told; signing out drops it', { timeout: 24 * DEADLINE_MS }, async () => {
  const { page, context } = await open(browser, moderator_url);
  await speak(page, 'en');
  await show(page);
  const stored = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('unanswered:')));
  const cut = (route) => (route.request().method() === 'POST' ? route.abort() : route.continue());
  const act_cut_off = async (key) => {
    await page.route('**/api/v1/tickets/*/actions', cut);
    await page.keyboard.press('j');
    const id = await current(page);
    await page.keyboard.press(key);
    await page.getByTestId('connection').getByText('1 change waits').waitFor();
    assert.equal((await stored()).length, 1);
    return id;
  };
  const done = await act_cut_off('e');
  await page.unroute('**/api/v1/tickets/*/actions', cut);
  await show(page);
  await until(page, done, ({ state }) => state === 'resolved');
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('unanswered:')));
  assert.equal((await ticket(page, done)).history.filter(({ kind, undone }) => kind === 'resolved' && !undone).length, 1);

  await show(page);
  // A colleague changes its priority meanwhile.
  const changed = await act_cut_off('e');
  const said = await manager.page.evaluate(async (id) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const { version, priority } = await (await fetch('/api/v1/tickets/' + id)).json();
    const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json', 'If-Match': String(version), 'Idempotency-Key': crypto.randomUUID() };
    return (await fetch(`/api/v1/tickets/${id}/actions`, { method: 'POST', headers, body: JSON.stringify({ action: 'priority', priority: priority === 'low' ? 'high' : 'low' }) })).json();
  }, changed);
  assert.ok(said.ticket, JSON.stringify(said));
  await page.unroute('**/api/v1/tickets/*/actions', cut);
  await show(page);
  await page.getByTestId('undo-bar').getByText('was not done').waitFor();
  assert.equal((await ticket(page, changed)).state, 'open');
  assert.deepEqual(await stored(), []);

  await show(page);
  const dropped = await act_cut_off('e');
  await page.locator('header .out').click();
  await page.waitForURL((address) => address.pathname === '/');
  await page.getByTestId('connection').waitFor({ state: 'detached' });
  assert.deepEqual(await stored(), []);
  await page.unroute('**/api/v1/tickets/*/actions', cut);
  assert.equal((await manager.page.evaluate(async (id) => (await fetch('/api/v1/tickets/' + id)).json(), dropped)).state, 'open');
  await context.close();
});

test('with the connection lost, what is done waits, and is done when it returns', { timeout: 16 * DEADLINE_MS }, async () => {
  const { page, context } = await open(browser, moderator_url);
  await speak(page, 'en');
  await show(page);
  await page.evaluate(() => (window.same_page = true));
  await page.keyboard.press('j');
  const id = await current(page);
  await context.setOffline(true);
  await page.locator('[data-testid=connection][data-connected=false]').waitFor();
  await page.keyboard.press('e');
  await gone(page, id);
  await page.getByTestId('connection').getByText('1 change waits').waitFor();
  await picture(page, 'connection-lost');
  await context.setOffline(false);
  await page.locator('[data-testid=connection][data-connected=true]').waitFor({ timeout: 3 * DEADLINE_MS });
  await until(page, id, ({ state }) => state === 'resolved');
  await page.getByTestId('connection').getByText('waits').waitFor({ state: 'detached' });
  assert.ok(await page.evaluate(() => window.same_page), 'without a reload');
  await page.keyboard.press('z');
  await until(page, id, ({ state }) => state === 'open');
  await page.locator(`[data-testid=row][data-id="${id}"]`).waitFor();
  await context.close();
});
