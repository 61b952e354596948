// A browser for the page tests: Debian's Chromium, one context per person, every complaint of the page collected.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const modules = createRequire(process.env.RASID_PAGE_MODULES ? join(process.env.RASID_PAGE_MODULES, 'x.js') : new URL('../../../web/app/package.json', import.meta.url));
const { chromium } = modules('playwright-core');
const AXE = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const DEADLINE_MS = 15000;

export const launch = () => chromium.launch({ executablePath: process.env.RASID_CHROMIUM ?? '/usr/bin/chromium', args: ARGS });

/**
 * A signed-in page in a context of its own. `complaints` fills with console errors, exceptions and policy violations;
 * answers of 4xx that the page itself handles are not complaints.
 */
export async function open(browser, sign_in_url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 }, colorScheme: 'light', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(DEADLINE_MS);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push('exception: ' + error.stack));
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource.*status of 4\d\d/.test(message.text()) && complaints.push('console: ' + message.text()));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  if (sign_in_url) await page.goto(sign_in_url);
  return { page, context, complaints };
}

/** Brings the page to a language by its own switch. */
export async function speak(page, language) {
  await page.getByTestId('language').waitFor();
  if ((await page.getAttribute('html', 'lang')) === language) return;
  await page.getByTestId('language').click();
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  await page.getByTestId('language').waitFor();
}

/** Names of the rules axe finds broken, with the first place of each. Runs in an isolated world: the page's policy stays as it is. */
export async function broken_rules(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await session.send('Runtime.evaluate', { expression: AXE + ';0', contextId: executionContextId });
  const expression = `axe.run(document).then((result) => result.violations.map((rule) => rule.id + ': ' + rule.nodes[0].html.slice(0, 200)))`;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** What the server says to the person whose page it is. */
export const asked = (page, path) => page.evaluate(async (wanted) => (await fetch(wanted)).json(), path);

/** Asks ten times a second until what the server says is what `wanted` tests; returns it. A page's own waitForFunction awaits no promise. */
export async function until_told(page, path, wanted, { tries = 150 } = {}) {
  for (let last; tries > 0; --tries) {
    if (wanted((last = await asked(page, path)))) return last;
    if (tries === 1) assert.fail(`${path} did not become what was expected: ${JSON.stringify(last).slice(0, 2000)}`);
    await page.waitForTimeout(100);
  }
}

const ARABIC = { a: 'ش', e: 'ث', h: 'ا', j: 'ت', k: 'ن', l: 'م', p: 'ح', r: 'ق', x: 'ء', z: 'ئ' };

/** The letters of commands as a keyboard with an Arabic layout sends them to this page: another character, the same place. */
export async function arabic_keyboard(page) {
  const session = await page.context().newCDPSession(page);
  return async (letter) => {
    const stroke = { key: ARABIC[letter], code: 'Key' + letter.toUpperCase(), windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0) };
    await session.send('Input.dispatchKeyEvent', { ...stroke, type: 'keyDown', text: stroke.key });
    await session.send('Input.dispatchKeyEvent', { ...stroke, type: 'keyUp' });
  };
}

/** Keeps a picture when $RASID_SCREENSHOTS names a folder. */
export async function picture(page, name) {
  if (process.env.RASID_SCREENSHOTS) await page.screenshot({ path: join(process.env.RASID_SCREENSHOTS, name + '.png') });
}
