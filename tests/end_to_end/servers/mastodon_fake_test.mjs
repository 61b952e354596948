import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startMastodon } from './mastodon_fake.mjs';

async function withServer(dialect, body) {
    const server = await startMastodon({ dialect });
    const get = async (path, headers = {}) => {
        const response = await fetch(server.url + path, { headers: { Authorization: `Bearer ${server.token}`, ...headers } });
        return { status: response.status, headers: response.headers, body: await response.json() };
    };
    try {
        await body(server, get);
    } finally {
        await server.stop();
    }
}
const texts = (list) => list.map((s) => s.content.replace(/<[^>]+>/g, ''));
const old = (seconds) => new Date(Date.now() - seconds * 1000);

for (const dialect of ['mastodon', 'gotosocial', 'pleroma', 'snac2']) {
    test(`${dialect}: since_id and max_id walk a timeline without loss`, () =>
        withServer(dialect, async (server, get) => {
            for (let i = 0; i < 7; i += 1) server.post({ author: 'amal@far.example', text: `p${i} #coffee`, at: old(100 - i) });
            const { body: all } = await get('/api/v1/timelines/tag/coffee?limit=40');
            assert.deepEqual(texts(all).map((t) => t.slice(0, 2)), ['p6', 'p5', 'p4', 'p3', 'p2', 'p1', 'p0']);
            assert.ok(all.every((s) => typeof s.id === 'string'));
            const last = all[5].id;
            const seen = [];
            for (let page = (await get(`/api/v1/timelines/tag/coffee?limit=2&since_id=${last}`)).body; page.length > 0 && !seen.includes('p1');
                page = (await get(`/api/v1/timelines/tag/coffee?limit=2&since_id=${last}&max_id=${page.at(-1).id}`)).body)
                seen.push(...texts(page).map((t) => t.slice(0, 2)));
            assert.deepEqual(seen.slice(0, 5), ['p6', 'p5', 'p4', 'p3', 'p2']);
        }));

    test(`${dialect}: notifications have a sequence of their own and honour a type filter`, () =>
        withServer(dialect, async (server, get) => {
            const status = server.mention({ author: 'amal@far.example', text: 'hello' });
            server.mention({ author: 'amal@far.example', text: 'again' });
            const { body } = await get('/api/v1/notifications?types[]=mention&include_types[]=mention&limit=80');
            assert.deepEqual(texts(body.map((n) => n.status)), ['@nasma again', '@nasma hello']);
            assert.notEqual(body[1].id, status.id);
            assert.equal((await get('/api/v1/notifications?types[]=poll&include_types[]=poll&limit=80')).body.length, 0);
            server.remove(status);
            assert.equal((await get('/api/v1/notifications?limit=80')).body.length, 1);
        }));
}

test('a post that federates late sorts below a stored cursor', () =>
    withServer('mastodon', async (server, get) => {
        const first = server.post({ author: 'amal@far.example', text: '#coffee now' });
        server.post({ author: 'zain@far.example', text: '#coffee late', at: old(600) });
        assert.equal((await get(`/api/v1/timelines/tag/coffee?since_id=${first.id}`)).body.length, 0);
        assert.equal((await get('/api/v1/timelines/tag/coffee')).body.length, 2);
    }));

test('min_id gives the page next to it, ascending on GoToSocial alone', async () => {
    for (const [dialect, expected] of [['mastodon', ['p2', 'p1']], ['gotosocial', ['p1', 'p2']]])
        await withServer(dialect, async (server, get) => {
            const posts = [0, 1, 2, 3].map((i) => server.post({ author: 'amal', text: `p${i}`, at: old(50 - i) }));
            const { body } = await get(`/api/v1/timelines/public?limit=2&min_id=${posts[0].id}`);
            assert.deepEqual(texts(body), expected);
        });
});

test('snac2: one notification without a limit, ids that change with an edit, bounds that must match', () =>
    withServer('snac2', async (server, get) => {
        const status = server.mention({ author: 'amal@far.example', text: 'one', at: old(30) });
        server.mention({ author: 'amal@far.example', text: 'two', at: old(20) });
        assert.equal((await get('/api/v1/notifications')).body.length, 1);
        const { id } = status;
        server.edit(status, 'one, better');
        assert.notEqual(status.id, id);
        assert.equal((await get(`/api/v1/timelines/public?max_id=${id}`)).body.length, 0);
        assert.equal((await get(`/api/v1/timelines/public?since_id=${id}`)).body.length, 2);
    }));

test('Idempotency-Key is remembered by Mastodon and not by GoToSocial', async () => {
    for (const [dialect, copies] of [['mastodon', 1], ['gotosocial', 2]])
        await withServer(dialect, async (server) => {
            const parent = server.mention({ author: 'amal@far.example', text: 'help', visibility: 'unlisted' });
            const headers = { Authorization: `Bearer ${server.token}`, 'Idempotency-Key': 'k', 'Content-Type': 'application/json' };
            const body = JSON.stringify({ status: '@amal@far.example نعتذر', in_reply_to_id: parent.id, visibility: 'unlisted' });
            for (let i = 0; i < 2; i += 1) assert.equal((await fetch(`${server.url}/api/v1/statuses`, { method: 'POST', headers, body })).status, 200);
            assert.equal(server.replies().length, copies);
            assert.equal(server.replies()[0].inReplyTo, parent);
        });
});

test('a revoked token, a spent window and hidden notifications answer as the real ones do', () =>
    withServer('mastodon', async (server, get) => {
        server.mention({ author: 'amal@far.example', text: 'hidden', filtered: true });
        assert.equal((await get('/api/v1/notifications')).body.length, 0);
        assert.equal((await get('/api/v1/notifications?include_filtered=true')).body.length, 1);
        server.limitTo(1, 60);
        assert.equal((await get('/api/v1/notifications')).status, 200);
        const limited = await get('/api/v1/notifications');
        assert.equal(limited.status, 429);
        assert.equal(limited.headers.get('retry-after'), null);
        assert.match(limited.headers.get('x-ratelimit-reset'), /^\d{4}-.*\.\d{6}Z$/);
        server.revoke();
        assert.equal((await get('/api/v1/notifications')).status, 401);
    }));
