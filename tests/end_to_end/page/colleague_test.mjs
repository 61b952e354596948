// Two people at one ticket, in two browsers against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, picture, speak } from './browser.mjs';
import { manager, manager_url, moderator, moderator_url, origin } from './people.mjs';

const limit = { timeout: 8 * DEADLINE_MS };

/** An open ticket of the queue `care` that can be answered in Arabic, opened by the moderator; its id. */
async function meet() {
  const { page } = moderator;
  await page.goto(origin(moderator_url) + '/?queue=care');
  await page.getByTestId('row').first().waitFor();
  const { tickets } = await page.evaluate(async () => (await fetch('/api/v1/tickets?queue=care&limit=200')).json());
  const found = tickets.find((row) => row.state === 'open' && row.language === 'ar' && row.can.includes('reply') && !row.incident);
  assert.ok(found, 'the demo has an Arabic ticket that can be answered');
  return found.id;
}

async function look(person, url, id) {
  await person.page.goto(`${origin(url)}/tickets/${id}`);
  await person.page.locator(`[data-testid=pane][data-id="${id}"] [data-testid=handling]`).waitFor();
}

const write = async (page, text) => {
  await page.getByTestId('reply').click();
  await page.getByTestId('composer-text').fill(text);
};

test('colleagues see each other, and a draft outlives a reload', limit, async () => {
  await speak(moderator.page, 'ar');
  await speak(manager.page, 'en');
  const id = await meet();
  await look(moderator, moderator_url, id);
  await look(manager, manager_url, id);
  await manager.page.locator('[data-testid=here-notice][data-state=looking]').waitFor();
  await write(moderator.page, 'أهلًا، نراجع طلبك الآن');
  await manager.page.locator('[data-testid=here-notice][data-state=writing]').waitFor();
  await picture(manager.page, 'collision-en');
  assert.deepEqual(await broken_rules(manager.page), []);

  await moderator.page.locator('[data-testid=draft-state][data-state=saved]').waitFor();
  await moderator.page.reload();
  await moderator.page.getByTestId('handling').waitFor();
  await moderator.page.getByTestId('reply').click();
  await moderator.page.waitForFunction(() => document.querySelector('[data-testid=composer-text]')?.value === 'أهلًا، نراجع طلبك الآن');
  await picture(moderator.page, 'draft-ar');
  await moderator.page.getByTestId('composer-text').fill('');
  await moderator.page.locator('[data-testid=draft-state][data-state=saved]').waitFor({ state: 'attached' });
  await moderator.page.goto(origin(moderator_url) + '/?queue=praise');
  await manager.page.locator('[data-testid=here-notice]').waitFor({ state: 'detached' });
  assert.deepEqual([...moderator.complaints, ...manager.complaints], []);
});

test('one answers in Arabic with a canned reply, and the stale write of the other keeps its words', limit, async () => {
  await speak(moderator.page, 'ar');
  await speak(manager.page, 'en');
  const id = await meet();
  await look(moderator, moderator_url, id);
  await look(manager, manager_url, id);
  await write(manager.page, 'We are looking into it.');
  await moderator.page.locator('[data-testid=here-notice][data-state=writing]').waitFor();

  // While the manager's words are on their way, the moderator's arrive.
  await manager.page.route('**/actions', async (route) => {
    const { page } = moderator;
    await page.getByTestId('reply').click();
    await page.getByTestId('composer-text').press('Control+/');
    await page.getByTestId('canned-search').fill('اعتذار');
    await page.getByTestId('canned-search').press('Enter');
    await page.waitForFunction(() => /نعتذر عن التأخير/.test(document.querySelector('[data-testid=composer-text]')?.value ?? ''));
    assert.doesNotMatch(await page.getByTestId('composer-text').inputValue(), /\{author\}|\{ticket\}/, 'variables are filled in');
    await page.getByTestId('preview').waitFor();
    await page.getByTestId('length').waitFor();
    await picture(page, 'canned-reply-ar');
    await page.getByTestId('composer-text').press('Control+Enter');
    await page.getByTestId('ask-writing').waitFor();
    await page.getByTestId('send-anyway').click();
    await page.getByTestId('pending-reply').waitFor();
    await route.continue();
  }, { times: 1 });
  await manager.page.getByTestId('composer-text').press('Control+Enter');

  const failure = manager.page.locator('[data-testid=failure][data-code=stale_version]');
  await failure.waitFor({ timeout: 2 * DEADLINE_MS });
  await manager.page.getByTestId('since').getByText('نعتذر عن التأخير').waitFor();
  assert.equal(await manager.page.getByTestId('composer-text').inputValue(), 'We are looking into it.');
  await picture(manager.page, 'conflict-en');
  assert.deepEqual(await broken_rules(manager.page), []);
  await manager.page.getByTestId('look-again').click();
  await failure.waitFor({ state: 'detached' });
  assert.equal(await manager.page.getByTestId('composer-text').inputValue(), 'We are looking into it.');
  assert.deepEqual([...moderator.complaints, ...manager.complaints], []);
});
