// A moderator's morning and a manager's, each one story, in a real browser against a running `rasid demo`; called as page_test.mjs is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arabic_keyboard, asked, DEADLINE_MS, picture, speak, until_told } from './browser.mjs';
import { manager, manager_url, moderator, moderator_url, origin } from './people.mjs';
import { readMail } from '../harness/read_mail.mjs';

const limit = { timeout: 24 * DEADLINE_MS };
const path_of = (id) => '/api/v1/tickets/' + id;
const row_of = (page, id) => page.locator(`[data-testid=row][data-id="${id}"]`);
const pane_of = (page, id) => page.locator(`[data-testid=pane][data-id="${id}"]`);
const gone = (locator) => locator.waitFor({ state: 'detached' });
const current = (page) => page.evaluate(() => document.querySelector('[data-testid=row][aria-current]')?.dataset.id ?? null);
const every_word_is_there = async (page) => assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{|undefined|NaN|\[object/);

/** What of a ticket's history counts, newest last. */
const told = (ticket, kind) => ticket.history.filter((event) => event.kind === kind && !event.undone);

/** One turn of the triage each: does it to the row `id` and returns what the server must say of it then. */
function triage(page, press) {
  /** Whoever closes a menu is back on his row. */
  const back_on = (id) => page.waitForFunction((wanted) => document.activeElement.dataset.id === wanted, id);
  return {
    async e(id) {
      await press('e');
      await gone(row_of(page, id));
      return ({ state }) => state === 'resolved';
    },
    async h(id) {
      await press('h');
      await page.getByTestId('menu-snooze').waitFor();
      await page.keyboard.press('Enter');
      await gone(row_of(page, id));
      return ({ snoozed_until }) => snoozed_until !== null;
    },
    async a(id) {
      await press('a');
      await page.getByTestId('assign-name').waitFor();
      await page.keyboard.type('Dana');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await row_of(page, id).locator('.assignee').filter({ hasText: 'Dana' }).waitFor();
      await back_on(id);
      return ({ assignee }) => assignee?.name === 'Dana';
    },
    async l(id) {
      await press('l');
      await page.getByTestId('label-word').waitFor();
      await page.keyboard.type('مراجعة');
      await page.keyboard.press('Enter');
      await row_of(page, id).locator('.label').filter({ hasText: 'مراجعة' }).waitFor();
      await back_on(id);
      return ({ labels }) => labels.includes('مراجعة');
    },
    async p(id) {
      const before = (await asked(page, path_of(id))).priority;
      // From the most urgent one down: critical, high, normal, low.
      const [after, steps] = before === 'low' ? ['normal', 2] : ['low', 3];
      await press('p');
      await page.getByTestId('menu-priority').waitFor();
      for (let i = 0; i < steps; ++i) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await gone(page.getByTestId('menu-priority'));
      await back_on(id);
      return ({ priority }) => priority === after;
    },
    async x(id) {
      await press('x');
      await page.getByTestId('selection-bar').waitFor();
      await press('e');
      await gone(row_of(page, id));
      return ({ state }) => state === 'resolved';
    },
  };
}

test('a moderator\'s morning, by keyboard alone, in Arabic', limit, async () => {
  const { page, context, complaints } = moderator;
  const press = await arabic_keyboard(page);
  const handled = new Set();

  /** Goes down the list to a ticket that nobody handled yet and that fits; its id. */
  async function next_ticket(fits = () => true) {
    for (let turn = 0; turn < 60; ++turn) {
      const id = await current(page);
      if (id && !handled.has(id)) {
        const ticket = await asked(page, path_of(id));
        // The unusual rise is a story of its own, see page_test.mjs.
        if (!ticket.incident && fits(ticket)) {
          handled.add(id);
          await pane_of(page, id).waitFor();
          return id;
        }
      }
      await press('j');
    }
    assert.fail('no ticket fits');
  }
  const answer_of = (id, wanted) => until_told(page, path_of(id), wanted);

  // He opens the queue and goes to what nobody has.
  await speak(page, 'ar');
  await page.goto(origin(moderator_url) + '/');
  await page.getByTestId('row').first().waitFor();
  await page.getByTestId('filter').waitFor();
  await page.evaluate(() => (window.same_page = true));
  while (new URL(page.url()).searchParams.get('view') !== 'unassigned') {
    const before = page.url();
    await page.keyboard.press(']');
    await page.waitForURL((url) => url.href !== before);
  }
  await page.getByTestId('row').first().waitFor();
  await press('j');

  // The first is resolved by mistake, taken back and resolved after all.
  const turns = triage(page, press);
  const first = await next_ticket();
  await turns.e(first);
  await answer_of(first, ({ state }) => state === 'resolved');
  await press('z');
  await row_of(page, first).waitFor();
  await answer_of(first, ({ state }) => state === 'open');
  await press('k');
  assert.equal(await current(page), first, 'it is where it was');
  await turns.e(first);

  // A priority too; its history tells both.
  const urgent = await next_ticket();
  const changed = await turns.p(urgent);
  const { priority } = await answer_of(urgent, changed);
  assert.equal(told(await asked(page, path_of(urgent)), 'priority_changed').at(-1).detail.priority, priority);
  const line = pane_of(page, urgent).locator('[data-testid=history] li').filter({ hasText: 'غيّر الأولوية' });
  await line.first().waitFor();
  await every_word_is_there(page);
  await press('z');
  await answer_of(urgent, (ticket) => ticket.priority !== priority);
  await pane_of(page, urgent).locator('[data-testid=history] li.undone').first().waitFor();

  // Twenty-eight more, each on its way: every turn is what the server holds.
  const expected = [];
  while (handled.size < 30) {
    const turn = Object.values(turns)[handled.size % 6];
    const id = await next_ticket();
    expected.push([id, await turn(id)]);
  }
  assert.equal(handled.size, 30);
  for (const [id, wanted] of expected) await answer_of(id, wanted);
  await answer_of(first, ({ state }) => state === 'resolved');
  await picture(page, 'morning-triage-ar');

  // A colleague opens the same ticket; each sees the other.
  const shared = await next_ticket((ticket) => ticket.language === 'ar' && ticket.can.includes('reply') && !ticket.assignee);
  await speak(manager.page, 'en');
  await manager.page.goto(`${origin(manager_url)}/tickets/${shared}`);
  await page.locator('[data-testid=here-notice][data-state=looking]').waitFor();
  await manager.page.locator('[data-testid=here-notice][data-state=looking]').waitFor();
  await press('r');
  const words = 'أهلًا بك، نعتذر عمّا حدث ونتابع طلبك الآن مع الفرع';
  await page.getByTestId('composer-text').waitFor();
  await page.keyboard.type(words);
  await manager.page.locator('[data-testid=here-notice][data-state=writing]').waitFor();

  // While the answer is on its way the colleague takes the ticket: the words stay, and go out once it was seen.
  await page.route('**/actions', async (route) => {
    await manager.page.keyboard.press('m');
    await until_told(manager.page, path_of(shared), ({ assignee }) => assignee !== null);
    await route.continue();
  }, { times: 1 });
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-testid=failure][data-code=stale_version]').waitFor();
  assert.equal(await page.getByTestId('composer-text').inputValue(), words, 'the draft is kept');
  const { y } = await page.getByTestId('failure').boundingBox();
  assert.ok(y >= 0 && y < page.viewportSize().height, 'it is in sight');
  await every_word_is_there(page);
  await picture(page, 'morning-conflict-ar');
  assert.equal((await asked(page, path_of(shared))).pending_reply, null);
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('pending-reply').getByText(words).waitFor();
  assert.equal((await asked(page, path_of(shared))).pending_reply.text, words, 'it is stored and held');
  await manager.page.getByTestId('pending-reply').getByText(words).waitFor();

  // The connection goes; what is done waits for it and is done.
  const lost = await next_ticket();
  await context.setOffline(true);
  await page.locator('[data-testid=connection][data-connected=false]').waitFor();
  await press('e');
  await gone(row_of(page, lost));
  assert.equal((await asked(manager.page, path_of(lost))).state, 'open', 'the server has not heard of it');
  await context.setOffline(false);
  await page.locator('[data-testid=connection][data-connected=true]').waitFor({ timeout: 3 * DEADLINE_MS });
  await answer_of(lost, ({ state }) => state === 'resolved');
  assert.ok(await page.evaluate(() => window.same_page), 'without a reload');

  // What cannot wait goes to who is on duty, by name; approval_test.mjs reads the mail.
  const grave = await next_ticket();
  const { rotas } = await asked(page, '/api/v1/team');
  const [{ on_call }] = rotas;
  await page.keyboard.press('Shift+Digit1');
  await page.getByTestId('escalate-to').getByText(on_call.name).waitFor();
  await picture(page, 'morning-escalate-ar');
  await page.keyboard.type('العميلة في المستشفى، نحتاج قرارًا الآن');
  await page.keyboard.press('Control+Enter');
  await gone(page.getByTestId('menu-escalate'));
  await pane_of(page, grave).getByTestId('history').getByText('نحتاج قرارًا الآن').waitFor();
  const escalated = told(await answer_of(grave, (ticket) => told(ticket, 'noted').length > 0), 'noted').at(-1);
  assert.deepEqual(escalated.detail.people.map(({ id }) => id), [on_call.id]);

  // And by now the answer is published.
  const published = await until_told(page, path_of(shared), (ticket) => told(ticket, 'replied').length > 0, { tries: 300 });
  assert.ok(published.thread.some(({ direction, text }) => direction === 'out' && text.includes(words)));
  await every_word_is_there(page);
  // The browser itself says that it was offline.
  assert.deepEqual([...complaints, ...manager.complaints].filter((each) => !each.includes('ERR_INTERNET_DISCONNECTED')), []);
});

