// The two people who sign in to a running `rasid demo`, one browser for both, for as long as the tests of the importing file run.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, open } from './browser.mjs';

export const { RASID_MODERATOR_URL: moderator_url, RASID_MANAGER_URL: manager_url } = process.env;
assert.ok(moderator_url && manager_url, 'RASID_MODERATOR_URL and RASID_MANAGER_URL name the sign-in URLs of a running demo');

export const origin = (url) => new URL(url).origin;
export let browser;
export let moderator;
export let manager;
before(async () => {
  browser = await launch();
  moderator = await open(browser, moderator_url);
  manager = await open(browser, manager_url);
}, { timeout: 120000 });
after(() => browser?.close());
