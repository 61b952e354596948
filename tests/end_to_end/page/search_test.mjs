// Searching, in a real browser against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, picture, speak, until_told } from './browser.mjs';
import { moderator, moderator_url, origin } from './people.mjs';

const limit = { timeout: 6 * DEADLINE_MS };
const results = (page) => page.getByTestId('result');

/** The demo's mentions are indexed behind their intake. */
async function wait_until_indexed(page) {
  await until_told(page, '/api/v1/search?q=' + encodeURIComponent('نسمة'), (answer) => answer.results.length >= 10 && answer.waiting === 0, { tries: 450 });
}

for (const language of ['ar', 'en']) {
  test(`a word is found in every spelling, filtered and opened by keyboard, in ${language}`, limit, async () => {
    const { page, complaints } = moderator;
    await speak(page, language);
    await page.goto(origin(moderator_url) + '/');
    await page.getByTestId('row').first().waitFor();
    await wait_until_indexed(page);
    await page.keyboard.press('/');
    await page.keyboard.type('نسمه');
    await page.keyboard.press('Enter');
    await results(page).first().waitFor();
    assert.match(await results(page).first().locator('mark').first().innerText(), /نسم[ةه]/, 'the other spelling is found and marked');

    await page.getByTestId('by-state').selectOption('open');
    await page.waitForURL(/state=open/);
    await page.waitForFunction(() => [...document.querySelectorAll('[data-testid=result] .tag')].length > 0);
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'search-' + language);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');

    await page.locator('main').focus();
    await page.keyboard.press('j');
    await page.locator('[data-testid=result] a.open:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/tickets\//);
    await page.getByTestId('pane').waitFor();
    await page.goBack();
    await results(page).first().waitFor();
    assert.equal(await page.getByTestId('search').inputValue(), 'نسمه', 'the address brings the search back');
    assert.equal(await page.getByTestId('by-state').inputValue(), 'open');
    assert.deepEqual(complaints, []);
  });
}

test('nothing found says which nothing it is', limit, async () => {
  const { page } = moderator;
  await speak(page, 'en');
  const kind = async (query, wanted) => {
    await page.goto(origin(moderator_url) + '/search' + query);
    await page.locator(`[data-testid=search-empty][data-kind=${wanted}]`).waitFor();
  };
  await kind('', 'unasked');
  await kind('?q=qwertyuiopasdf', 'unsaid');
  await kind('?q=' + encodeURIComponent('نسمة') + '&tag=nosuchtag', 'filtered');
  await page.getByTestId('search-empty').getByRole('button').click();
  await results(page).first().waitFor();
  await picture(page, 'search-cleared-en');
});
