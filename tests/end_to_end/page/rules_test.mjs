// A manager writes a rule and corrects the machine, in a real browser against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, picture, speak } from './browser.mjs';
import { manager, manager_url, moderator, moderator_url, origin } from './people.mjs';

const limit = { timeout: 8 * DEADLINE_MS };
const address = (name) => origin(manager_url) + '/rules/edit?name=' + encodeURIComponent(name);

for (const language of ['ar', 'en']) {
  test(`a manager writes a rule with an error, takes the fix, sees what it would match, saves it and restores it, in ${language}`, limit, async () => {
    const { page, complaints } = manager;
    const name = 'drinks ' + language;
    await speak(page, language);
    await page.goto(origin(manager_url) + '/rules');
    await page.getByTestId('rule').first().waitFor();
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'rules-' + language);

    await page.getByTestId('rule-new').click();
    await page.getByTestId('rule-name').fill(name);
    const query = page.getByTestId('rule-query');
    await query.fill('(قهوة OR coffee OR latte) langg:ar,en');
    await page.getByTestId('rule-error').waitFor();
    assert.equal(await page.getByTestId('rule-save').isDisabled(), true, 'what cannot be read is not saved');
    await picture(page, 'rule-error-' + language);
    await query.press('Alt+Enter');
    await page.getByTestId('rule-error').waitFor({ state: 'detached' });
    assert.equal(await query.inputValue(), '(قهوة OR coffee OR latte) lang:ar,en');

    await page.getByTestId('rule-queue').selectOption({ index: 1 });
    await page.getByTestId('backtest-count').waitFor();
    await page.getByTestId('backtest-samples').locator('mark').first().waitFor();
    await page.getByTestId('backtest-load').waitFor();
    await page.getByTestId('backtest-days-table').click();
    assert.equal(await page.getByTestId('backtest-days').locator('tbody tr').count(), 30);
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'rule-backtest-' + language);

    await page.getByTestId('rule-enabled').uncheck();
    await query.press('Control+Enter');
    await page.getByTestId('rule-version').first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get('name'), name);

    await query.fill('(قهوة OR coffee) lang:ar');
    await page.waitForFunction(() => !document.querySelector('[data-testid=rule-save]').disabled);
    await page.getByTestId('rule-save').click();
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=rule-version]').length === 2);
    await page.getByTestId('rule-history').locator('del').first().waitFor();
    await picture(page, 'rule-history-' + language);
    await page.getByTestId('version-restore').first().click();
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=rule-version]').length === 3);
    assert.equal(await query.inputValue(), '(قهوة OR coffee OR latte) lang:ar,en');
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');

    await page.getByTestId('rule-remove').click();
    await page.getByTestId('rules').waitFor();
    assert.equal(await page.getByTestId('rule').filter({ hasText: name }).count(), 0);
    assert.deepEqual(complaints, []);
  });
}

test('a field is completed by keyboard alone', limit, async () => {
  const { page } = manager;
  await page.goto(origin(manager_url) + '/rules/edit');
  const query = page.getByTestId('rule-query');
  await query.fill('coffee ');
  await query.press('Control+Space');
  await page.getByTestId('rule-offers').waitFor();
  await query.press('Escape');
  await page.getByTestId('rule-offers').waitFor({ state: 'detached' });
  await query.pressSequentially('sentiment:n');
  await page.getByTestId('rule-offers').waitFor();
  await query.press('ArrowDown');
  await query.press('Enter');
  assert.equal(await query.inputValue(), 'coffee sentiment:neutral');
});

test('what somebody else saved meanwhile is shown and not overwritten', limit, async () => {
  const { page } = manager;
  const name = 'two at once';
  const put = (query) => page.evaluate(async ([path, body]) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    return (await fetch(path, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body })).status;
  }, ['/api/v1/setup/rules/' + encodeURIComponent(name), JSON.stringify({ query, enabled: false })]);
  await page.goto(origin(manager_url) + '/rules');
  await page.getByTestId('rules').waitFor();
  assert.equal(await put('first'), 200);
  await page.goto(address(name));
  const query = page.getByTestId('rule-query');
  await query.waitFor();
  assert.equal(await put('second'), 200);
  await query.fill('mine');
  await page.waitForFunction(() => !document.querySelector('[data-testid=rule-save]').disabled);
  await page.getByTestId('rule-save').click();
  const conflict = page.getByTestId('rule-conflict');
  await conflict.waitFor();
  assert.match(await conflict.innerText(), /second/);
  await picture(page, 'rule-conflict');
  await conflict.locator('button').last().click();
  await conflict.waitFor({ state: 'detached' });
  assert.equal(await query.inputValue(), 'mine');
  await page.getByTestId('rule-remove').click();
  await page.getByTestId('rules').waitFor();
});

test('one key says that the machine was right, and the report counts it', limit, async () => {
  const { page } = moderator;
  await page.goto(origin(moderator_url) + '/');
  await page.getByTestId('row').first().waitFor();
  await page.getByTestId('row').first().click();
  await page.getByTestId('correct').first().click();
  await page.getByTestId('correct-menu').waitFor();
  await picture(page, 'correct');
  await page.keyboard.press('0');
  await page.getByTestId('correct-menu').waitFor({ state: 'detached' });
  await page.getByTestId('undo').waitFor();
  const answer = await manager.page.evaluate(async () => (await fetch('/api/v1/reports/precision')).json());
  assert.ok(answer.languages.some(({ verdicts }) => verdicts.some(({ confirmed }) => confirmed > 0)));
});
