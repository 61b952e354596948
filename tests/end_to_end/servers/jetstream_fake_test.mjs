import { test } from 'node:test';
import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import { startJetstream } from './jetstream_fake.mjs';
import { until } from './process.mjs';

function read(url) {
    const socket = new WebSocket(url);
    const reader = { socket, messages: [], closed: false };
    socket.on('message', (data) => reader.messages.push(JSON.parse(data))).on('close', () => (reader.closed = true)).on('error', () => {});
    return reader;
}
const posts = '?wantedCollections=app.bsky.feed.post';

test('a reader gets what is new, with its deletes, and identity events whatever the filter', async () => {
    const stream = await startJetstream();
    try {
        stream.post({ text: 'before' });
        const reader = read(`${stream.url}/subscribe${posts}`);
        await until(() => stream.open() === 1);
        const post = stream.post({ text: 'قهوة' });
        stream.remove(post);
        stream.identity('did:plc:amal');
        await until(() => reader.messages.length === 3);
        const [create, remove, identity] = reader.messages;
        assert.equal(create.commit.record.text, 'قهوة');
        assert.deepEqual([remove.commit.operation, remove.commit.rkey, remove.commit.record], ['delete', post.rkey, undefined]);
        assert.equal(identity.kind, 'identity');
        assert.ok(remove.time_us > create.time_us);
    } finally {
        await stream.stop();
    }
});

test('a dropped reader gets the event at its cursor again and misses nothing', async () => {
    const stream = await startJetstream();
    try {
        const first = read(`${stream.url}/subscribe${posts}`);
        await until(() => stream.open() === 1);
        stream.post({ text: 'one' });
        await until(() => first.messages.length === 1);
        stream.drop();
        await until(() => first.closed);
        stream.post({ text: 'two' });
        stream.refuse(1);
        const refused = read(`${stream.url}/subscribe${posts}`);
        await until(() => refused.closed);
        const second = read(`${stream.url}/subscribe${posts}&cursor=${first.messages[0].time_us}`);
        await until(() => second.messages.length === 2);
        assert.deepEqual(second.messages.map((m) => m.commit.record.text), ['one', 'two']);
        assert.equal(stream.connections.length, 2);
    } finally {
        await stream.stop();
    }
});
