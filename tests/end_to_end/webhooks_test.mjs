// Ladders by webhook, the one on call, tickets given out, and holidays from a file, against real servers on loopback.
import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startFeeds } from './servers/feed_server.mjs';
import { serve } from './servers/http.mjs';
import { until } from './servers/process.mjs';
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
    [feeds, hooks, rasid] = await Promise.all([startFeeds(), serve(() => ({ status: 200, body: 'ok' })), Installation.make('webhooks')]);
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
        const stamp = headers['x-rasid-timestamp'];
        const expected = 'v1=' + createHmac('sha256', secret).update(`v1:${stamp}:${body}`).digest('hex');
        assert.ok(timingSafeEqual(Buffer.from(expected), Buffer.from(headers['x-rasid-signature'])));
        assert.ok(Math.abs(Date.now() / 1000 - Number(stamp)) < 300);
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
