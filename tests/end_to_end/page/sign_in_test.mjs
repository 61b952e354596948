// An admin signs in to a platform for a source, in the browser: there, back, and out again. Needs no demo.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { broken_rules, DEADLINE_MS, launch, open, picture, speak } from './browser.mjs';
import { Installation, password } from '../harness/installation.mjs';
import { startMastodon } from '../servers/mastodon_fake.mjs';

const setup = `
[[person]]
name = "Adam"
email = "adam@example.org"
role = "admin"
`;
const limit = { timeout: 8 * DEADLINE_MS };
let mastodon, rasid, browser, adam;

before(async () => {
  [mastodon, rasid] = await Promise.all([startMastodon(), Installation.make('page_sign_in')]);
  await rasid.configure({ servers: [mastodon], sources: [{ name: 'fedi', kind: 'mastodon', url: mastodon.url, watch: ['mentions'] }] });
  await rasid.fill({ setup, people: ['adam@example.org'] });
  await rasid.start();
  browser = await launch();
  adam = await open(browser, null);
  await adam.page.goto(rasid.url + '/');
  await adam.page.getByTestId('email').fill('adam@example.org');
  await adam.page.getByTestId('password').fill(password);
  await adam.page.getByTestId('sign-in').click();
  await adam.page.getByTestId('settings-link').waitFor();
}, limit);
after(async () => {
  await browser?.close();
  await rasid?.remove();
  await mastodon?.stop();
}, limit);

for (const language of ['ar', 'en']) {
  test(`a source is signed in to and out of, in ${language}`, limit, async () => {
    const { page, complaints } = adam;
    await speak(page, language);
    await page.goto(rasid.url + '/sources');
    const card = page.locator('[data-testid=source][data-name=fedi]');
    await card.locator('[data-testid=source-state].needs_authorisation').waitFor();
    assert.equal(await card.getByTestId('source-sign-out').count(), 0);

    await card.getByTestId('source-sign-in').click();
    await page.getByTestId('sign-in-outcome').waitFor();
    assert.equal(page.url(), rasid.url + '/sources', 'no code stays in the address');
    assert.match(await page.getByTestId('sign-in-outcome').innerText(), /fedi/);
    await card.locator('[data-testid=source-state].healthy').waitFor();
    assert.match(await card.getByTestId('source-signed-in').innerText(), /nasma/);
    assert.deepEqual(await broken_rules(page), []);
    await picture(page, 'sign-in-' + language);

    await card.getByTestId('source-sign-out').click();
    await card.getByTestId('source-sign-out').waitFor({ state: 'detached' });
    assert.equal(await page.getByTestId('sign-in-outcome').count(), 0, 'nobody is told any more that it is signed in');
    await card.locator('[data-testid=source-state].needs_authorisation').waitFor();
    assert.ok(!mastodon.accepts(mastodon.oauth.newest), 'the platform has taken it back');

    await page.route(/\/oauth\/authorize/, (route) => route.continue({ url: route.request().url() + '&deny=1' }));
    await card.getByTestId('source-sign-in').click();
    await page.getByTestId('sign-in-outcome').waitFor();
    await page.unroute(/\/oauth\/authorize/);
    assert.equal(await card.getByTestId('source-sign-out').count(), 0);
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
    assert.deepEqual(complaints, []);
  });
}
