// Customers, their plans and what is done for them, in a real browser against a running `rasid demo`; called as page_test.mjs is.
// The three customers whose stories demo/README.md names are followed in both languages.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, picture, speak } from './browser.mjs';
import { manager, manager_url, moderator, moderator_url, origin } from './people.mjs';

const ADVOCATE = 'نوف العتيبي';
const SAVED = 'طارق حداد';
const LOST = 'حسام البنا';
const LANGUAGES = ['ar', 'en'];
const limit = { timeout: 8 * DEADLINE_MS };

const show = (page, path) => page.goto(origin(manager_url) + path);
const touches = (page, state) => page.locator(`[data-testid=touch][data-state=${state}]`);
const gone = (locator) => locator.waitFor({ state: 'detached' });

/** A key as an Arabic layout sends it: another character, the same place. */
const press_arabic = (page, key, code) => page.evaluate(([name, place]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: name, code: place, bubbles: true })), [key, code]);

async function find_customer(page, name) {
  await show(page, '/customers');
  await page.getByTestId('customer').first().waitFor();
  await page.getByTestId('customer-search').fill(name);
  return page.getByTestId('customer').filter({ hasText: name }).first();
}

async function open_customer(page, name) {
  await (await find_customer(page, name)).click();
  await page.getByTestId('customer-record').getByText(name).waitFor();
  await page.getByTestId('plan').waitFor();
}

