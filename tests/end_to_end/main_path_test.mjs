// The main job, end to end: heard, understood, clocked, escalated by mail, answered, kept in the customer's year.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFeeds } from './servers/feed_server.mjs';
import { startJetstream } from './servers/jetstream_fake.mjs';
import { header, startMail } from './servers/mail.mjs';
import { startMastodon } from './servers/mastodon_fake.mjs';
import { until } from './servers/process.mjs';
import { Installation, password } from './harness/installation.mjs';
import { readMail } from './harness/read_mail.mjs';
import { firstAdmin, request } from './harness/session.mjs';

const setup = `
[[person]]
name = "Sara"
email = "sara@example.org"
role = "moderator"
language = "ar"
[[person]]
name = "Dana"
email = "dana@example.org"
role = "moderator"
language = "en"
[[person]]
name = "Khalid"
email = "khalid@example.org"
role = "manager"
language = "ar"
[notifications]
wait = "0s"
interval = "0s"

[[ladder]]
name = "care"
steps = [ { at = "50%", to = "role:moderator", by = "mail" }, { at = "100%", to = "role:manager", by = "mail" } ]
[[queue]]
name = "care"
first_response = "6s"
resolution = "8h"
ladder = "care"
brand = "nasma"
[[queue]]
name = "patient"
first_response = "20s"
ladder = "care"
brand = "nasma"
[[queue]]
name = "questions"
first_response = "1h"
resolution = "8h"
brand = "nasma"
[[rule]]
name = "complaints"
query = '(نسمة OR nasma) AND sentiment:negative'
queue = "care"
priority = "high"
tags = ["complaint"]
[[rule]]
name = "patience"
query = 'nasma AND patience'
queue = "patient"
[[rule]]
name = "questions"
query = '(نسمة OR nasma) AND (متى OR when)'
queue = "questions"
[[plan]]
name = "clients for life"
touches = [ { kind = "newsletter", count = 12 }, { kind = "greeting_card", count = 7 }, { kind = "call", count = 5 }, { kind = "follow_up_note", count = 3 }, { kind = "personal_card", count = 4 }, { kind = "gift", count = 2 } ]
`;
const customers = `name,name_latin,emails,handles,language,tier,brand
أمل العتيبي,Amal Al-Otaibi,amal@example.org,mastodon:amal@far.example;news:Amal;bluesky:did:plc:amal,ar,gold,nasma
`;

const limit = { timeout: 90000 };
let feeds, mastodon, jetstream, mail, rasid, admin, sara, dana;

before(async () => {
    [feeds, mastodon, jetstream, mail, rasid] = await Promise.all([
        startFeeds(), startMastodon(), startJetstream(), startMail(), Installation.make('main-path'),
    ]);
    const token = await rasid.write('mastodon-token', `${mastodon.token}\n`);
    mastodon.account('amal@far.example', { name: 'أمل', followers: 8412 });
    feeds.publish('news', { id: 'old', html: 'نسمة كانت سيئة جدًا', author: 'Historian', at: new Date(Date.now() - 48 * 3600 * 1000) });
    await rasid.configure({
        servers: [feeds, mastodon, jetstream], mail,
        sources: [
            { name: 'news', kind: 'feed', url: `${feeds.url}/news.rss`, brand: 'nasma' },
            { name: 'fedi', kind: 'mastodon', url: mastodon.url, token_file: token, watch: ['mentions', 'public'], own_accounts: ['nasma'], brand: 'nasma' },
            { name: 'sky', kind: 'jetstream', url: `${jetstream.url}/subscribe`, words: ['نسمة', 'nasma'], brand: 'nasma' },
        ],
    });
    await rasid.fill({ setup, customers });
    const daemon = await rasid.start();
    const [, code] = /with this code \(good for 15 minutes\): (\S+)/.exec(daemon.output) ?? [];
    assert.ok(code, `the console shows no code for the first admin:\n${daemon.output}`);
    admin = await firstAdmin(rasid.url, { code, name: 'Omar', email: 'omar@example.org', password, language: 'en' });
    for (const email of ['sara@example.org', 'dana@example.org']) await rasid.command(['user', 'passwd', email], { input: `${password}\n` });
    [sara, dana] = [await rasid.signIn('sara@example.org'), await rasid.signIn('dana@example.org')];
    await until(async () => (await admin.get('/api/v1/sources')).sources.every((source) => source.state === 'healthy'), { what: 'every source to be healthy' });
}, limit);

