// The page in a real browser against a running `rasid demo`:
//   RASID_MODERATOR_URL=… RASID_MANAGER_URL=… [RASID_SCREENSHOTS=DIR] node --test tests/end_to_end/page/page_test.mjs
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, open, picture, speak } from './browser.mjs';
import { browser, manager, manager_url, moderator, moderator_url, origin } from './people.mjs';

const rows = (page) => page.getByTestId('row');
const id_of = (locator) => locator.getAttribute('data-id');
const row_of = (page, id) => page.locator(`[data-testid=row][data-id="${id}"]`);
const limit = { timeout: 4 * DEADLINE_MS };

async function show_queue(page, url, query = '') {
  await page.goto(origin(url) + '/' + query);
  await rows(page).first().waitFor();
}

/** Opens the first row whose pane satisfies `wanted`; returns its id. */
async function open_row(page, wanted = () => true) {
  const count = Math.min(40, await rows(page).count());
  for (let i = 0; i < count; ++i) {
    const row = rows(page).nth(i);
    const id = await id_of(row);
    await row.click();
    await page.locator(`[data-testid=pane][data-id="${id}"] [data-testid=history]`).waitFor();
    if (await wanted(page)) return id;
  }
  assert.fail('no row fits');
}

for (const [language, direction] of [['ar', 'rtl'], ['en', 'ltr']]) {
  test(`the queue shows rows with a ticking countdown in ${language}`, limit, async () => {
    const { page } = moderator;
    await speak(page, language);
    await show_queue(page, moderator_url);
    assert.equal(await page.getAttribute('html', 'dir'), direction);
    assert.ok((await rows(page).count()) >= 5);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
    // What comes after the first rows has come: from here on as many rows are drawn.
    await page.getByTestId('filter').waitFor();
    // Past an hour a countdown shows minutes, so one row may stand still: the queue as a whole must not.
    const countdowns = () => page.locator('[data-testid=row] [data-state]').allInnerTexts();
    const first = await countdowns();
    await page.waitForTimeout(2200);
    const second = await countdowns();
    assert.equal(second.length, first.length, 'no row comes or goes by itself');
    assert.ok(second.some((text, i) => text !== first[i]), 'the countdowns move');
    assert.equal(await page.getByTestId('connection').getAttribute('data-connected'), 'true');
    await picture(page, `queue-${language}`);
  });
}

test('a mention keeps its own direction and its rule words are marked', limit, async () => {
  const { page } = moderator;
  await speak(page, 'en');
  await show_queue(page, moderator_url);
  await open_row(page, async () => (await page.locator('[data-testid=mention] mark').count()) > 0 && /^\s*[\u0600-\u06ff]/.test(await page.getByTestId('mention').innerText()));
  assert.equal(await page.getByTestId('mention').evaluate((element) => getComputedStyle(element).direction), 'rtl');
});

test('taking and releasing a ticket by keyboard shows who has it', limit, async () => {
  const { page } = moderator;
  await show_queue(page, moderator_url, '?view=unassigned');
  const id = await open_row(page);
  await page.keyboard.press('m');
  await page.getByTestId('undo').waitFor();
  await row_of(page, id).locator('.assignee').waitFor();
  await page.keyboard.press('z');
  await row_of(page, id).locator('.assignee').waitFor({ state: 'detached' });
});

test('a held reply can be taken back, and its words return', limit, async () => {
  const { page } = moderator;
  await show_queue(page, moderator_url, '?view=all');
  await open_row(page, async () => {
    await page.keyboard.press('r');
    const possible = await page.getByTestId('composer-text').isVisible();
    if (!possible) assert.ok(await page.getByTestId('no-reply').isVisible());
    return possible;
  });
  await page.getByTestId('composer-text').fill('شكرًا لك، نعود إليك حالًا');
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('pending-reply').waitFor();
  await page.keyboard.press('z');
  await page.getByTestId('pending-reply').waitFor({ state: 'detached' });
  await page.keyboard.press('r');
  assert.equal(await page.getByTestId('composer-text').inputValue(), 'شكرًا لك، نعود إليك حالًا');
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('pending-reply').waitFor();
  await page.getByTestId('pending-reply').waitFor({ state: 'detached', timeout: 2 * DEADLINE_MS });
  await page.getByTestId('thread').getByText('نعود إليك حالًا').waitFor();
  await picture(page, 'replied');
});

