// What passes between two people through an installation of its own: a reply that waits until a manager lets it out, and a ticket
// that is escalated by hand. Needs no demo.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { broken_rules, DEADLINE_MS, launch, open, picture, speak } from './browser.mjs';
import { Installation, password } from '../harness/installation.mjs';
import { readMail } from '../harness/read_mail.mjs';
import { startMail } from '../servers/mail.mjs';
import { startMastodon } from '../servers/mastodon_fake.mjs';
import { until } from '../servers/process.mjs';

const setup = `
[[person]]
name = "Sara"
email = "sara@example.org"
role = "moderator"
language = "ar"
[[person]]
name = "Khalid"
email = "khalid@example.org"
role = "manager"
language = "en"
[[person]]
name = "Maya"
email = "maya@example.org"
role = "manager"
language = "en"
[[rota]]
name = "duty"
time_zone = "Asia/Riyadh"
first_day = "2026-01-04"
people = ["Maya"]
[notifications]
wait = "0s"
interval = "0s"
[[queue]]
name = "care"
first_response = "1h"
approval = true
[[rule]]
name = "nasma"
query = 'نسمة'
queue = "care"
`;

const limit = { timeout: 8 * DEADLINE_MS };
let mastodon, mail, rasid, browser, server, sara, khalid;

/** Somebody who signed in as people do, in a browser context of his own. */
async function arrive(name, language) {
  const person = await open(browser, null);
  await person.page.goto(rasid.url + '/');
  await person.page.getByTestId('email').fill(name + '@example.org');
  await person.page.getByTestId('password').fill(password);
  await person.page.getByTestId('sign-in').click();
  await person.page.getByTestId('settings-link').waitFor();
  await speak(person.page, language);
  return person;
}

before(async () => {
  [mastodon, mail, rasid] = await Promise.all([startMastodon(), startMail({ prefer: 'capture' }), Installation.make('approval')]);
  const token = await rasid.write('mastodon-token', mastodon.token + '\n');
  await rasid.configure({ servers: [mastodon], mail, sources: [{ name: 'fedi', kind: 'mastodon', url: mastodon.url, token_file: token, watch: ['mentions'], own_accounts: ['nasma'] }] });
  await rasid.fill({ setup, people: ['sara@example.org', 'khalid@example.org'] });
  await rasid.start();
  server = await rasid.signIn('khalid@example.org');
  browser = await launch();
  sara = await arrive('sara', 'ar');
  khalid = await arrive('khalid', 'en');
}, limit);
after(async () => {
  await browser?.close();
  await rasid?.remove();
  await Promise.all([mastodon, mail].map((one) => one?.stop()));
}, limit);

/** A mention in the queue `care`, opened by both; the ticket. */
async function both_open(author, text) {
  const post = mastodon.mention({ author: author + '@far.example', text });
  const ticket = await server.awaitTicket((row) => row.url === post.uri, { what: 'the ticket of the mention' });
  for (const { page } of [sara, khalid]) {
    await page.goto(`${rasid.url}/tickets/${ticket.id}`);
    await page.locator(`[data-testid=pane][data-id="${ticket.id}"] [data-testid=history]`).waitFor();
  }
  return ticket;
}

const waiting = ({ page }) => page.getByTestId('proposed-reply');
const gone = (locator) => locator.waitFor({ state: 'detached' });
const told = (ticket, kind) => ticket.history.filter((event) => event.kind === kind);

/** The mail to somebody that tells `words`. */
const mail_to = (address, words) => until(async () => {
  for (const { raw } of await mail.messages()) {
    const read = await readMail(raw);
    if (read.to[0] === address && read.text.includes(words)) return read;
  }
  return null;
}, { what: `a mail to ${address} that says ${words}` });

