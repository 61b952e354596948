// A Jetstream server: a made-up Bluesky firehose with replay from a cursor, that can drop and stall its readers.
import { WebSocketServer } from 'ws';
import { randomBytes } from 'node:crypto';
import { serve } from './http.mjs';

const kBase32 = '234567abcdefghijklmnopqrstuvwxyz';
const kMicrosecondsFrom = 1e15; // a smaller cursor is a sequence number

const recordKey = () => [...randomBytes(13)].map((byte) => kBase32[byte % 32]).join('');
const cid = () => `bafyrei${[...randomBytes(26)].map((byte) => kBase32[byte % 32]).join('')}`;

/**
 * Starts the server: ws://…/subscribe with wantedCollections, wantedDids and cursor. A replay starts at the cursor itself, a
 * cursor older than `lookBack` ms is clamped, a future one means live. Identity events pass every filter.
 *
 * Resolves with {url, connections, stop} and
 *   post({did, text, langs, at, reply})   returns {did, rkey, cid, uri}
 *   edit(post, text), remove(post), identity(did)
 *   raw(text)          a frame as given, to everybody connected
 *   drop({code})       closes every connection: with a close code, or by cutting it
 *   refuse(times)      the next upgrades are answered 503
 * `connections` lists {cursor, collections, dids, at} of every subscription so far; `open()` counts those that are.
 */
export async function startJetstream({ lookBack = 36 * 3600 * 1000 } = {}) {
    const events = []; // {time_us, seq, json, collection, did, kind}
    const readers = new Map(); // socket -> subscription
    const connections = [];
    let refusals = 0;
    let last = 0;

    const server = await serve(() => ({ status: 404, body: 'not here' }));
    const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });

    const wants = (subscription, event) =>
        event.kind !== 'commit' ||
        ((subscription.collections.length === 0 ||
            subscription.collections.some((c) => (c.endsWith('*') ? event.collection.startsWith(c.slice(0, -1)) : c === event.collection))) &&
            (subscription.dids.length === 0 || subscription.dids.includes(event.did)));

    server.server.on('upgrade', (request, socket, head) => {
        const url = new URL(request.url, 'http://loopback');
        if (url.pathname !== '/subscribe' || refusals > 0) {
            if (url.pathname === '/subscribe') refusals -= 1;
            return socket.end(`HTTP/1.1 ${url.pathname === '/subscribe' ? '503 Service Unavailable' : '404 Not Found'}\r\nContent-Length: 0\r\n\r\n`);
        }
        sockets.handleUpgrade(request, socket, head, (reader) => {
            const given = url.searchParams.get('cursor');
            const subscription = {
                cursor: given === null ? null : Number(given), at: Date.now(),
                collections: url.searchParams.getAll('wantedCollections'), dids: url.searchParams.getAll('wantedDids'),
            };
            connections.push(subscription);
            reader.on('error', () => {}).on('close', () => readers.delete(reader));
            if (given !== null) {
                const floor = (Date.now() - lookBack) * 1000;
                const replayed = events.filter((event) => event.time_us >= floor &&
                    (subscription.cursor >= kMicrosecondsFrom ? event.time_us >= subscription.cursor : event.seq >= subscription.cursor));
                for (const event of replayed) if (wants(subscription, event)) reader.send(event.json);
            }
            readers.set(reader, subscription);
        });
    });

    function emit(body, did, collection = '') {
        last = Math.max(last + 1, Date.now() * 1000);
        const event = { time_us: last, seq: events.length + 1, did, collection, kind: body.kind, json: JSON.stringify({ did, time_us: last, ...body }) };
        events.push(event);
        for (const [reader, subscription] of readers) if (wants(subscription, event)) reader.send(event.json);
    }
    function commit(operation, { did, rkey, cid: id }, record) {
        const body = { rev: recordKey(), operation, collection: 'app.bsky.feed.post', rkey, ...(record ? { record, cid: id } : {}) };
        emit({ kind: 'commit', commit: body }, did, 'app.bsky.feed.post');
    }

    return {
        url: server.url.replace('http:', 'ws:'),
        connections,
        open: () => readers.size,
        post: ({ did = 'did:plc:amal', text, langs = ['ar'], at = new Date(), reply }) => {
            const post = { did, rkey: recordKey(), cid: cid() };
            post.uri = `at://${did}/app.bsky.feed.post/${post.rkey}`;
            post.record = { $type: 'app.bsky.feed.post', text, langs, createdAt: at.toISOString(), ...(reply ? { reply } : {}) };
            commit('create', post, post.record);
            return post;
        },
        edit: (post, text) => {
            Object.assign(post, { cid: cid(), record: { ...post.record, text } });
            commit('update', post, post.record);
        },
        remove: (post) => commit('delete', post),
        identity: (did) => emit({ kind: 'identity', identity: { did, handle: 'handle.invalid', seq: events.length, time: new Date().toISOString() } }, did),
        raw: (text) => {
            for (const reader of readers.keys()) reader.send(text);
        },
        drop: ({ code } = {}) => {
            for (const reader of readers.keys()) code ? reader.close(code) : reader.terminate();
            readers.clear();
        },
        refuse: (times) => (refusals = times),
        stop: () => {
            for (const reader of sockets.clients) reader.terminate();
            return server.stop();
        },
    };
}