test('a sentiment is corrected by key on an Arabic layout and taken back', limit, async () => {
  const { page } = moderator;
  await speak(page, 'ar');
  await show_queue(page, moderator_url, '?view=all');
  const id = await open_row(page, () => page.getByTestId('correct').isVisible());
  const press = (key, code) => page.evaluate(([name, place]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: name, code: place, bubbles: true })), [key, code]);
  const shown = page.locator('[data-testid=facts] .negative, [data-testid=facts] .neutral, [data-testid=facts] .positive');
  const was = await shown.getAttribute('class');
  const [digit, wanted] = /positive/.test(was) ? [0, 'negative'] : [2, 'positive'];
  await press('ؤ', 'KeyC');
  const menu = page.getByTestId('correct-menu');
  await menu.waitFor();
  assert.equal(await menu.evaluate((element) => getComputedStyle(element).direction), 'rtl');
  assert.deepEqual(await broken_rules(page), []);
  await picture(page, 'correct-ar');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await press('ؤ', 'KeyC');
  await menu.waitFor();
  await press('١٢٣'[digit], 'Digit' + (digit + 1));
  await menu.waitFor({ state: 'detached' });
  await page.locator(`[data-testid=pane][data-id="${id}"] [data-testid=facts] .${wanted}`).waitFor();
  await page.locator(`[data-testid=pane][data-id="${id}"]`).getByText(/صحّح .* النبرة من/).waitFor();
  await page.getByTestId('undo').waitFor();
  await page.keyboard.press('z');
  await page.locator(`[data-testid=pane][data-id="${id}"]`).getByText(/صحّح .* النبرة من/).waitFor({ state: 'detached' });
  await page.waitForFunction((before_class) => document.querySelector(`[data-testid=facts] .${before_class}`), was.split(' ')[0]);
  await speak(page, 'en');
});

test('where a reply cannot be sent, the page says so and records an answer given elsewhere', limit, async (context) => {
  const { page } = moderator;
  await show_queue(page, moderator_url);
  let found = true;
  await open_row(page, async () => {
    await page.keyboard.press('r');
    return page.getByTestId('no-reply').isVisible();
  }).catch(() => (found = false));
  if (!found) return context.skip('every source of this demo can be answered');
  await page.getByTestId('no-reply').locator('button').first().click();
  await page.getByTestId('composer-text').fill('Called him.');
  await page.getByTestId('composer-send').click();
  await page.getByTestId('history').getByText('Called him.').waitFor();
});

for (const language of ['ar', 'en']) {
  test(`an unusual rise is one row with its tickets below it in ${language}`, limit, async () => {
    const { page } = moderator;
    await speak(page, language);
    await show_queue(page, moderator_url, '?platform=rasid');
    const fold = page.getByTestId('incident-fold').first();
    await fold.locator('summary').click();
    await fold.locator('li').first().waitFor();
    assert.ok((await fold.locator('li').count()) >= 12);
    await fold.locator('xpath=..').getByTestId('row').first().click();
    await page.getByTestId('incident-chart').waitFor();
    await page.getByTestId('resolve-members').waitFor();
    assert.ok((await page.getByTestId('incident').locator('li').count()) >= 12);
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, `incident-${language}`);
    await fold.locator('li a').first().click();
    await page.getByTestId('ungroup').waitFor();
  });
}