/** Writes a reply by keyboard alone and sends it off; it waits, as both see. */
async function propose(ticket, words) {
  const { page } = sara;
  await page.locator('#pane').focus();
  await page.keyboard.press('r');
  await page.getByTestId('composer-text').fill(words);
  await page.keyboard.press('Control+Enter');
  await waiting(sara).getByText(words).waitFor();
  await waiting(khalid).getByText(words).waitFor();
  // At once, not with her next beat.
  await khalid.page.locator('[data-testid=here-notice][data-state=looking]').waitFor({ timeout: DEADLINE_MS / 3 });
  const { proposed_reply } = await server.ticket(ticket.id);
  assert.equal(proposed_reply.text, words);
  assert.equal(proposed_reply.by.name, 'Sara');
  assert.equal(mastodon.replies().length, 0, 'nothing goes out by itself');
}

test('a reply waits, is returned with a reason, and goes out once it was let out', limit, async () => {
  const ticket = await both_open('amal', 'متى يفتح فرع نسمة؟');
  await propose(ticket, 'لا نعرف');
  assert.equal(await waiting(sara).getByTestId('approve').count(), 0, 'nobody lets out his own');
  await khalid.page.locator(`[data-testid=row][data-id="${ticket.id}"] [data-testid=row-approval]`).waitFor();
  const asks = await mail_to('khalid@example.org', 'wrote a reply that waits for your approval');
  assert.ok(asks.text.includes('/tickets/' + ticket.id));
  assert.deepEqual(await broken_rules(khalid.page), []);
  await picture(khalid.page, 'approval-waits-en');

  const reason = 'Too short: tell her the hours, please.';
  await khalid.page.keyboard.press('u');
  await khalid.page.getByTestId('words-text').fill(reason);
  await khalid.page.keyboard.press('Control+Enter');
  for (const person of [sara, khalid]) {
    await gone(waiting(person));
    await person.page.getByTestId('history').getByText(reason).waitFor();
  }
  await picture(sara.page, 'approval-returned-ar');
  await mail_to('sara@example.org', 'أعاد');
  const [returned] = told(await server.ticket(ticket.id), 'reply_returned');
  assert.equal(returned.by.name, 'Khalid');
  assert.equal(returned.text, reason);
  assert.equal(mastodon.replies().length, 0);

  const words = 'نفتح من الثامنة صباحًا حتى العاشرة مساءً، أهلًا بك';
  await propose(ticket, words);
  await khalid.page.keyboard.press('y');
  for (const { page } of [sara, khalid]) await page.getByTestId('pending-reply').getByText(words).waitFor();
  const answered = await server.awaitChange(ticket.id, (now) => told(now, 'replied').length === 1, { seconds: 30, what: 'the reply to be published' });
  assert.equal(answered.proposed_reply, null);
  assert.ok(answered.clocks.find(({ target }) => target === 'first_response').met_at);
  assert.equal(mastodon.replies().length, 1);
  assert.ok(mastodon.replies()[0].text.includes(words));
  for (const { page } of [sara, khalid]) await page.getByTestId('thread').getByText(words).waitFor();
  for (const { page, complaints } of [sara, khalid]) {
    assert.doesNotMatch(await page.innerText('body'), /\bpage\.[a-z_]+\.|\{\{/, 'every message is there');
    assert.deepEqual(complaints, []);
  }
});

test('a ticket that is escalated by hand is mailed to who is on duty, with the reason', limit, async () => {
  const ticket = await both_open('huda', 'وجدت زجاجًا في قهوة نسمة');
  const { page } = sara;
  await page.locator('#pane').focus();
  await page.keyboard.press('!');
  await page.getByTestId('menu-escalate').getByText('Maya').waitFor();
  await page.keyboard.type('زجاج في الكوب، نحتاج قرارًا');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await gone(page.getByTestId('menu-escalate'));
  for (const person of [sara, khalid]) await person.page.getByTestId('history').getByText('زجاج في الكوب').waitFor();
  const [noted] = told(await server.ticket(ticket.id), 'noted');
  assert.deepEqual(noted.detail.people.map(({ name }) => name), ['Maya']);
  const letter = await mail_to('maya@example.org', 'named you in a note');
  assert.equal(letter.headers['x-rasid-ticket'], String(ticket.number));
  assert.ok((await server.mails()).some((each) => each.ticket === ticket.id && each.to === 'maya@example.org'));
});
