// Ladders by webhook, the one on call, tickets given out, and holidays from a file, against real servers on loopback.
import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startFeeds } from './servers/feed_server.mjs';
import { serve } from './servers/http.mjs';
import { until } from './servers/process.mjs';
import { slackAnswer } from './servers/slack_fake.mjs';
import { Installation } from './harness/installation.mjs';

const limit = { timeout: 90000 };
const secret = 'tamr and dates';
const setup = `
[[calendar]]
name = "office"
[[person]]
name = "Sara"
email = "sara@example.org"
[[person]]
name = "Khalid"
email = "khalid@example.org"
role = "manager"
[[rota]]
name = "night"
first_day = "2026-01-01"
days = 366
people = ["Khalid"]
[[ladder]]
name = "care"
steps = [
  { at = "10%", to = "on-call:night", by = "webhook:desk" },
  { at = "10%", to = "role:moderator", by = "slack:care" },
  { unacknowledged = "1s", to = "role:manager", by = "webhook:gone" },
]
[[queue]]
name = "care"
first_response = "10s"
ladder = "care"
[[queue]]
name = "given"
first_response = "1h"
assign = "round_robin"
[[rule]]
name = "complaints"
query = 'nasma AND cold'
queue = "care"
[[rule]]
name = "questions"
query = 'nasma AND when'
queue = "given"
`;

let feeds, hooks, rasid, khalid;
const calls = (path) => hooks.requests.filter((request) => request.path === path && request.body !== undefined);
const webhook = (name, kind, values) => `[[webhook]]\nname = "${name}"\nkind = "${kind}"\n${values}\n`;
const source = () => ({ name: 'news', kind: 'feed', url: `${feeds.url}/news.rss` });

async function configure(more = '') {
    const file = await rasid.write('webhook-secret', `${secret}\n`);
    const desk = webhook('desk', 'signed', `url = "${hooks.url}/desk"\nsecret_file = "${file}"`);
    const care = webhook('care', 'slack', `url = "${hooks.url}/care"`);
    await rasid.configure({ servers: [feeds, hooks], sources: [source()], more: desk + care + more });
}

before(async () => {
    [feeds, hooks, rasid] = await Promise.all([startFeeds(), serve((request) => (request.path === '/care' ? slackAnswer(request) : { status: 200, body: 'ok' })), Installation.make('webhooks')]);
    feeds.publish('news', { id: 'old', html: 'nothing of ours', at: new Date(Date.now() - 48 * 3600 * 1000) });
    await configure();
    await rasid.fill({ setup, people: ['sara@example.org', 'khalid@example.org'] });
    await rasid.start();
    khalid = await rasid.signIn('khalid@example.org');
    await until(async () => (await khalid.get('/api/v1/sources')).sources[0].state === 'healthy', { what: 'the source to be healthy' });
}, limit);

after(async () => {
    await rasid?.remove();
    await Promise.all([feeds, hooks].map((server) => server?.stop()));
}, limit);

