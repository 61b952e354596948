// A queue that answers by itself: the customer is told once, in his language, when a person will answer, and no clock believes that one has.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startMastodon } from './servers/mastodon_fake.mjs';
import { until } from './servers/process.mjs';
import { Installation } from './harness/installation.mjs';

const limit = { timeout: 90000 };
const kRiyadh = 3 * 3600e3; // ahead of UTC, all year

/** One working hour a day that begins two to four hours from now; the promise of half an hour ends in its middle. */
const local = new Date(Date.now() + kRiyadh);
const opens = local.getUTCHours() === 20 ? 1 : (local.getUTCHours() + 3) % 24;
const due = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), opens, 30) - kRiyadh);
if (due < Date.now()) due.setUTCDate(due.getUTCDate() + 1);
const two = (number) => String(number).padStart(2, '0');
const hours = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => `${day} = ["${two(opens)}:00-${two(opens + 1)}:00"]`).join(', ');
const setup = `
[[person]]
name = "Sara"
email = "sara@example.org"
language = "en"
[[calendar]]
name = "office"
time_zone = "Asia/Riyadh"
hours = { ${hours} }
[[queue]]
name = "care"
first_response = "30m"
resolution = "8h"
calendar = "office"
auto_acknowledge = true
[[rule]]
name = "ours"
query = 'نسمة OR nasma'
queue = "care"
`;
const western = (text) => text.replace(/[٠-٩]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.indexOf(digit));
const clock = (ticket, target) => ticket.clocks.find((one) => one.target === target);

let mastodon, rasid, sara;

before(async () => {
    [mastodon, rasid] = await Promise.all([startMastodon(), Installation.make('auto-acknowledge')]);
    const token = await rasid.write('token', `${mastodon.token}\n`);
    mastodon.account('hind@far.example', { name: 'هند', followers: 40 });
    mastodon.account('tom@far.example', { name: 'Tom', followers: 40 });
    await rasid.configure({
        servers: [mastodon],
        sources: [{ name: 'fedi', kind: 'mastodon', url: mastodon.url, token_file: token, watch: ['mentions'], own_accounts: ['nasma'], brand: 'nasma' }],
    });
    await rasid.fill({ setup, people: ['sara@example.org'] });
    await rasid.start();
    sara = await rasid.signIn('sara@example.org');
    await until(async () => (await sara.source('fedi')).state === 'healthy', { what: 'the source to be healthy' });
}, limit);

after(async () => {
    await rasid?.remove();
    await mastodon?.stop();
}, limit);

test('an Arabic message gets one public answer in Arabic that says when a person will answer, and stops no clock', limit, async () => {
    const asked = mastodon.mention({ author: 'hind@far.example', text: 'نسمة، القهوة كانت باردة' });
    const ticket = await sara.awaitTicket((row) => row.text.includes('باردة'), { what: 'the ticket' });
    await until(() => mastodon.replies().length === 1, { what: 'the answer' });
    const [answer] = mastodon.replies();
    assert.equal(answer.inReplyTo, asked);
    assert.equal(answer.visibility, 'public');
    assert.equal(answer.language, 'ar');
    assert.match(answer.text, /شكرًا لتواصلك معنا/);
    assert.doesNotMatch(answer.text, /Thank you/);
    assert.ok(western(answer.text).includes(`${two(opens)}:30`), `says half past ${opens}: ${answer.text}`);
    const told = await sara.awaitChange(ticket.id, (one) => one.history.some((event) => event.kind === 'auto_acknowledged'));
    assert.equal(Date.parse(clock(told, 'first_response').due_at), due.getTime(), 'it was told what the clock promises');
    assert.deepEqual(told.clocks, ticket.clocks, 'no clock was stopped or begun');
    for (const one of told.clocks) assert.ok(!one.met_at && !one.breached_at && !one.stopped_at, one.target);
    assert.equal(told.acknowledged_by ?? null, null);
    assert.equal(told.state, 'open');

    mastodon.mention({ author: 'hind@far.example', text: 'نسمة، هل من أحد هنا؟', inReplyTo: asked });
    const joined = await sara.awaitChange(ticket.id, (one) => one.history.some((event) => event.kind === 'joined'));
    assert.equal(joined.history.filter((event) => event.kind === 'auto_acknowledged').length, 1);
    // Whatever the second message were to bring goes out before what a person says after it.
    await sara.act(ticket.id, { action: 'reply', text: 'نعتذر منك' });
    await until(() => mastodon.replies().some((one) => one.text.includes('نعتذر منك')), { what: "a person's answer" });
    assert.equal(mastodon.replies().filter((one) => one.text.includes('شكرًا لتواصلك معنا')).length, 1, 'one for both messages');
    await sara.awaitChange(ticket.id, (one) => one.history.some((event) => event.kind === 'met'), { what: "the clock to be stopped by a person's answer" });
});

test('an English message is answered in English', limit, async () => {
    const before = mastodon.replies().length;
    const asked = mastodon.mention({ author: 'tom@far.example', text: 'nasma, when do you open on Fridays? The door was closed yesterday.', language: 'en' });
    await until(() => mastodon.replies().length > before, { what: 'the answer' });
    const answer = mastodon.replies().find((one) => one.inReplyTo === asked);
    assert.match(answer.text, /One of us will answer you by/);
    assert.equal(answer.language, 'en');
});
