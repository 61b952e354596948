// Every screen that the rail leads to, and those behind them, in both languages and both themes: nothing that axe finds,
// no word missing, nothing sideways on a phone. The pictures are for people.
import assert from 'node:assert/strict';
import test from 'node:test';
import { broken_rules, DEADLINE_MS, picture, speak } from './browser.mjs';
import { manager, manager_url, origin } from './people.mjs';

const BEHIND = ['/segments/new', '/customers/import', '/customers/new', '/rules/new', '/search?q=nasma'];
const NAMED = { '/': 'queue' };
const name_of = (path) => NAMED[path] ?? path.slice(1).replace(/[?=/]+/g, '-');
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 860 };

async function show(page, path) {
  await page.goto(origin(manager_url) + path);
  await page.locator('main').locator('h1, h2').first().waitFor();
  // What a screen fetches has come once nothing on it says that it waits.
  await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
}

/** Addresses of all screens: those of the rail, one customer, one ticket, and what stands behind others. */
async function all_screens(page) {
  await show(page, '/customers');
  const rail = await page.locator('#rail a[data-testid^="screen-"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const customer = await page.getByTestId('customer').first().getAttribute('href');
  await show(page, '/');
  const ticket = await page.getByTestId('row').first().getAttribute('data-id');
  return { named: ['/', ...rail, ...BEHIND], customer, ticket: '/tickets/' + ticket };
}

async function is_sound(page, path) {
  assert.deepEqual([path, await broken_rules(page)], [path, []]);
  assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{|undefined|NaN|\[object/, path);
}

for (const language of ['ar', 'en']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`every screen in ${language}, ${colorScheme}`, { timeout: 40 * DEADLINE_MS }, async () => {
      const { page } = manager;
      await page.setViewportSize(DESK);
      await page.emulateMedia({ colorScheme });
      await show(page, '/');
      await speak(page, language);
      const { named, customer, ticket } = await all_screens(page);
      assert.ok(named.length > 12 && customer && ticket, `${named}`);
      const screens = [...new Set(named)].map((path) => [path, name_of(path)]).concat([[customer, 'customer'], [ticket, 'ticket']]);
      for (const [path, name] of screens) {
        await show(page, path);
        await is_sound(page, path);
        await picture(page, `${name}-${language}-${colorScheme}`);
        await page.setViewportSize(PHONE);
        assert.ok(await page.evaluate(() => [document.documentElement, document.querySelector('main')].every((each) => each.scrollWidth <= each.clientWidth)), `${path} on a phone`);
        if (colorScheme === 'light') await picture(page, `${name}-${language}-phone`);
        await page.setViewportSize(DESK);
      }
      await page.emulateMedia({ colorScheme: 'light' });
    });
  }
}

test('no policy was violated and nothing was complained about', () => assert.deepEqual(manager.complaints, []));
