// Handling a ticket besides writing, in a real browser against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, picture, speak } from './browser.mjs';
import { moderator, moderator_url, origin } from './people.mjs';

const limit = { timeout: 6 * DEADLINE_MS };

/** Opens a ticket of the queue `care` that is open and has no customer's story to follow; its id. */
async function open_ticket(page) {
  await page.goto(origin(moderator_url) + '/?queue=care');
  const row = page.getByTestId('row').first();
  await row.waitFor();
  const id = await row.getAttribute('data-id');
  await row.click();
  await page.locator(`[data-testid=pane][data-id="${id}"] [data-testid=handling]`).waitFor();
  return id;
}

const history = (page) => page.getByTestId('history');

for (const language of ['ar', 'en']) {
  test(`a ticket waits for the customer, and its clock says so, in ${language}`, limit, async () => {
    const { page } = moderator;
    await speak(page, language);
    await open_ticket(page);
    await page.getByTestId('status').selectOption('on_hold');
    await page.locator('[data-testid=facts] [data-state=paused], [data-testid=facts] [data-state=late]').first().waitFor();
    await page.getByTestId('undo').waitFor();
    await picture(page, 'on-hold-' + language);
    await page.getByTestId('status').selectOption('active');
    await page.waitForFunction(() => document.querySelector('[data-testid=status]')?.value === 'active');
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
  });

  test(`a ticket moves to voice with a target of its own, in ${language}`, limit, async () => {
    const { page, complaints } = moderator;
    await speak(page, language);
    await open_ticket(page);
    await page.getByTestId('plan_call').click();
    await page.getByTestId('contact').fill('+966 55 000 0000');
    await page.getByTestId('words-text').fill(language === 'ar' ? 'غاضبة ولا تكفيها الكتابة' : 'too angry for writing');
    assert.deepEqual(await broken_rules(page), []);
    await page.getByTestId('words-send').click();
    const planned = page.getByTestId('planned-call');
    await planned.waitFor();
    const address = await planned.locator('a').getAttribute('href');
    assert.match(await page.evaluate(async (href) => (await fetch(href)).text(), address), /BEGIN:VEVENT/);
    await picture(page, 'call-planned-' + language);
    await page.getByTestId('call_held').click();
    await page.getByTestId('words-text').fill('she is content');
    await page.getByTestId('words-send').click();
    await planned.waitFor({ state: 'detached' });
    await history(page).getByText('she is content').waitFor();
    assert.deepEqual(complaints, []);
  });

  test(`an intervention cites the written rule, in ${language}`, limit, async () => {
    const { page } = moderator;
    await speak(page, language);
    await open_ticket(page);
    await page.getByTestId('intervene').click();
    await page.getByTestId('step').selectOption('warned');
    await page.getByTestId('words-text').fill('first warning');
    await page.getByTestId('words-send').click();
    await history(page).getByText('first warning').first().waitFor();
    await picture(page, 'intervention-' + language);
  });
}