after(async () => {
    await rasid?.remove();
    await Promise.all([feeds, mastodon, jetstream, mail].map((server) => server?.stop()));
}, limit);

const clock = (ticket, target = 'first_response') => ticket.clocks.find((one) => one.target === target);
const kinds = (ticket) => ticket.history.filter((event) => !event.undone).map((event) => event.kind);
const rawMailsOf = async (ticket) => (await mail.messages()).filter((one) => header(one.raw, 'X-Rasid-Ticket') === String(ticket.number));
const mailsOf = async (ticket) => Promise.all((await rawMailsOf(ticket)).map(async ({ raw }) => ({ raw, ...(await readMail(raw)) })));
async function awaitMails(ticket, count) {
    await until(async () => (await rawMailsOf(ticket)).length >= count, { seconds: 30, every: 100, what: `${count} mails about ticket #${ticket.number}` });
    return mailsOf(ticket);
}

test('a complaint is heard, escalated, answered and kept in the year of the customer', limit, async () => {
    const news = await sara.listen();
    const post = mastodon.mention({ author: 'amal@far.example', text: 'قهوة نسمة باردة والخدمة سيئة جدًا', visibility: 'unlisted' });
    const opened = await sara.awaitTicket((row) => row.url === post.uri, { what: 'the ticket of the complaint' });
    assert.equal(opened.queue, 'care');
    assert.equal(opened.state, 'open');
    assert.equal(opened.sentiment.label, 'negative');
    assert.equal(opened.language, 'ar');
    assert.deepEqual(opened.rules, ['complaints']);
    assert.equal(opened.customer.name, 'أمل العتيبي');
    assert.equal(clock(opened).target_seconds, 6);
    assert.equal(clock(opened).started_at.slice(0, 19), post.created_at.slice(0, 19), 'the clock starts when the complaint was published');
    assert.equal(clock(opened, 'resolution').state, 'running');
    await until(() => news.events.some((event) => event.event === 'ticket' && event.data.ticket.id === opened.id), { what: 'the event of the new ticket' });
    await news.close();

    // Nobody answers: the moderators are told at half time and the manager at the end, each in his language.
    const mails = await awaitMails(opened, 3);
    assert.equal(mails.length, 3);
    assert.deepEqual(mails.map((one) => one.to.join()).sort(), ['dana@example.org', 'khalid@example.org', 'sara@example.org']);
    const to = (name) => mails.find((one) => one.to[0].startsWith(name));
    for (const one of mails) {
        const { headers } = one;
        assert.deepEqual(one.defects, []);
        assert.equal(one.names.length, new Set(one.names.filter((name) => name !== 'received')).size + one.names.filter((name) => name === 'received').length, 'no header twice');
        assert.equal(headers['message-id'], `<${headers['rasid-intent']}@mail.rasid.test>`);
        assert.equal(headers['auto-submitted'], 'auto-generated');
        assert.ok(!Number.isNaN(Date.parse(headers.date)));
        assert.match(headers['list-id'], /^<nasma\.rasid\.mail\.rasid\.test>$/);
        assert.match(headers.subject, new RegExp(`#${opened.number}`));
        assert.deepEqual(one.parts.map((part) => part.type), ['text/plain', 'text/html']);
        for (const text of [one.text, one.html]) assert.ok(text.includes('نسمة') && text.includes('8,412') && text.includes('fedi') && text.includes('أمل'), text);
    }
    // A transaction with two recipients would be delivered twice under one id.
    assert.equal(new Set(mails.map((one) => one.headers['message-id'])).size, 3);
    if (mail.server === 'postfix') for (const one of mails) assert.equal(one.headers['x-original-to'], one.to[0]);
    assert.match(to('dana').text, /Keywords: .*نسمة/);
    assert.match(to('dana').text, /Sentiment: ▼ negative/);
    assert.match(to('dana').text, /Influence: \d+ of 100/);
    assert.equal(to('dana').headers['content-language'], 'en');
    for (const name of ['sara', 'khalid']) {
        assert.equal(to(name).headers['content-language'], 'ar');
        assert.match(to(name).text, /النبرة: ▼ سلبية/);
        assert.match(to(name).html, /dir="rtl"/);
    }
    const late = await sara.awaitChange(opened.id, (ticket) => clock(ticket).breached_at !== null);
    assert.equal(clock(late).state, 'breached');

    // What he says elsewhere while his ticket is open belongs to it.
    feeds.publish('news', { id: 'amal-2', author: 'Amal', html: 'خدمة نسمة سيئة' });
    jetstream.post({ did: 'did:plc:amal', text: 'نسمة خدمة سيئة' });
    const joined = await sara.awaitChange(opened.id, (ticket) => ticket.mentions === 3, { what: 'mentions of the same customer elsewhere to join' });
    assert.deepEqual(joined.thread.map((mention) => mention.platform).sort(), ['bluesky', 'mastodon', 'news']);
    assert.equal((await sara.tickets()).filter((row) => row.customer?.id === opened.customer.id).length, 1);

    // His plan holds while the complaint is open.
    const held = await sara.get(`/api/v1/customers/${opened.customer.id}`);
    // What of the year lies behind is not owed, so how many touches are left depends on the day of the test.
    assert.ok(held.plan === null || held.plan.touches.length <= 33);
    const touches = held.plan?.touches ?? [];
    assert.equal(held.guard.held, true);
    assert.match(held.guard.reason, new RegExp(`#${opened.number}`));
    // What sells, celebrates or asks waits; calls and their notes are made.
    const waits = (touch) => !['call', 'follow_up_note'].includes(touch.kind);
    assert.ok(touches.every((touch) => (waits(touch) ? touch.state === 'held' && touch.reason.includes(`#${opened.number}`) : touch.state === 'planned')));
    const inbound = held.ledger.filter((entry) => entry.direction === 'inbound');
    assert.deepEqual(inbound.map((entry) => entry.polarity), ['negative', 'negative', 'negative']);

    // Taken and answered: his newest mention may be where we cannot answer, so the answer is to a new one.
    await dana.act(opened.id, { action: 'take' });
    const again = mastodon.mention({ author: 'amal@far.example', text: 'نسمة ردوا عليّ، الخدمة سيئة', visibility: 'unlisted' });
    await dana.awaitChange(opened.id, (ticket) => ticket.mentions === 4);
    const replied = await dana.act(opened.id, { action: 'reply', text: 'نعتذر يا أمل، راسلناك على الخاص' });
    assert.ok(Date.parse(replied.undo_until) > Date.now());
    const answered = await dana.awaitChange(opened.id, (ticket) => kinds(ticket).includes('replied'), { seconds: 30, what: 'the reply to be published' });
    const replies = mastodon.replies();
    assert.equal(replies.length, 1);
    assert.equal(replies[0].inReplyTo, again);
    assert.equal(replies[0].visibility, 'unlisted');
    assert.equal(replies[0].language, 'ar');
    assert.equal(replies[0].idempotencyKey, replied.event);
    assert.match(replies[0].text, /^@amal@far\.example نعتذر يا أمل/);
    assert.ok(clock(answered).met_at);
    assert.equal(answered.assignee.name, 'Dana');

    await dana.act(opened.id, { action: 'resolve' });
    const resolved = await dana.ticket(opened.id);
    assert.equal(resolved.state, 'resolved');
    assert.equal(clock(resolved, 'resolution').state, 'met');
    const free = await sara.get(`/api/v1/customers/${opened.customer.id}`);
    assert.equal(free.guard.held, false);
    const after = free.plan?.touches ?? [];
    const planned = after.filter((touch) => touch.kind !== 'recovery_call');
    assert.deepEqual(planned.map((touch) => [touch.id, touch.state]), touches.map((touch) => [touch.id, 'planned']));
    assert.ok(after.length - planned.length <= 1, 'a recovery call, in the year of its day');
    const outbound = free.ledger.filter((entry) => entry.direction === 'outbound');
    assert.equal(outbound.length, 1);
    assert.equal(outbound[0].kind, 'reply');
    assert.equal(outbound[0].ticket.number, opened.number);
    assert.match(outbound[0].text, /نعتذر يا أمل/);

    const story = await rasid.command(['explain', String(opened.number)]);
    assert.match(story.stdout, /clock first_response: 6s of time round the clock/);
    assert.match(story.stdout, /notified to Khalid \(first_response 100%\)/);
    const year = await rasid.command(['explain', opened.customer.id]);
    assert.match(year.stdout, /plan \d{4}: 0 of \d+ done/);
    assert.match(year.stdout, /outbound reply by mastodon/);
    const all = await mailsOf(opened);
    assert.equal(all.filter((one) => !one.headers.subject.startsWith('Re: ')).length, 3, 'a ticket that was taken is not escalated further');
    // Those who were told hear what became of it, in the same thread.
    const toKhalid = () => rawMailsOf(opened).then((raw) => Promise.all(raw.map(({ raw: text }) => readMail(text)))).then((list) => list.filter((one) => one.to[0] === 'khalid@example.org'));
    await until(async () => (await toKhalid()).length === 3, { seconds: 30, what: 'the manager to hear that it was taken and resolved' });
    const [escalated, ...updates] = await toKhalid();
    for (const update of updates) {
        assert.equal(update.headers.subject, `Re: ${escalated.headers.subject}`);
        assert.equal(update.headers['in-reply-to'], escalated.headers['message-id']);
        assert.ok(update.headers.references.startsWith(escalated.headers['message-id']));
        assert.equal(update.headers['auto-submitted'], 'auto-generated');
    }
    assert.ok(all.every((one) => one.to[0] !== 'dana@example.org' || !one.headers.subject.startsWith('Re: ')), 'nobody is told what he did himself');
});

