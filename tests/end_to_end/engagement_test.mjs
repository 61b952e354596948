// What an interaction means for a customer, end to end: questions and letters by real mail, promises, and erasure without a trace.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { header, startMail } from './servers/mail.mjs';
import { startMastodon } from './servers/mastodon_fake.mjs';
import { until } from './servers/process.mjs';
import { Installation, password } from './harness/installation.mjs';
import { readMail } from './harness/read_mail.mjs';
import { request } from './harness/session.mjs';

// Nothing else in the world is called so: where it is found after the erasure, something of him is left.
const canary = 'Quokkazwirbel';
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
[[queue]]
name = "care"
first_response = "1h"
resolution = "8h"
brand = "nasma"
[[rule]]
name = "complaints"
query = '(نسمة OR nasma) AND sentiment:negative'
queue = "care"
priority = "high"
tags = ["complaint"]
[[plan]]
name = "clients for life"
touches = [ { kind = "newsletter", count = 12 }, { kind = "greeting_card", count = 7 }, { kind = "call", count = 5 }, { kind = "follow_up_note", count = 3 }, { kind = "personal_card", count = 4 }, { kind = "gift", count = 2 } ]
[engagement]
nps_every = "180d"
survey_period = "30d"
`;
const customers = `name,name_latin,emails,phones,handles,language,address,tier,brand,purchases,notes
أمل العتيبي,Amal Al-Otaibi,amal@example.org,+966555010199,mastodon:amal@far.example,ar,حي حطين,gold,nasma,2025-12-01=40 SAR;2026-01-10=60 SAR,
Zed ${canary},Zed ${canary},zed.${canary.toLowerCase()}@example.org,+15550101234,mastodon:${canary}@far.example,en,1 ${canary} Street,silver,nasma,2026-01-10=120.5 SAR,likes ${canary} beans
`;

const limit = { timeout: 120000 };
let mastodon, mail, rasid, sara, khalid;

before(async () => {
    [mastodon, mail, rasid] = await Promise.all([startMastodon(), startMail(), Installation.make('engagement')]);
    const token = await rasid.write('mastodon-token', `${mastodon.token}\n`);
    mastodon.account('amal@far.example', { name: 'أمل', followers: 8412 });
    mastodon.account(`${canary}@far.example`, { name: `Zed ${canary}`, followers: 5 });
    await rasid.configure({
        servers: [mastodon], mail,
        sources: [{ name: 'fedi', kind: 'mastodon', url: mastodon.url, token_file: token, watch: ['mentions', 'public'], own_accounts: ['nasma'], brand: 'nasma' }],
    });
    await rasid.fill({ setup, customers, people: ['sara@example.org', 'khalid@example.org'] });
    await rasid.start();
    [sara, khalid] = [await rasid.signIn('sara@example.org'), await rasid.signIn('khalid@example.org')];
}, limit);

after(async () => {
    await rasid?.remove();
    await Promise.all([mastodon, mail].map((server) => server?.stop()));
}, limit);

const named = async (name) => (await sara.get(`/api/v1/customers?search=${encodeURIComponent(name)}`)).customers[0];
const file = async (name) => sara.get(`/api/v1/customers/${(await named(name)).id}`);
async function mailTo(address, fits, what) {
    return until(async () => {
        for (const one of await mail.messages())
            if (header(one.raw, 'To')?.includes(address) && fits(one.raw)) return { raw: one.raw, ...(await readMail(one.raw)) };
        return null;
    }, { seconds: 40, what });
}
const about = (word) => (raw) => (header(raw, 'X-Rasid-Reason') ?? '').startsWith(word);

test('a question reaches the customer by mail, shows itself without counting, and is answered once', limit, async () => {
    const asked = await mailTo('amal@example.org', about('survey'), 'the question by mail');
    assert.deepEqual(asked.defects, []);
    assert.equal(asked.headers['content-language'], 'ar');
    assert.match(asked.html, /dir="rtl"/);
    const [link] = /http:\/\/\S+\/m\/survey\?t=[\w-]+/.exec(asked.text) ?? [];
    assert.ok(link?.startsWith(rasid.url), asked.text);
    const shown = await request(link);
    assert.equal(shown.status, 200);
    assert.match(shown.text, /<html lang="ar" dir="rtl">/);
    assert.match(shown.headers.get('content-security-policy'), /default-src 'none'/);
    const answer = (score) => request(`${rasid.url}/m/survey`, {
        method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: rasid.url },
        body: new URLSearchParams({ t: new URL(link).searchParams.get('t'), score: String(score), comment: 'قهوتكم الأفضل' }).toString(),
    });
    assert.equal((await file('أمل')).surveys[0].answered_at, null, 'looking is no answer');
    assert.equal((await answer(10)).status, 200);
    await answer(0);
    const known = await file('أمل');
    assert.equal(known.surveys.length, 1);
    assert.deepEqual([known.surveys[0].score, known.surveys[0].comment], [10, 'قهوتكم الأفضل']);
    assert.ok(known.ledger.some((entry) => entry.kind === 'survey' && entry.polarity === 'positive'));
    // A promoter is ready to refer others: his move to the advocates is proposed, and done only by a person.
    const move = known.proposals.find((proposal) => proposal.kind === 'move_plan');
    assert.equal(move.subject, 'advocates');
    const decided = await sara.request('POST', `/api/v1/proposals/${encodeURIComponent(move.id)}`, { body: { decision: 'confirm' } });
    assert.equal(decided.status, 200, decided.text);
    assert.equal((await file('أمل')).plan.name, 'advocates');
});

test('a time told in a reply is a promise with its clock, kept by coming back', limit, async () => {
    const post = mastodon.mention({ author: 'amal@far.example', text: 'قهوة نسمة باردة والخدمة سيئة جدًا' });
    const opened = await sara.awaitTicket((row) => row.url === post.uri, { what: 'the ticket of the complaint' });
    const complained = await file('أمل');
    assert.equal(complained.guard.held, true);
    assert.equal(complained.cases.filter((one) => !one.resolved_at).length, 1);
    await sara.act(opened.id, { action: 'reply', text: 'نعتذر منك يا أمل، سنعود إليك خلال ساعتين' });
    const promised = await sara.awaitChange(opened.id, (ticket) => ticket.promises?.length === 1, { seconds: 40, what: 'the promise of the reply' });
    assert.equal(promised.promises[0].state, 'running');
    assert.ok(Math.abs(Date.parse(promised.promises[0].due_at) - Date.now() - 2 * 3600 * 1000) < 120000);
    await sara.act(opened.id, { action: 'reply', text: 'عدنا إليك: أعدنا لك المبلغ كاملًا' });
    const kept = await sara.awaitChange(opened.id, (ticket) => ticket.promises?.[0].state === 'kept', { seconds: 40, what: 'the promise to be kept' });
    assert.ok(kept.promises[0].kept_at);
    await sara.act(opened.id, { action: 'resolve' });
    const free = await file('أمل');
    assert.equal(free.guard.held, false);
    assert.ok(free.cases.every((one) => one.resolved_at));
    const { stdout } = await rasid.command(['explain', free.id]);
    for (const part of [/promises:\n.*kept/, /cases:\n/, /RFM = /, /CLV = /, /trust line:/, /NPS|nps/]) assert.match(stdout, part);
});

test('a letter goes out with its one-click way out, and the way out is taken by POST alone', limit, async (t) => {
    const { id, plan } = await file('أمل');
    const letter = plan.touches.find((touch) => touch.kind === 'newsletter' && touch.state === 'planned');
    if (!letter) return t.skip('late in December no letter is left of the year');
    const sent = await sara.request('POST', `/api/v1/customers/${id}/touches/${letter.id}`, { body: { action: 'send', text: 'محصول جديد من جيشا يا {name}' } });
    assert.equal(sent.status, 200, sent.text);
    const received = await mailTo('amal@example.org', about('touch'), 'the letter by mail');
    assert.match(received.text, /محصول جديد من جيشا/);
    assert.equal(received.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
    const [, out] = /<(http[^>]+)>/.exec(received.headers['list-unsubscribe']);
    await until(async () => (await file('أمل')).plan.touches.find((touch) => touch.id === letter.id).state === 'done', { what: 'the touch to be done' });
    assert.equal((await request(out)).status, 200);
    assert.ok(!(await file('أمل')).consents.some((one) => one.channel === 'mail' && !one.granted), 'looking changes nothing');
    const left = await request(out, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
    assert.equal(left.status, 200, left.text);
    assert.ok((await file('أمل')).consents.some((one) => one.channel === 'mail' && !one.granted));
});

test('everything about a person can be taken away, and nothing of him is left', limit, async () => {
    const post = mastodon.mention({ author: `${canary}@far.example`, text: `nasma is terrible, says ${canary}` });
    const opened = await sara.awaitTicket((row) => row.url === post.uri, { what: 'the ticket of the complaint' });
    await sara.act(opened.id, { action: 'note', text: `called ${canary}` });
    await mailTo(canary.toLowerCase(), about('survey'), 'the question by mail');
    const { id, name } = await named(canary);
    await sara.request('POST', `/api/v1/customers/${id}/contacts`, { body: { kind: 'call', text: `${canary} wants a refund` } });
    const held = await khalid.request('GET', `/api/v1/customers/${id}/export`);
    assert.equal(held.status, 200);
    assert.match(held.headers.get('content-disposition'), /attachment/);
    for (const part of [`1 ${canary} Street`, `says ${canary}`, 'wants a refund']) assert.ok(held.text.includes(part), part);

    assert.equal((await sara.request('DELETE', `/api/v1/customers/${id}`, { body: { confirm: name } })).status, 403, 'a moderator may not');
    assert.equal((await khalid.request('DELETE', `/api/v1/customers/${id}`, { body: { confirm: 'somebody else' } })).status, 409);
    mastodon.remove(post); // what is still served would be heard again, as an unknown author's
    const erased = await khalid.request('DELETE', `/api/v1/customers/${id}`, { body: { confirm: name } });
    assert.equal(erased.status, 200, erased.text);
    assert.equal((await khalid.request('GET', `/api/v1/customers/${id}`)).status, 404);

    // What our own fake still serves must not come back as a new mention of him while the files are read.
    const { output } = rasid.daemon;
    await rasid.stop();
    const leftIn = [];
    const files = (await readdir(rasid.folder)).filter((one) => !['customers.csv', 'setup.toml'].includes(one));
    assert.ok(files.some((one) => one.startsWith('rasid.db')));
    for (const one of files) {
        const bytes = await readFile(join(rasid.folder, one)).catch(() => Buffer.alloc(0));
        if (bytes.toString('latin1').toLowerCase().includes(canary.toLowerCase())) leftIn.push(one);
    }
    assert.deepEqual(leftIn, []);
    assert.ok(!output.toLowerCase().includes(canary.toLowerCase()), 'the log tells nothing of him');
});
