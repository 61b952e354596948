import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startFeeds } from './feed_server.mjs';

test('a feed answers 304 until it changes, in all three formats', async () => {
    const feeds = await startFeeds();
    try {
        feeds.publish('news', { id: 'a', html: '<b>قهوة</b> & more' });
        for (const format of ['rss', 'atom', 'json']) {
            const url = `${feeds.url}/news.${format}`;
            const first = await fetch(url);
            assert.equal(first.status, 200);
            assert.match(await first.text(), /قهوة/);
            const headers = { 'If-None-Match': first.headers.get('etag') };
            assert.equal((await fetch(url, { headers })).status, 304);
            feeds.edit('news', 'a', { html: `قهوة ${format}` });
            assert.equal((await fetch(url, { headers })).status, 200);
        }
        assert.equal((await fetch(`${feeds.url}/other.rss`)).status, 404);
    } finally {
        await feeds.stop();
    }
});

test('a failure is given as often as asked, then the feed is back', async () => {
    const feeds = await startFeeds();
    try {
        feeds.publish('news', { id: 'a', html: 'x' });
        feeds.failNext({ status: 429, headers: { 'Retry-After': '7' } }, { times: 2 });
        feeds.failNext({ drop: true });
        const statuses = [];
        for (let i = 0; i < 4; i += 1) statuses.push(await fetch(`${feeds.url}/news.rss`).then((r) => r.status, () => 'dropped'));
        assert.deepEqual(statuses, [429, 429, 'dropped', 200]);
        assert.deepEqual(feeds.requests.map((r) => r.status), [429, 429, 0, 200]);
    } finally {
        await feeds.stop();
    }
});