test('the link in a mail changes nothing until its button is pressed, and then once', limit, async () => {
    const post = mastodon.mention({ author: 'huda@far.example', text: 'nasma, have patience' });
    const opened = await sara.awaitTicket((row) => row.url === post.uri);
    const toDana = (await awaitMails(opened, 2)).find((one) => one.to[0] === 'dana@example.org');
    const [link] = /http:\/\/\S+\/m\/ack\?t=\S+/.exec(toDana.text) ?? [];
    assert.ok(link?.startsWith(rasid.url));
    const shown = await request(link);
    assert.equal(shown.status, 200);
    assert.match(shown.text, /<form method="post" action="\/m\/ack">/);
    assert.ok(!shown.text.includes('<script'));
    const untouched = await sara.ticket(opened.id);
    assert.equal(untouched.acknowledged_by, null);
    assert.ok(!kinds(untouched).includes('acknowledged'));

    const press = () => request(`${rasid.url}/m/ack`, {
        method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: rasid.url }, body: new URLSearchParams({ t: new URL(link).searchParams.get('t') }).toString(),
    });
    assert.equal((await press()).status, 200);
    assert.equal((await sara.ticket(opened.id)).acknowledged_by.name, 'Dana');
    assert.match((await press()).text, /acknowledged already/);
    assert.equal(kinds(await sara.ticket(opened.id)).filter((kind) => kind === 'acknowledged').length, 1);

    // The clock goes on, the ladder does not: at 100 % the breach is noted and the manager is left alone.
    await sara.awaitChange(opened.id, (ticket) => clock(ticket).breached_at !== null);
    const told = (await admin.mails()).filter((one) => one.ticket === opened.id && one.kind === 'escalation');
    assert.deepEqual(told.map((one) => one.to).sort(), ['dana@example.org', 'sara@example.org']);
    const forged = await request(`${rasid.url}/m/ack`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: rasid.url }, body: `t=${'A'.repeat(120)}` });
    assert.equal(forged.status, 400);
});

