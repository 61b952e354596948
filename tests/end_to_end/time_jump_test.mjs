// The wall clock jumps by a day while the daemon runs: nobody is told twice, and nobody is forgotten.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'node:test';
import { startFeeds } from './servers/feed_server.mjs';
import { header, startMail } from './servers/mail.mjs';
import { until } from './servers/process.mjs';
import { Installation } from './harness/installation.mjs';

const setup = `
[[person]]
name = "Dana"
email = "dana@example.org"
role = "manager"
language = "en"
[notifications]
wait = "0s"
interval = "0s"
repeat = "90d"
[[ladder]]
name = "care"
steps = [ { at = "50%", to = "person:Dana", by = "mail" }, { at = "100%", to = "person:Dana", by = "mail" } ]
[[queue]]
name = "care"
first_response = "2h"
ladder = "care"
[[rule]]
name = "news"
query = 'nasma'
queue = "care"
`;
const limit = { timeout: 240000 };

const run = promisify(execFile);
const servers = fileURLToPath(new URL('./servers/', import.meta.url));

/** What stands between the daemon and the clock: a library that is unpacked, never installed, and its correction. */
async function faketime(folder) {
    const { stdout } = await run(servers + 'unpack.sh', ['libfaketime'], { maxBuffer: 1 << 20 });
    const libraries = join(stdout.trim(), 'usr/lib');
    const [found] = (await readdir(libraries, { recursive: true })).filter((name) => name.endsWith('faketime/libfaketimeMT.so.1'));
    assert.ok(found, 'the package brings its library');
    const correction = join(folder, 'true_timerfd.so');
    await run(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-O2', '-o', correction, servers + 'true_timerfd.c']);
    return `${correction} ${join(libraries, found)}`;
}

test('a clock that jumps by a day fires nothing twice and forgets nothing', limit, async () => {
    const feeds = await startFeeds();
    const mail = await startMail({ prefer: 'capture' });
    const rasid = await Installation.make('time-jump');
    const offset = rasid.path('offset');
    const jump = async (to) => {
        await writeFile(offset + '.new', to);
        await rename(offset + '.new', offset);
    };
    const mailsOf = async (number) => (await mail.messages()).filter((one) => header(one.raw, 'X-Rasid-Ticket') === String(number));
    const ticket = async (person, title) => {
        feeds.publish('news', { id: title, html: `nasma ${title}`, author: title });
        return person.awaitTicket((row) => row.text.includes(title), { what: `the ticket of ${title}` });
    };
    try {
        feeds.publish('news', { id: 'old', html: 'history', author: 'Historian', at: new Date(Date.now() - 96 * 3600e3) });
        await rasid.configure({ servers: [feeds], mail, sources: [{ name: 'news', kind: 'feed', url: `${feeds.url}/news.atom` }] });
        await rasid.fill({ setup, people: ['dana@example.org'] });
        await jump('+0');
        rasid.env = { LD_PRELOAD: await faketime(rasid.folder), FAKETIME_TIMESTAMP_FILE: offset, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
        await rasid.start();
        const first = await ticket(await rasid.signIn('dana@example.org'), 'first');
        assert.equal((await mailsOf(first.number)).length, 0, 'it is due in two hours');

        await jump('-1d');
        const early = await ticket(await rasid.signIn('dana@example.org'), 'early');
        assert.equal((await mailsOf(first.number)).length, 0, 'yesterday nothing was due');

        await jump('+1d');
        await until(async () => (await mailsOf(first.number)).length > 0 && (await mailsOf(early.number)).length > 0, { seconds: 60, what: 'both to be escalated' });
        const told = { first: (await mailsOf(first.number)).length, early: (await mailsOf(early.number)).length };
        assert.deepEqual(told, { first: 1, early: 1 }, 'steps missed together are told once');

        await jump('+0');
        const second = await ticket(await rasid.signIn('dana@example.org'), 'second');
        await jump('+1d');
        await until(async () => (await mailsOf(second.number)).length > 0, { seconds: 60, what: 'the second ticket to be escalated' });
        assert.deepEqual({ first: (await mailsOf(first.number)).length, early: (await mailsOf(early.number)).length, second: (await mailsOf(second.number)).length }, { ...told, second: 1 });

        await rasid.kill();
        await rasid.start();
        const person = await rasid.signIn('dana@example.org');
        await until(async () => (await person.get('/api/v1/tickets?view=late')).tickets.length === 3, { what: 'the queue after the restart' });
        // A digest of the days jumped over may come; nobody is told of a ticket again.
        assert.equal((await mail.messages()).filter((one) => header(one.raw, 'X-Rasid-Ticket')).length, 3, 'a restart tells nobody again');
    } finally {
        await rasid.remove();
        await Promise.all([feeds.stop(), mail.stop()]);
    }
});
