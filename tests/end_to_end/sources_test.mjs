// Sources that misbehave, over real HTTP, while another one goes on; and the commands that look at a source by hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { startFeeds } from './servers/feed_server.mjs';
import { startJetstream } from './servers/jetstream_fake.mjs';
import { startMastodon } from './servers/mastodon_fake.mjs';
import { freePort, until } from './servers/process.mjs';
import { serve } from './servers/http.mjs';
import { Installation } from './harness/installation.mjs';

const setup = `
[[person]]
name = "Sara"
email = "sara@example.org"
role = "moderator"
language = "ar"
[[queue]]
name = "care"
first_response = "1h"
[[rule]]
name = "everything of ours"
query = 'نسمة OR nasma'
queue = "care"
`;
const limit = { timeout: 120000 };
const arabic = 'قهوة نسمة في جدة';
const hour = 3600 * 1000;

const item = (id, text) => `<item><guid isPermaLink="false">${id}</guid><title>${text}</title><author>${id}</author><pubDate>${new Date().toUTCString()}</pubDate></item>`;
const rss = (encoding, items) => `<?xml version="1.0" encoding="${encoding}"?><rss version="2.0"><channel><title>t</title><link>http://x.example/</link><description/>${items}</channel></rss>`;

/** The letters of the Arabic block that windows-1256 has, by the code page's table. */
function windows1256(text) {
    const decoder = new TextDecoder('windows-1256');
    const codes = new Map([...Array(256).keys()].map((byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    return Buffer.from([...text].map((letter) => codes.get(letter)));
}

/** Sends a start and then a few bytes a second for ever; tells how many readers hang on it. */
async function startDrip() {
    const readers = new Set();
    const server = createServer((request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/rss+xml' });
        const timer = setInterval(() => response.write(' '), 1000);
        readers.add(response);
        response.on('close', () => (clearInterval(timer), readers.delete(response)));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        port: server.address().port, url: `http://127.0.0.1:${server.address().port}`, readers,
        stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
    };
}

let feeds, bad, inner, drip, mastodon, jetstream, rasid, sara, dateGiven, startedAt;

before(async () => {
    dateGiven = new Date(Date.now() + 2 * hour);
    const bomb = gzipSync(Buffer.alloc(200 << 20, ' '));
    const answers = {
        '/seconds': { status: 429, headers: { 'Retry-After': '3600' } },
        '/date': { status: 429, headers: { 'Retry-After': dateGiven.toUTCString() } },
        '/huge': { headers: { 'Content-Type': 'application/rss+xml' }, body: Buffer.alloc(12 << 20, 'x') },
        '/bomb': { headers: { 'Content-Type': 'application/rss+xml', 'Content-Encoding': 'gzip' }, body: bomb },
        '/garbage': { headers: { 'Content-Type': 'application/rss+xml' }, body: Buffer.from([0, 1, 2, 255, 254, 60, 0, 7]) },
        '/1256.rss': { headers: { 'Content-Type': 'text/xml' }, body: windows1256(rss('windows-1256', item('cp1256', arabic))) },
        '/utf16.rss': { headers: { 'Content-Type': 'application/rss+xml' }, body: Buffer.from('\ufeff' + rss('utf-16', item('utf16', arabic)), 'utf16le') },
        '/latin.rss': { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' }, body: rss('utf-8', item('entity', '&xxe;')).replace('<rss', '<!DOCTYPE rss [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><rss') },
    };
    [feeds, inner, drip, mastodon, jetstream, rasid] = await Promise.all([
        startFeeds(), serve(() => ({ body: 'a secret' })), startDrip(), startMastodon(), startJetstream(), Installation.make('sources'),
    ]);
    bad = await serve(({ path }) => answers[path] ?? { status: 302, headers: { Location: `${inner.url}/meta-data` } });
    mastodon.revoke();
    const token = await rasid.write('token', `${mastodon.token}\n`);
    const closed = await freePort();
    const feed = (name, path) => ({ name, kind: 'feed', url: `${bad.url}${path}`, since: '2020-01-01T00:00:00Z' });
    await rasid.configure({
        servers: [feeds, bad, drip, mastodon, jetstream, { port: closed }],
        sources: [
            { name: 'good', kind: 'feed', url: `${feeds.url}/good.rss` },
            feed('seconds', '/seconds'), feed('date', '/date'), feed('huge', '/huge'), feed('bomb', '/bomb'), feed('garbage', '/garbage'),
            feed('redirect', '/redirect'), feed('cp1256', '/1256.rss'), feed('utf16', '/utf16.rss'), feed('entity', '/latin.rss'),
            { name: 'drip', kind: 'feed', url: `${drip.url}/` },
            { name: 'inner', kind: 'feed', url: `${inner.url}/` },
            { name: 'closed', kind: 'feed', url: `http://127.0.0.1:${closed}/` },
            { name: 'revoked', kind: 'mastodon', url: mastodon.url, token_file: token, watch: ['mentions'] },
            { name: 'sky', kind: 'jetstream', url: `${jetstream.url}/subscribe`, words: ['nasma'] },
        ],
    });
    feeds.publish('good', { id: 'first', html: 'nasma' });
    await rasid.fill({ setup, people: ['sara@example.org'] });
    await rasid.start();
    startedAt = Date.now();
    sara = await rasid.signIn('sara@example.org');
}, limit);

after(async () => {
    await rasid?.remove();
    await Promise.all([feeds, bad, inner, drip, mastodon, jetstream].map((server) => server?.stop()));
}, limit);

const awaitState = (name, state, seconds = 20) => until(async () => {
    const source = await sara.source(name);
    return source.state === state ? source : null;
}, { seconds, what: `source ${name} to be ${state}` });
const asked = (server, path) => server.requests.filter((one) => one.path === path).length;

test('a limit is obeyed in both forms of Retry-After, also across a restart', limit, async () => {
    const seconds = await awaitState('seconds', 'failing');
    const date = await awaitState('date', 'failing');
    assert.match(seconds.last_error, /429|limit/i);
    const wait = Date.parse(seconds.next_poll_at) - startedAt;
    assert.ok(wait > 0.95 * hour && wait < 1.05 * hour, `waits ${wait} ms`);
    assert.ok(Math.abs(Date.parse(date.next_poll_at) - dateGiven) < 5000, `${date.next_poll_at}, not ${dateGiven.toISOString()}`);

    assert.equal((await rasid.stop()).code, 0);
    await rasid.start();
    const polls = asked(feeds, '/good.rss');
    await until(() => asked(feeds, '/good.rss') >= polls + 3, { what: 'three polls of the good source' });
    assert.equal(asked(bad, '/seconds'), 1);
    assert.equal(asked(bad, '/date'), 1);
    assert.equal((await sara.source('seconds')).next_poll_at, seconds.next_poll_at);
});

test('a revoked token asks for a person and is not hammered', limit, async () => {
    const source = await awaitState('revoked', 'needs_authorisation');
    assert.ok(Date.parse(source.next_poll_at) - Date.now() > 10 * 60 * 1000);
    assert.match(source.last_error, /access token|401|token/i);
});

test('answers that are too large, also once unpacked, are cut off without eating the memory', limit, async () => {
    for (const name of ['huge', 'bomb']) {
        const source = await awaitState(name, 'failing');
        assert.match(source.last_error, /large|MiB|bytes|limit/i);
    }
    const status = await readFile(`/proc/${rasid.daemon.pid}/status`, 'utf8');
    const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)[1]) / 1024;
    assert.ok(peak < 400, `the daemon's memory rose to ${peak} MiB`);
});

test('a redirect to a private address is not followed, and a private address not asked', limit, async () => {
    for (const name of ['redirect', 'inner']) assert.match((await awaitState(name, 'failing')).last_error, /private|address|allow/i);
    assert.equal(inner.requests.length, 0);
});

test('bytes that are no feed, a closed port and a file named by an entity fail or are left out', limit, async () => {
    await awaitState('garbage', 'failing');
    await awaitState('closed', 'failing');
    await until(async () => (await sara.source('entity')).state !== 'waiting', { what: 'the feed with the entity' });
    const everything = JSON.stringify(await sara.tickets()) + (await sara.source('entity')).last_error;
    assert.ok(!everything.includes('root:'), 'an external entity was read');
});

test('feeds in windows-1256 and UTF-16 are read in their own letters', limit, async () => {
    for (const author of ['cp1256', 'utf16']) {
        const ticket = await sara.awaitTicket((row) => row.source === author, { what: `the ticket from ${author}` });
        assert.equal(ticket.thread[0].text, arabic);
    }
});

test('an answer that drips in is given up, and meanwhile the other sources go on', limit, async () => {
    await until(() => drip.readers.size > 0 || startedAt + 40000 < Date.now(), { what: 'the slow answer to be asked for' });
    const source = await awaitState('drip', 'failing', 60);
    assert.match(source.last_error, /slow|long|time|second/i);
    feeds.publish('good', { id: 'during', author: 'During', html: 'nasma' });
    await sara.awaitTicket((row) => row.author.name === 'During');
    const times = feeds.requests.filter((one) => one.path === '/good.rss').map((one) => one.at);
    const gaps = times.slice(1).map((at, i) => at - times[i]);
    assert.ok(Math.max(...gaps) < 8000, `the good source waited ${Math.max(...gaps)} ms`);
    assert.equal((await sara.source('good')).state, 'healthy');
});

test('source test says by its exit code whether to try later, to act, or to mend the name', limit, async () => {
    const code = async (name) => (await rasid.run(['source', 'test', name])).code;
    assert.equal(await code('good'), 0);
    assert.equal(await code('closed'), 75);
    assert.equal(await code('seconds'), 75);
    assert.equal(await code('revoked'), 1);
    assert.equal(await code('inner'), 1);
    assert.equal(await code('nobody'), 78);
    mastodon.restore();
    assert.equal(await code('revoked'), 0);
});

test('source poll prints what assess reads and a cursor to go on from', limit, async () => {
    feeds.publish('good', { id: 'poll-1', author: 'Poll', html: 'nasma &amp; قهوة' });
    const first = await rasid.command(['source', 'poll', 'good']);
    const mentions = first.stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.ok(mentions.some((mention) => mention.text === 'nasma & قهوة' && mention.author.name === 'Poll'));
    for (const mention of mentions) assert.ok(Date.parse(mention.created_at) > 0);
    const [, cursor] = /(?:^|\n)cursor: (.+)\n$/.exec(first.stderr) ?? [];
    assert.ok(cursor, first.stderr);

    const file = await rasid.write('assess.toml', setup);
    const assessed = await rasid.command(['assess', '--setup', file], { input: first.stdout });
    const verdicts = assessed.stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(verdicts.map((verdict) => verdict.id), mentions.map((mention) => mention.id));
    assert.ok(verdicts.every((verdict) => verdict.queue === 'care'));

    assert.equal((await rasid.command(['source', 'poll', 'good', '--after', cursor])).stdout, '');
    feeds.publish('good', { id: 'poll-2', author: 'Poll', html: 'nasma again' });
    const next = await rasid.command(['source', 'poll', 'good', '--after', cursor]);
    assert.deepEqual(next.stdout.trim().split('\n').map((line) => JSON.parse(line).text), ['nasma again']);
    for (const [name, code] of [['closed', 75], ['revoked', 0], ['inner', 1], ['nobody', 78]]) assert.equal((await rasid.run(['source', 'poll', name])).code, code, name);
});

test('a stream is polled until the limit', limit, async () => {
    const post = setInterval(() => jetstream.post({ text: 'nasma' }), 100);
    try {
        const polled = await rasid.command(['source', 'poll', 'sky', '--limit', '3']);
        const lines = polled.stdout.trim().split('\n');
        assert.ok(lines.length >= 3 && lines.length < 60, `${lines.length} lines`);
        assert.equal(JSON.parse(lines[0]).platform, 'bluesky');
        assert.match(polled.stderr, /cursor: \S+\n$/);
    } finally {
        clearInterval(post);
    }
});

test('source list shows the health of every source, and the kinds with their options', limit, async () => {
    const listed = await rasid.command(['source', 'list', '--json']);
    const sources = Object.fromEntries(listed.stdout.trim().split('\n').map((line) => JSON.parse(line)).map((source) => [source.name, source]));
    assert.equal(sources.good.state, 'healthy');
    assert.equal(sources.redirect.state, 'failing');
    assert.equal(sources.revoked.state, 'needs_authorisation');
    const kinds = (await rasid.command(['source', 'list', '--kinds', '--json'])).stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(kinds.map((kind) => kind.kind).sort(), ['feed', 'jetstream', 'mastodon', 'replay']);
    const watch = kinds.find((kind) => kind.kind === 'mastodon').options.find((option) => option.name === 'watch');
    assert.deepEqual([watch.type, watch.required], ['list of texts', true]);
});