test('our own answer on the platform itself meets the clock', limit, async () => {
    const post = mastodon.mention({ author: 'noor@far.example', text: 'متى يفتح فرع نسمة؟' });
    const opened = await sara.awaitTicket((row) => row.url === post.uri);
    assert.equal(clock(opened).state, 'running');
    mastodon.post({ author: 'nasma', text: '@noor@far.example الثامنة صباحًا', inReplyTo: post });
    const met = await sara.awaitChange(opened.id, (ticket) => clock(ticket).state === 'met', { what: 'the clock to be met by the native answer' });
    assert.equal(clock(met).breached_at, null);
    assert.deepEqual(met.thread.map((mention) => mention.direction), ['in', 'out']);
});

test('what is older than the source is history: stored, never a ticket, never a mail', limit, async () => {
    assert.ok((await admin.source('news')).mentions >= 1, 'it is stored');
    assert.ok((await admin.tickets()).every((row) => row.author.name !== 'Historian'));
});

test('an edit shows the new words, and what its author deletes is gone', limit, async () => {
    feeds.publish('news', { id: 'edited', author: 'Editor', html: 'متى نسمة؟' });
    const edited = await sara.awaitTicket((row) => row.author.name === 'Editor');
    feeds.edit('news', 'edited', { html: 'متى تفتح نسمة يوم الجمعة؟' });
    const shown = await sara.awaitChange(edited.id, (ticket) => ticket.thread[0].text.includes('الجمعة'), { what: 'the new words' });
    assert.equal(shown.thread.length, 1);
    assert.equal(shown.mentions, 1);

    const post = jetstream.post({ did: 'did:plc:gone', text: 'متى تفتح نسمة؟ رقمي 0500000000' });
    const heard = await sara.awaitTicket((row) => row.author.handle === 'did:plc:gone');
    jetstream.remove(post);
    const gone = await sara.awaitChange(heard.id, (ticket) => ticket.thread[0].deleted, { what: 'the deletion' });
    assert.ok(!JSON.stringify(gone).includes('0500000000'), 'nothing of the deleted words is left');
});