async function every_word_is_there(page) {
  assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{|undefined|NaN|\[object/);
}

for (const language of LANGUAGES) {
  test(`the advocate: praise, referrals and a ten lead to a proposal, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await open_customer(page, ADVOCATE);
    await every_word_is_there(page);
    assert.match(await page.getByTestId('surveys').innerText(), /\b10\b/);
    assert.ok((await touches(page, 'done').count()) > 10, 'most of her year is done');
    assert.match(await page.getByTestId('progress').innerText(), /\d+ \S+ 33/);
    const proposal = page.locator('[data-testid=proposal][data-kind=move_plan]');
    if (language === LANGUAGES[0]) await proposal.waitFor();
    if (await proposal.count()) {
      await picture(page, 'advocate-' + language);
      await proposal.getByTestId('proposal-confirm').click();
    }
    await gone(proposal);
    await page.getByTestId('plan').getByText('advocates').waitFor();
    await picture(page, 'advocate-confirmed-' + language);
  });

  test(`the lost customer: an open complaint holds his touches, and each figure shows its inputs, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await open_customer(page, LOST);
    await every_word_is_there(page);
    await page.getByTestId('guard').waitFor();
    assert.ok((await page.locator('[data-testid=case][data-state=open]').count()) > 0);
    assert.ok((await touches(page, 'held').count()) > 0, 'what sells or celebrates is held');
    await page.locator('[data-testid=promise-line][data-state=broken]').first().waitFor();
    const risk = page.getByTestId('figure-risk');
    await risk.locator('summary').click();
    assert.ok(await risk.locator('dl').isVisible());
    await page.getByTestId('trust').locator('summary').click();
    assert.ok((await page.getByTestId('trust').locator('tbody tr').count()) > 0);
    await picture(page, 'lost-' + language);
  });

  test(`the saved complaint: once it is resolved nothing is held and a call is laid, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await open_customer(page, SAVED);
    const open_cases = page.locator('[data-testid=case][data-state=open]');
    for (let left = await open_cases.count(); left > 0; --left) {
      await open_cases.first().getByTestId('case-resolve').click();
      await page.waitForFunction((before_count) => document.querySelectorAll('[data-testid=case][data-state=open]').length < before_count, left);
    }
    await gone(page.getByTestId('guard'));
    assert.equal(await touches(page, 'held').count(), 0);
    assert.ok((await page.locator('[data-testid=touch][data-kind=recovery_call]').count()) > 0);
    await page.locator('[data-testid=promise-line][data-state=kept]').first().waitFor();
    assert.match(await page.getByTestId('surveys').innerText(), /\b5\b/);
    await every_word_is_there(page);
    await picture(page, 'saved-' + language);
  });
}

/** Shows the first list of today that has something on it. */
async function open_today(page, wanted = '[data-testid=today-item]') {
  await show(page, '/today');
  const lists = await page.getByTestId('today-person').locator('option').evaluateAll((all) => all.map((option) => option.value));
  for (const list of ['', ...lists.reverse()]) {
    if (list) await page.getByTestId('today-person').selectOption(list);
    const found = await page.locator(wanted).first().waitFor({ timeout: DEADLINE_MS / 2 }).then(() => true, () => false);
    if (found) return;
  }
  assert.fail('no list of today has ' + wanted);
}

test('today is done by keyboard on an Arabic layout, and undone', limit, async () => {
  const { page } = manager;
  await speak(page, 'ar');
  await open_today(page);
  const first = page.getByTestId('today-item').first();
  const id = await first.locator('[data-id]').getAttribute('data-id');
  const item = page.locator(`[data-testid=today-item]:has([data-id="${id}"])`);
  await press_arabic(page, 'ت', 'KeyJ');
  await page.waitForFunction((wanted) => document.activeElement.dataset.id === wanted, id);
  await press_arabic(page, 'س', 'KeyS');
  await gone(item);
  await page.getByTestId('undo').waitFor();
  await press_arabic(page, 'ئ', 'KeyZ');
  await item.waitFor();
  await page.waitForFunction((wanted) => document.activeElement.dataset.id === wanted, id);
  await press_arabic(page, 'ة', 'KeyM');
  await page.getByTestId('move-next').click();
  await gone(item);
  await picture(page, 'today-ar');
});

test('a call asks what was said; it can be taken back', limit, async () => {
  const { page } = manager;
  await speak(page, 'en');
  await open_today(page, '[data-testid=today-item][data-kind=call]');
  const call = page.locator('[data-testid=today-item][data-kind=call]').first();
  await call.getByTestId('brief').waitFor();
  const link = call.locator('[data-id]');
  const id = await link.getAttribute('data-id');
  await link.focus();
  await page.keyboard.press('d');
  await page.getByTestId('words-text').fill('Likes the new beans. شكرًا');
  await page.keyboard.press('Control+Enter');
  await gone(page.locator(`[data-testid=today-item]:has([data-id="${id}"])`));
  await page.getByTestId('undo').click();
  await page.locator(`[data-testid=today-item] [data-id="${id}"]`).waitFor();
});

test('the calendar of a person is an address of its own that needs no session', limit, async () => {
  const { page } = manager;
  await show(page, '/today');
  const address = await page.getByTestId('calendar-address').inputValue();
  assert.match(address, /^https?:\/\/.+\/calendar\/\S{12,}/);
});

const FIRST = 'Test Person One';
const SECOND = 'Test Person Two';

test('a file is imported after its preview, with the refused lines left out', limit, async () => {
  const { page } = manager;
  await speak(page, 'en');
  await show(page, '/customers/import');
  const csv = `name,emails,tier,Shoe size\n${FIRST},one@example.org,gold,42\n${SECOND},two@example.org,silver,38\nNo Address,this is none,gold,40\n`;
  await page.getByTestId('import-file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('\ufeff' + csv) });
  await page.getByTestId('import-rows').waitFor();
  assert.equal(await page.getByTestId('import-rows').locator('tbody tr').count(), 3);
  assert.deepEqual(await broken_rules(page), []);
  assert.ok(await page.getByTestId('import-apply').isDisabled(), 'refused lines are not dropped silently');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('import-refused').click()]);
  assert.equal(file.suggestedFilename(), 'refused.csv');
  await picture(page, 'import-preview');
  await page.getByTestId('import-accept').check();
  await page.getByTestId('import-apply').click();
  await page.getByTestId('import-done').waitFor();
  await (await find_customer(page, FIRST)).waitFor();
});

test('a record is changed by hand and says so', limit, async () => {
  const { page } = manager;
  await open_customer(page, FIRST);
  await page.getByTestId('record-edit').click();
  await page.getByTestId('record-name_latin').fill('T. P. One');
  await page.getByTestId('record-interests').fill('tea\nقهوة مختصة');
  assert.deepEqual(await broken_rules(page), []);
  await page.getByTestId('record-save').click();
  await gone(page.getByTestId('record-form'));
  await page.getByTestId('record').getByText('قهوة مختصة').waitFor();
  assert.match(await page.getByTestId('record').innerText(), /by hand/);
  await page.getByTestId('consent-mail').selectOption('refused');
  await page.waitForFunction(() => document.querySelector('[data-testid=consent-mail]').value === 'refused');
});

test('two records are merged after a look, and come apart again', limit, async () => {
  const { page } = manager;
  await open_customer(page, FIRST);
  await page.getByTestId('merge').click();
  await page.getByTestId('merge-search').fill(SECOND);
  await page.getByTestId('merge-other').filter({ hasText: SECOND }).click();
  await page.getByTestId('merge-fields').waitFor();
  assert.deepEqual(await broken_rules(page), []);
  await page.getByTestId('merge-do').click();
  await gone(page.getByTestId('merge-form'));
  await page.getByTestId('merges').getByText(SECOND).waitFor();
  await page.getByTestId('merge-undo').click();
  await gone(page.getByTestId('merge-undo'));
  await (await find_customer(page, SECOND)).waitFor();
});

for (const name of [FIRST, SECOND]) {
  test(`${name} is exported, and erased once the name is typed`, limit, async () => {
    const { page } = manager;
    await open_customer(page, name);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
    assert.match(file.suggestedFilename(), /\.json$/);
    await page.getByTestId('erase').click();
    assert.ok(await page.getByTestId('erase-do').isDisabled());
    await page.getByTestId('erase-name').fill(name);
    await page.getByTestId('erase-do').click();
    await page.waitForURL('**/customers');
    await (await find_customer(page, name)).waitFor({ state: 'detached' });
  });
}

test('a segment counts who belongs while it is built', limit, async () => {
  const { page } = manager;
  await speak(page, 'en');
  await show(page, '/segments/new');
  await page.getByTestId('segment-name').fill('gold test');
  await page.getByTestId('condition-add').click();
  assert.ok(await page.getByTestId('segment-save').isDisabled());
  await page.getByTestId('condition-field').selectOption('tier');
  await page.getByTestId('condition-value').fill('gold');
  await page.getByTestId('segment-count').filter({ hasText: /[1-9]\d* customers?/ }).waitFor();
  await page.getByTestId('segment-save').click();
  await page.getByTestId('segment').filter({ hasText: 'gold test' }).click();
  assert.deepEqual(await broken_rules(page), []);
  await page.getByTestId('segment-remove').click();
  await page.waitForURL('**/segments');
  await gone(page.getByTestId('segment').filter({ hasText: 'gold test' }));
});

test('a time that was told becomes a promise with a clock, and is kept', limit, async () => {
  const { page } = moderator;
  await speak(page, 'ar');
  await page.goto(origin(moderator_url) + '/?view=all');
  await page.getByTestId('row').first().click();
  await page.getByTestId('history').waitFor();
  await press_arabic(page, 'ه', 'KeyI');
  const words = 'نعود إليك قبل ظهر الغد';
  await page.getByTestId('words-text').fill(words);
  await page.keyboard.press('Control+Enter');
  const line = page.getByTestId('promise-line').filter({ hasText: words });
  await line.waitFor();
  assert.match(await line.getByTestId('promise-state').getAttribute('data-state'), /running|soon/);
  assert.deepEqual(await broken_rules(page), []);
  await line.getByTestId('promise-kept').click();
  await page.locator('[data-testid=promise-line][data-state=kept]').filter({ hasText: words }).waitFor();
  await picture(page, 'promise-ar');
});

test('a moderator sees today and proposals, not segments, pilots, imports and erasure', limit, async () => {
  const { page } = moderator;
  await page.goto(origin(moderator_url) + '/customers');
  await page.getByTestId('customer').first().waitFor();
  for (const name of ['today', 'customers', 'proposals']) assert.equal(await page.getByTestId('screen-' + name).count(), 1);
  for (const name of ['screen-segments', 'screen-pilots', 'import', 'export']) assert.equal(await page.getByTestId(name).count(), 0);
  await page.getByTestId('customer').first().click();
  await page.getByTestId('plan').waitFor();
  for (const name of ['merge', 'erase', 'export']) assert.equal(await page.getByTestId(name).count(), 0);
});

test('no policy was violated and nothing was complained about', () => {
  assert.deepEqual([...moderator.complaints, ...manager.complaints], []);
});