/** A mail as the demo wrote it into its folder, which is under the system's temporary one; `intent` is its id. */
function written_mail(intent) {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith('rasid-demo-'))) {
    const folder = join(tmpdir(), name, 'mails');
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.eml'))) {
      const raw = readFileSync(join(folder, file), 'utf8');
      if (raw.includes(`Rasid-Intent: ${intent}`)) return raw;
    }
  }
  return assert.fail('the demo wrote no mail ' + intent);
}

test('a manager\'s morning', limit, async () => {
  const { page, complaints } = manager;
  await speak(page, 'en');
  await page.goto(origin(manager_url) + '/mails');
  await page.getByTestId('mail').first().waitFor();
  const { person } = await asked(page, '/api/v1/session');

  // A mail tells him of a ticket that nobody answered; its link shows the ticket and one button.
  const told_him = ({ to, kind, state, ticket }) => to === person.email && kind === 'escalation' && state === 'sent' && ticket;
  const { mails } = await until_told(page, '/api/v1/mails?limit=200', (answer) => answer.mails.some(told_him));
  let escalation;
  for (const mail of mails.filter(told_him)) {
    const ticket = await asked(page, path_of(mail.ticket));
    if (ticket.state === 'open' && !ticket.acknowledged_by) escalation = { ...mail, ticket };
  }
  assert.ok(escalation, 'a mail tells of a ticket that waits');
  const { ticket } = escalation;
  const letter = await readMail(written_mail(escalation.id));
  assert.deepEqual(letter.defects, []);
  assert.deepEqual(letter.to, [person.email]);
  assert.equal(letter.headers['x-rasid-ticket'], String(ticket.number));
  const [link] = /\S*\/m\/ack\?t=\S+/.exec(letter.text) ?? [];
  assert.ok(link, 'the mail has a link');
  // The demo's links name 127.0.0.1, where the moderator is signed in in the same browser.
  const { pathname, search } = new URL(link);
  await page.goto(new URL(pathname + search, origin(manager_url)).href);
  await page.getByText('#' + ticket.number).first().waitFor();
  assert.equal(await page.locator('button').count(), 1);
  await picture(page, 'morning-acknowledge');
  assert.equal((await asked(page, path_of(ticket.id))).acknowledged_by, null, 'looking changes nothing');
  await page.locator('form button').click();
  await page.waitForLoadState();
  const acknowledged = await until_told(page, path_of(ticket.id), ({ acknowledged_by }) => acknowledged_by !== null);
  assert.equal(acknowledged.acknowledged_by.name, person.name);
  assert.equal(told(acknowledged, 'acknowledged').length, 1);

  // The report: what was promised and kept, on the page and as a file.
  await page.goto(origin(manager_url) + '/reports');
  assert.match(await page.getByTestId('figure-in_time').innerText(), /\d+\s?%/);
  const card = page.getByTestId('report-queues');
  await card.getByTestId('report-toggle').click();
  const sla = await asked(page, '/api/v1/reports/sla?days=30');
  const shown = await card.locator('tbody th').allInnerTexts();
  assert.deepEqual(shown, sla.queues.map(({ queue }) => queue));
  assert.ok(sla.total.kept > 0 && sla.total.missed > 0);
  const [download] = await Promise.all([page.waitForEvent('download'), card.getByTestId('report-file').click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n').map((text) => text.replace('\uFEFF', '').split(','));
  const column = (name) => lines[0].indexOf(name);
  assert.deepEqual(lines.slice(1).map((cells) => cells[column('queue')]), shown);
  // A clock may have run out meanwhile, none is met again.
  for (const [i, { kept }] of sla.queues.entries()) assert.ok(Number(lines[i + 1][column('kept')]) >= kept);
  await picture(page, 'morning-report');

  // A rule of his own, tried on the last thirty days, with what it would do to its queue, and turned on.
  const name = 'morning lattes';
  const rule_of = async () => (await asked(page, '/api/v1/setup/rules')).items.find((item) => item.name === name);
  await page.goto(origin(manager_url) + '/rules');
  await page.getByTestId('rule-new').click();
  await page.getByTestId('rule-name').fill(name);
  await page.getByTestId('rule-query').fill('(latte OR coffee OR قهوة OR لاتيه) lang:ar,en');
  await page.getByTestId('rule-queue').selectOption('care');
  await page.getByTestId('rule-enabled').uncheck();
  const [answer] = await Promise.all([
    page.waitForResponse(async (response) => response.url().endsWith('/rules/backtest') && response.ok() && (await response.json()).queue?.name === 'care'),
    page.getByTestId('backtest-load').waitFor(),
  ]);
  const tried = await answer.json();
  const hits = tried.days.reduce((sum, { estimate }) => sum + estimate, 0);
  assert.equal(tried.days.length, 30);
  assert.ok(hits > 0 && tried.queue.added > 0 && !tried.queue.why_not, 'it would give the queue work');
  await page.getByTestId('backtest-count').filter({ hasText: new RegExp(`\\b${hits}\\b`) }).waitFor();
  const forecast = (await page.getByTestId('backtest-breaches').locator('dd').allInnerTexts()).map((text) => Number(text.replace(/\D/g, '')));
  const { real, model, with_rule } = tried.queue.breaches;
  assert.deepEqual(forecast, [real, model, with_rule]);
  await picture(page, 'morning-rule');
  await page.getByTestId('rule-save').click();
  await page.getByTestId('rule-version').first().waitFor();
  assert.equal((await rule_of()).enabled, false);
  await page.getByTestId('rule-enabled').check();
  await page.waitForFunction(() => !document.querySelector('[data-testid=rule-save]').disabled);
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=rule-version]').length === 2);
  assert.equal((await rule_of()).enabled, true);
  await page.getByTestId('rule-remove').click();
  await page.getByTestId('rules').waitFor();
  assert.equal(await rule_of(), undefined);

  // The machine misread the ticket he acknowledged: one key and a digit say so.
  await page.goto(`${origin(manager_url)}/tickets/${ticket.id}`);
  const pane = pane_of(page, ticket.id);
  await pane.getByTestId('history').waitFor();
  const right = ticket.sentiment.label === 'positive' ? 'negative' : 'positive';
  await page.keyboard.press('c');
  await page.getByTestId('correct-menu').waitFor();
  await page.keyboard.press(right === 'negative' ? '1' : '3');
  await gone(page.getByTestId('correct-menu'));
  await pane.locator(`[data-testid=facts] .${right}`).waitFor();
  await pane.getByText(/sentiment corrected from/).waitFor();
  await picture(page, 'morning-corrected');
  assert.equal((await until_told(page, path_of(ticket.id), ({ sentiment }) => sentiment.label === right)).sentiment.label, right);
  await page.keyboard.press('z');
  await until_told(page, path_of(ticket.id), ({ sentiment }) => sentiment.label === ticket.sentiment.label);
  await every_word_is_there(page);
  assert.deepEqual(complaints, []);
});