const publish = (id, html) => feeds.publish('news', { id, html, author: id, at: new Date() });
/** Whether a call is ours: what a receiver has to do by docs/escalation.md. */
function signedBy(key, headers, body) {
    const expected = Buffer.from('v1=' + createHmac('sha256', key).update(`v1:${headers['x-rasid-timestamp']}:${body}`).digest('hex'));
    const given = Buffer.from(headers['x-rasid-signature'] ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
}
const webhooks = async () => (await khalid.get('/api/v1/mails')).mails.filter((mail) => mail.kind === 'webhook');

test('a signed webhook is called until it answers, always with the same key, and its signature is good', limit, async () => {
    hooks.failNext({ status: 503 }, { path: '/desk' });
    publish('hind', 'nasma was cold');
    await until(() => calls('/desk').length >= 2, { seconds: 30, what: 'a second call' });
    const [first, second] = calls('/desk');
    assert.equal(first.method, 'POST');
    assert.equal(first.headers['content-type'], 'application/json');
    assert.equal(first.body, second.body);
    assert.equal(first.headers['idempotency-key'], second.headers['idempotency-key']);
    for (const { headers, body } of [first, second]) {
        assert.ok(signedBy(secret, headers, body));
        assert.ok(!signedBy('another secret', headers, body));
        assert.ok(!signedBy(secret, headers, body.replace('cold', 'warm')), 'another body');
        assert.ok(!signedBy(secret, { ...headers, 'x-rasid-timestamp': String(Number(headers['x-rasid-timestamp']) + 1) }, body), 'another time');
        assert.ok(Math.abs(Date.now() / 1000 - Number(headers['x-rasid-timestamp'])) < 300);
    }
    const told = JSON.parse(first.body);
    assert.equal(told.recipient, 'Khalid', 'the one on call');
    assert.equal(told.target, 'first_response');
    assert.match(told.mention.text, /nasma was cold/);
    assert.equal(told.ticket.url, `${rasid.url}/tickets/${told.ticket.id}`);
});

test('slack gets plain text blocks', limit, async () => {
    await until(() => calls('/care').length === 1, { what: 'the call of slack' });
    const { text, blocks } = JSON.parse(calls('/care')[0].body);
    assert.match(text, /^Ticket #\d+ \(care\): first_response 10 %/);
    assert.deepEqual([...new Set(blocks.map((block) => block.text.type))], ['plain_text']);
    await until(() => calls('/care')[0].status !== undefined, { what: 'the answer of slack' });
    assert.equal(calls('/care')[0].status, 200, 'slack takes its shape');
});

test('a step by a webhook that nobody configured is a dead letter, which a reload and a person bring to life', limit, async () => {
    const dead = await until(async () => (await webhooks()).find((mail) => mail.to === 'gone'), { what: 'the dead letter' });
    await until(async () => (await webhooks()).find((mail) => mail.to === 'gone').state === 'dead', { what: 'the letter to be dead' });
    assert.match((await webhooks()).find((mail) => mail.to === 'gone').last_error, /no webhook `gone`/);
    assert.match((await rasid.run(['doctor'])).stdout, /TROUBLE {2}ladder care tells by the webhook `gone`/);
    const file = await rasid.write('other-secret', 'other\n');
    await configure(webhook('gone', 'signed', `url = "${hooks.url}/gone"\nsecret_file = "${file}"`));
    rasid.daemon.kill('SIGHUP');
    await until(() => rasid.daemon.output.includes('event=reloaded'), { what: 'the reload' });
    assert.equal((await khalid.request('POST', `/api/v1/mails/${dead.id}/retry`, { body: {} })).status, 200);
    await until(() => calls('/gone').length === 1, { what: 'the call' });
    assert.equal(JSON.parse(calls('/gone')[0].body).target, null, 'nobody has acknowledged it');
});

test('whoever says that he is here is given what waits, and the report of the team says so', limit, async () => {
    publish('priya', 'nasma, when do you open?');
    const row = await khalid.awaitTicket((ticket) => ticket.queue === 'given', { what: 'the ticket of the question' });
    assert.equal(row.assignee, null, 'nobody is here');
    const sara = await rasid.signIn('sara@example.org');
    assert.equal((await sara.request('PUT', '/api/v1/me/presence', { body: { present: true } })).status, 200);
    await until(async () => (await sara.get(`/api/v1/tickets/${row.id}`)).assignee?.name === 'Sara', { what: 'the ticket to be given' });
    const team = await sara.get('/api/v1/team');
    assert.equal(team.people.find((person) => person.name === 'Sara').open, 1);
    assert.equal(team.rotas[0].on_call.name, 'Khalid');
    const feed = await fetch(rasid.url + team.rotas[0].calendar);
    assert.match(await feed.text(), /SUMMARY:Khalid · night\r\n/);
});

test('holidays come from a file, and the speed of answer is reported', limit, async () => {
    const file = await rasid.write('holidays.ics', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270102\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n');
    const dry = await rasid.command(['calendar', 'import', file, 'office', '--dry-run']);
    assert.equal(dry.stdout, 'add holiday 2027-01-02\ncalendar office: 1 holidays added, 0 there already\n');
    assert.doesNotMatch((await rasid.command(['export'])).stdout, /2027-01-02/);
    await rasid.command(['calendar', 'import', file, 'office']);
    assert.match((await rasid.command(['export'])).stdout, /holidays = \["2027-01-02"\]/);
    assert.match((await rasid.command(['report', 'speed'])).stdout, /^ {2}social +0 /m);
    const warned = await rasid.run(['import', '--dry-run', await rasid.write('more.toml', '[[queue]]\nname = "letters"\nchannel = "email"\nfirst_response = "5s"\n')]);
    assert.equal(warned.code, 0);
    assert.match(warned.stderr, /warning: .*queue `letters` \(email\)/);
});

/** The mail of the call of slack about a ticket whose mention has this word. */
async function slackCallAbout(word) {
    const row = await khalid.awaitTicket((ticket) => ticket.text.includes(word), { what: `the ticket of ${word}` });
    return async () => (await webhooks()).find((mail) => mail.to === 'care' && mail.ticket === row.id);
}
const slackCalls = (word) => calls('/care').filter((call) => call.body.includes(word));

test('slack takes long words and those that would ring a whole house', limit, async () => {
    publish('loud', `nasma was cold loudly &lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; ${'قهوة باردة جدًا '.repeat(600)}`);
    const mail = await slackCallAbout('loudly');
    await until(async () => (await mail())?.state === 'sent', { seconds: 30, what: 'slack to take it' });
    const [call] = slackCalls('loudly');
    assert.match(call.body, /!channel/);
    assert.equal(call.status, 200);
    const { text, blocks } = JSON.parse(call.body);
    for (const said of [text, ...blocks.map((block) => block.text).filter((one) => one.type === 'mrkdwn').map((one) => one.text)]) assert.doesNotMatch(said, /<[!@#h]/, 'nobody is rung by a customer');
});

test('slack that has had enough for now is called again when it said, with the same key', limit, async () => {
    hooks.failNext({ status: 429, headers: { 'Retry-After': '9' }, body: 'rate_limited' }, { path: '/care' });
    publish('eager', 'nasma was cold eagerly');
    const mail = await slackCallAbout('eagerly');
    await until(async () => (await mail())?.state === 'sent', { seconds: 40, what: 'slack to take it' });
    const [first, second, ...more] = slackCalls('eagerly');
    assert.deepEqual([first.status, second.status, more.length], [429, 200, 0]);
    assert.ok(second.at - first.at >= 9000, `not before Retry-After: ${second.at - first.at} ms`);
    assert.equal(first.headers['idempotency-key'], second.headers['idempotency-key']);
    assert.equal(first.body, second.body);
});

test('slack whose channel is gone is a dead letter at once, and others are told on', limit, async () => {
    hooks.failNext({ status: 410, body: 'channel_is_archived' }, { path: '/care' });
    publish('archived', 'nasma was cold archivally');
    const mail = await slackCallAbout('archivally');
    await until(async () => (await mail())?.state === 'dead', { seconds: 30, what: 'the dead letter' });
    assert.equal((await mail()).attempts, 1);
    assert.match((await mail()).last_error, /410/);
    publish('after', 'nasma was cold afterwards');
    const next = await slackCallAbout('afterwards');
    await until(async () => (await next())?.state === 'sent', { seconds: 30, what: 'the next call' });
    assert.equal(slackCalls('archivally').length, 1, 'gone is gone');
});