test('resolving by keyboard goes to the next row, undo brings the row back to its place', limit, async () => {
  const { page } = moderator;
  await show_queue(page, moderator_url);
  const [first, second] = [await id_of(rows(page).nth(0)), await id_of(rows(page).nth(1))];
  await rows(page).first().click();
  await page.locator(`[data-testid=pane][data-id="${first}"]`).waitFor();
  await page.keyboard.press('e');
  await row_of(page, first).waitFor({ state: 'detached' });
  await page.locator(`[data-testid=pane][data-id="${second}"]`).waitFor();
  await page.getByTestId('undo').waitFor();
  await page.keyboard.press('z');
  await row_of(page, first).waitFor();
  assert.equal(await id_of(rows(page).first()), first);
});

test('keys work on an Arabic layout and move the focus', limit, async () => {
  const { page } = moderator;
  await show_queue(page, moderator_url);
  for (let i = 0; i < 2; ++i) await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ت', code: 'KeyJ', bubbles: true })));
  const second = await id_of(rows(page).nth(1));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.id), second);
  await page.keyboard.press('?');
  await page.getByTestId('help').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('zzzzqqqq');
  await page.getByTestId('empty').getByRole('button').click();
  await rows(page).first().waitFor();
});

test('what somebody else changed is shown, and the words stay', limit, async () => {
  const { page } = moderator;
  await show_queue(page, moderator_url);
  const id = await open_row(page);
  await page.keyboard.press('n');
  await page.getByTestId('composer-text').fill('My note');
  await page.route('**/actions', (route) => route.continue({ headers: { ...route.request().headers(), 'if-match': '0' } }), { times: 1 });
  await page.getByTestId('composer-send').click();
  await page.getByTestId('failure').waitFor();
  assert.equal(await page.getByTestId('composer-text').inputValue(), 'My note');
  await page.getByTestId('composer-send').click();
  await page.getByTestId('history').getByText('My note').waitFor();
  assert.equal(await page.getByTestId('failure').count(), 0);
  assert.ok(id);
});

test('new tickets wait behind a counter and do not move the rows', { timeout: 8 * DEADLINE_MS }, async () => {
  const { page } = moderator;
  await show_queue(page, moderator_url);
  const seen = await rows(page).evaluateAll((all) => all.map((row) => row.dataset.id));
  await page.getByTestId('load-new').waitFor({ timeout: 6 * DEADLINE_MS });
  assert.deepEqual((await rows(page).evaluateAll((all) => all.map((row) => row.dataset.id))).slice(0, seen.length), seen);
  // As tall as the list, so that every row is drawn wherever the new ones stand.
  const size = page.viewportSize();
  await page.setViewportSize({ ...size, height: 12000 });
  await page.evaluate(() => addEventListener('animationstart', ({ target }) => target.matches('[data-rows] > li') && (window.flashed = true)));
  await page.keyboard.press('.');
  await page.getByTestId('load-new').waitFor({ state: 'detached' });
  await page.waitForFunction(() => window.flashed);
  await page.waitForFunction(() => !document.querySelector('[data-rows] > .fresh'));
  await page.setViewportSize(size);
});

test('who wants less motion sees no row flash', limit, async () => {
  const { page } = moderator;
  await show_queue(page, moderator_url);
  const flash = () => page.evaluate(() => {
    const row = document.querySelector('[data-rows] > [aria-posinset]');
    row.classList.add('fresh');
    const { animationName } = getComputedStyle(row);
    row.classList.remove('fresh');
    return animationName;
  });
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.notEqual(await flash(), 'none');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await flash(), 'none');
  await page.emulateMedia({ reducedMotion: null });
});

