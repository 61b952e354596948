// What replaces or shifts the built-in sentiment of a running daemon: an external model, and people's corrections.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFeeds } from './servers/feed_server.mjs';
import { serve } from './servers/http.mjs';
import { until } from './servers/process.mjs';
import { Installation } from './harness/installation.mjs';

const setup = `
[[person]]
name = "Sara"
email = "sara@example.org"
role = "manager"
language = "ar"
[[queue]]
name = "care"
first_response = "1h"
[[rule]]
name = "everything"
query = 'nasma OR blorp'
queue = "care"
`;

const limit = { timeout: 90000 };
let feeds, model, rasid, sara;

before(async () => {
    feeds = await startFeeds();
    // Whatever is said, it is praise: what the built-in model would never say of these texts.
    model = await serve(({ body }) => ({ body: JSON.stringify({ sentiments: JSON.parse(body).texts.map(() => ({ label: 'positive', score: 0.75 })) }) }));
    rasid = await Installation.make('corrections');
    const token = await rasid.write('model-token', 'word\n');
    feeds.publish('news', { id: 'first', html: 'nothing to hear', at: new Date(Date.now() - 3600 * 1000) });
    await rasid.configure({
        servers: [feeds, model], sources: [{ name: 'news', kind: 'feed', url: `${feeds.url}/news.rss`, brand: 'nasma' }],
        more: `[sentiment]\nurl = "${model.url}/judge"\ntoken_file = "${token}"\ntimeout_ms = 1500\n`,
    });
    await rasid.fill({ setup, people: ['sara@example.org'] });
    await rasid.start();
    sara = await rasid.signIn('sara@example.org');
    await until(async () => (await sara.source('news')).state === 'healthy', { what: 'the source to be healthy' });
}, limit);

after(async () => {
    await rasid?.remove();
    await Promise.all([feeds, model].map((server) => server?.stop()));
}, limit);

async function heard(id, html) {
    feeds.publish('news', { id, html, author: id });
    return sara.awaitTicket((row) => row.url?.endsWith(`/${id}`), { seconds: 60, what: `the ticket of ${id}` });
}
// In the language of her account.
const about_sentiment = (ticket) => ticket.reasons.find((reason) => reason.startsWith('النبرة '));

test('an external model judges in place of the built-in one, and the reason says so', limit, async () => {
    const ticket = await heard('praised', 'nasma: terrible service, awful coffee');
    assert.equal(ticket.sentiment.label, 'positive');
    assert.match(about_sentiment(ticket), /بحكم النموذج الخارجي/);
    const asked = model.requests.at(-1);
    assert.equal(asked.method, 'POST');
    assert.equal(asked.path, '/judge');
    assert.equal(asked.headers.authorization, 'Bearer word');
});

test('the built-in model stands in for one that hangs, and the daemon says so once', limit, async () => {
    model.failNext({ hang: true }, { times: 1000 });
    const ticket = await heard('hung', 'nasma: terrible service, awful coffee');
    assert.equal(ticket.sentiment.label, 'negative');
    assert.doesNotMatch(about_sentiment(ticket), /الخارجي/);
    const asked = model.requests.length;
    await heard('rested', 'nasma: awful service again');
    assert.equal(model.requests.length, asked, 'nothing is asked for a while after a failure');
    assert.equal(rasid.daemon.output.match(/event=sentiment_service_failing/g).length, 1);
});

test('corrections stand at once, are taken back, and teach what is heard next', limit, async () => {
    const correct = async (ticket, right) => {
        const answer = await sara.request('POST', `/api/v1/mentions/${ticket.thread[0].id}/corrections`, { body: { what: 'sentiment', right } });
        assert.equal(answer.status, 200, answer.text);
        return answer.json.correction;
    };
    const before = await heard('plain', 'another blorp arrived');
    const texts = ['the blorp in the branch again', 'my order has a blorp today', 'found one blorp at the counter', 'is that a blorp on the table'];
    const made = [];
    for (const [i, text] of texts.entries()) made.push(await correct(await heard(`blorp-${i}`, text), 'negative'));
    const first = await sara.ticket((await sara.tickets()).find((row) => row.url?.endsWith('/blorp-0')).id);
    assert.equal(first.sentiment.label, 'negative');
    assert.ok(first.reasons.some((reason) => /^صحّح \u2068Sara\u2069 النبرة من \S+ إلى سلبية$/.test(reason)), first.reasons.join('\n'));

    let turn = 0;
    const taught = await until(async () => {
        const ticket = await heard(`taught-${++turn}`, 'another blorp arrived');
        return ticket.sentiment.score < before.sentiment.score - 0.1 ? ticket : null;
    }, { seconds: 40, what: 'the daemon to have learnt' });
    assert.match(about_sentiment(taught), /blorp/);

    const exported = (await rasid.command(['corrections', 'export'])).stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(exported.map((one) => [one.text, one.right, one.brand]), texts.map((text) => [text, 'negative', 'nasma']));
    for (const { id } of made) assert.equal((await sara.request('DELETE', `/api/v1/corrections/${id}`)).status, 200);
    assert.equal((await rasid.command(['corrections', 'export'])).stdout, '');
    assert.ok(!(await sara.ticket(first.id)).reasons.some((reason) => /صحّح/.test(reason)));
});