test('a reply that is undone while it is held is never published', limit, async () => {
    const post = mastodon.mention({ author: 'lina@far.example', text: 'متى تفتح نسمة؟' });
    const opened = await sara.awaitTicket((row) => row.url === post.uri);
    const first = await sara.act(opened.id, { action: 'reply', text: 'خطأ' });
    await sara.act(opened.id, { action: 'undo', event: first.event });
    const second = await sara.act(opened.id, { action: 'reply', text: 'الساعة الثامنة' });
    await sara.act(opened.id, { action: 'like' });
    await sara.awaitChange(opened.id, (ticket) => kinds(ticket).includes('replied'), { seconds: 30, what: 'the second reply' });
    const replies = mastodon.replies().filter((reply) => reply.inReplyTo === post);
    assert.deepEqual(replies.map((reply) => reply.idempotencyKey), [second.event]);
    await until(() => post.likes === 1, { what: 'the like' });
});

test('the same request twice has one effect, and one that saw an old version is refused', limit, async () => {
    feeds.publish('news', { id: 'twice', author: 'Twice', html: 'متى نسمة؟' });
    const { id, version } = await sara.awaitTicket((row) => row.author.name === 'Twice');
    const once = await sara.try(id, { action: 'note', text: 'اتصلنا به' }, { key: 'k1', version });
    const twice = await sara.try(id, { action: 'note', text: 'اتصلنا به' }, { key: 'k1', version });
    assert.equal(once.status, 200);
    assert.deepEqual(twice.json, once.json);
    assert.equal(kinds(await sara.ticket(id)).filter((kind) => kind === 'noted').length, 1);
    const stale = await dana.try(id, { action: 'take' }, { version });
    assert.equal(stale.status, 409);
    assert.equal(stale.json.code, 'stale_version');
    assert.equal(stale.json.ticket.version, once.json.ticket.version);
    const foreign = await request(`${rasid.url}/api/v1/tickets/${id}/actions`, {
        method: 'POST', headers: { Cookie: sara.cookie, 'X-CSRF-Token': sara.csrf, Origin: 'http://evil.example', 'Content-Type': 'application/json', 'If-Match': '1', 'Idempotency-Key': 'k2' }, body: '{"action":"take"}',
    });
    assert.equal(foreign.status, 403);
});
