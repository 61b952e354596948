// Own settings, tokens, sources, the audit and the forms of the setup, in a real browser against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, picture, speak } from './browser.mjs';
import { manager, manager_url, moderator, moderator_url, origin } from './people.mjs';

const limit = { timeout: 6 * DEADLINE_MS };

/** Changes own settings as the page does and draws it anew. */
async function choose(page, url, settings) {
  await page.goto(origin(url) + '/settings');
  await page.getByTestId('page-choices').waitFor();
  const status = await page.evaluate(async (body) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    return (await fetch('/api/v1/session/person', { method: 'PATCH', headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).status;
  }, settings);
  assert.equal(status, 200);
  await page.goto(origin(url) + '/settings');
  await page.getByTestId('page-choices').waitFor();
}

const USUAL = { theme: 'system', digits: 'latin', calendar: 'gregorian', single_keys: true, keys: {} };

for (const language of ['ar', 'en']) {
  test(`the theme is in the first byte, digits and dates are as they were chosen, in ${language}`, limit, async () => {
    const { page } = moderator;
    await speak(page, language);
    await choose(page, moderator_url, USUAL);
    await page.getByTestId('theme-dark').check();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    const first = await page.evaluate(async () => (await fetch('/')).text());
    assert.match(first, /<html[^>]*data-theme="dark"/);
    await page.getByTestId('digits-arabic').check();
    await page.waitForFunction(() => /[٠-٩]/.test(document.querySelector('[data-testid=sample-number]')?.textContent ?? ''));
    const gregorian = await page.getByTestId('sample').innerText();
    await page.getByTestId('calendar-umm_al_qura').check();
    await page.waitForFunction((before) => ![before, undefined].includes(document.querySelector('[data-testid=sample]')?.textContent), gregorian);
    assert.match(await page.getByTestId('sample').innerText(), /[٠-٩]/);
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'settings-' + language);
    await choose(page, moderator_url, USUAL);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
  });
}

test('a key that was changed does what it says, and one that was switched off does nothing', limit, async () => {
  const { page } = moderator;
  await speak(page, 'en');
  await choose(page, moderator_url, { ...USUAL, keys: { help: '!', note: '' } });
  await page.keyboard.press('?');
  assert.equal(await page.getByTestId('help').count(), 0);
  await page.keyboard.press('!');
  await page.getByTestId('help').waitFor();
  await page.keyboard.press('Escape');
  await choose(page, moderator_url, { ...USUAL, single_keys: false });
  await page.keyboard.press('?');
  assert.equal(await page.getByTestId('help').count(), 0);
  await choose(page, moderator_url, USUAL);
  await page.keyboard.press('?');
  await page.getByTestId('help').waitFor();
  await page.keyboard.press('Escape');
});

test('a token made on the page is good for its scope and ends when it is revoked', limit, async () => {
  const { page } = moderator;
  await speak(page, 'en');
  await page.goto(origin(moderator_url) + '/settings');
  await page.getByTestId('token-name').fill('browser test');
  await page.getByTestId('token-make').click();
  const secret = await page.getByTestId('token-secret').inputValue();
  assert.match(secret, /^rasid_/);
  const call = async (path, method = 'GET') => (await fetch(origin(moderator_url) + path, { method, headers: { Authorization: 'Bearer ' + secret, 'Content-Type': 'application/json' }, body: method === 'GET' ? undefined : '{"present":true}' })).status;
  assert.equal(await call('/api/v1/tickets'), 200);
  assert.equal(await call('/api/v1/me/presence', 'PUT'), 403, 'it may only read');
  const revoke = page.getByTestId('token').filter({ hasText: 'browser test' }).getByTestId('token-revoke').first();
  await revoke.click();
  await revoke.click();
  await page.waitForFunction(() => ![...document.querySelectorAll('[data-testid=token]')].some((row) => row.textContent.includes('browser test') && row.querySelector('button')));
  assert.equal(await call('/api/v1/tickets'), 401);
});

for (const language of ['ar', 'en']) {
  test(`a manager pauses a source and resumes it, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await page.goto(origin(manager_url) + '/sources');
    const card = page.getByTestId('source').first();
    const name = await card.getAttribute('data-name');
    const own = page.locator(`[data-testid=source][data-name="${name}"]`);
    await own.getByTestId('source-pause').click();
    await own.locator('[data-testid=source-state].paused').waitFor();
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'sources-' + language);
    await own.getByTestId('source-pause').click();
    await own.locator('[data-testid=source-state]:not(.paused)').waitFor();
  });

  test(`every kind of mail is shown in both languages before one is sent, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await page.goto(origin(manager_url) + '/templates');
    const kinds = page.getByTestId('template-kinds').getByRole('button');
    await kinds.first().waitFor();
    assert.ok((await kinds.count()) >= 8);
    for (const button of await kinds.all()) {
      await button.click();
      const kind = (await button.getAttribute('data-testid')).slice('template-'.length);
      const shown = page.locator(`[data-testid=template-preview][data-kind=${kind}]`);
      await shown.nth(1).waitFor();
      assert.match(await shown.nth(0).locator('pre').innerText(), /\p{Script=Arabic}/u, kind);
      assert.match(await shown.nth(1).locator('pre').innerText(), /[a-z]{3}/, kind);
      const html = await page.request.get(origin(manager_url) + (await shown.nth(0).getByTestId('template-html').getAttribute('href')));
      assert.equal(html.status(), 200, kind);
      assert.match(html.headers()['content-security-policy'], /default-src 'none'.*sandbox/);
    }
    assert.deepEqual(await broken_rules(page), []);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
  });

  test(`the parts of the setup have forms, in ${language}`, limit, async () => {
    const { page } = manager;
    await speak(page, language);
    await page.goto(origin(manager_url) + '/setup/ladders');
    await page.getByTestId('setup-item').first().click();
    await page.getByTestId('setup-form').waitFor();
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'setup-ladders-' + language);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
  });
}