test('a planned touch is marked as done in the plan of the year', limit, async () => {
  const { page } = moderator;
  await page.goto(origin(moderator_url) + '/customers');
  const customers = page.getByTestId('customer');
  await customers.first().waitFor();
  for (let i = 0; i < (await customers.count()); ++i) {
    await customers.nth(i).click();
    await page.getByTestId('plan').waitFor();
    if (await page.locator('[data-testid=touch][data-state=planned]').count()) break;
    await page.goBack();
    await customers.first().waitFor();
  }
  const planned = page.locator('[data-testid=touch][data-state=planned]');
  const count = await planned.count();
  await planned.first().click();
  await page.getByTestId('touch-done').click();
  // A call asks what was said first.
  if (await page.getByTestId('words-send').isVisible()) await page.getByTestId('words-send').click();
  await page.waitForFunction((before_count) => document.querySelectorAll('[data-testid=touch][data-state=planned]').length === before_count - 1, count);
  await page.getByTestId('ledger').waitFor();
});

test('on a phone a row opens as a page of its own and nothing scrolls sideways', limit, async () => {
  const { page } = moderator;
  await page.setViewportSize({ width: 390, height: 844 });
  await speak(page, 'ar');
  await show_queue(page, moderator_url);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(await fits());
  await picture(page, 'phone-queue-ar');
  await rows(page).nth(1).click();
  await page.getByTestId('history').waitFor();
  assert.ok(!(await rows(page).first().isVisible()) && (await fits()));
  assert.deepEqual(await broken_rules(page), []);
  await picture(page, 'phone-ticket-ar');
  await page.goBack();
  await rows(page).first().waitFor();
  await page.setViewportSize({ width: 1440, height: 860 });
});

test('a manager sees the mails and the setup', limit, async () => {
  const { page } = manager;
  await speak(page, 'en');
  await page.getByTestId('screen-mails').click();
  await page.getByTestId('mail').first().click();
  assert.ok((await page.getByTestId('mail-text').innerText()).trim());
  const html = await page.getByTestId('mail-html').getAttribute('href');
  const answer = await page.request.get(origin(manager_url) + html);
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()['content-security-policy'], /default-src 'none'.*sandbox/);
  await page.getByTestId('screen-setup').click();
  let setup = '';
  for (let i = 0; i < 100 && !setup; ++i) {  // the field is there before its text has come
    await page.waitForTimeout(100);
    setup = await page.getByTestId('setup').inputValue();
  }
  assert.match(setup, /\[\[(queue|rule)\]\]/);
  await page.getByTestId('screen-sources').click();
  await page.getByTestId('sources').waitFor();
  assert.deepEqual(await broken_rules(page), []);
});

test('a person says that he is here, and the team sees it and who is on call', limit, async () => {
  const { page } = moderator;
  for (const language of ['ar', 'en']) {
    await speak(page, language);
    await page.getByTestId('screen-team').click();
    const presence = page.getByTestId('presence');
    await presence.waitFor();
    assert.equal(await presence.getAttribute('aria-checked'), 'false');
    await presence.click();
    await page.locator('[data-testid=presence][aria-checked=true]').waitFor();
    assert.equal(await page.getByTestId('team').locator('.here').count(), 1);
    assert.match(await page.getByTestId('on-call').innerText(), /Khalid|Maya/);
    assert.match(await page.getByTestId('rota-calendar-0-address').inputValue(), /\/calendar\/rota\/.+\.ics$/);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|undefined|NaN|\[object/);
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'team-' + language);
    await presence.click();
    await page.locator('[data-testid=presence][aria-checked=false]').waitFor();
  }
});

test('a moderator is not offered the setup', limit, async () => {
  await moderator.page.getByTestId('screen-customers').waitFor();
  assert.equal(await moderator.page.getByTestId('screen-setup').count(), 0);
});

test('signing in asks for address and password and says when they are wrong', limit, async () => {
  const { page, context, complaints } = await open(browser, null);
  await page.goto(origin(moderator_url) + '/');
  await page.getByTestId('email').fill('nobody@example.org');
  await page.getByTestId('password').fill('not the password');
  await page.getByTestId('sign-in').click();
  await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
  assert.deepEqual(await broken_rules(page), []);
  await picture(page, 'sign-in');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('no policy was violated and nothing was complained about', () => {
  assert.deepEqual([...moderator.complaints, ...manager.complaints], []);
});
