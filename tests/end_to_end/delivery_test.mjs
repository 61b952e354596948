// Mail servers that say no, later, or nothing at all: what is promised arrives, with one Message-ID, and what cannot is kept for a person.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFeeds } from './servers/feed_server.mjs';
import { header, startMail } from './servers/mail.mjs';
import { until } from './servers/process.mjs';
import { Installation } from './harness/installation.mjs';

const person = (name, email, role) => `[[person]]\nname = "${name}"\nemail = "${email}"\nrole = "${role}"\nlanguage = "en"\n`;
const ladder = (name, to) => `[[ladder]]\nname = "${name}"\nsteps = [ { at = "50%", to = "${to}", by = "mail" } ]\n` +
    `[[queue]]\nname = "${name}"\nfirst_response = "2s"\nladder = "${name}"\n[[rule]]\nname = "${name}"\nquery = '${name}'\nqueue = "${name}"\n`;
const crew = ['Amal', 'Badr', 'Ghada', 'Hind', 'Jamal'];
const setup = person('Dana', 'dana@example.org', 'manager') + person('Gone', 'noone@example.net', 'manager') + person('Later', 'tempfail@example.org', 'manager') +
    crew.map((name) => person(name, `${name.toLowerCase()}@example.org`, 'moderator')).join('') +
    '[notifications]\nwait = "0s"\ninterval = "0s"\n' +
    ladder('reachable', 'person:Dana') + ladder('unknown', 'person:Gone') + ladder('postponed', 'person:Later') + ladder('everybody', 'role:moderator');
const limit = { timeout: 240000 };

/** An installation whose mails go to `mail`, Dana signed in, and a function that opens a ticket and gives its number. */
async function house(name, mail) {
    const feeds = await startFeeds();
    const rasid = await Installation.make(name);
    feeds.publish('news', { id: 'old', html: 'history', author: 'Historian', at: new Date(Date.now() - 96 * 3600e3) });
    await rasid.configure({ servers: [feeds], mail, sources: [{ name: 'news', kind: 'feed', url: `${feeds.url}/news.atom` }] });
    await rasid.fill({ setup, people: ['dana@example.org'] });
    await rasid.start();
    const dana = await rasid.signIn('dana@example.org');
    let made = 0;
    return {
        rasid, dana,
        open: async (word) => {
            const title = `${word} ${++made}`;
            feeds.publish('news', { id: title, html: title, author: `Author ${made}` });
            return dana.awaitTicket((row) => row.text.includes(title), { what: `the ticket of ${title}` });
        },
        /** The mail to whom the ladder names first; role mates are told as well once it cannot reach him. */
        mailOf: async (ticket, to = 'dana@example.org') => (await dana.mails()).find((one) => one.ticket === ticket.id && one.to === to),
        remove: async () => {
            await rasid.remove();
            await feeds.stop();
        },
    };
}
const about = async (mail, ticket) => (await mail.messages()).filter((one) => header(one.raw, 'X-Rasid-Ticket') === String(ticket.number));

test('Postfix postpones one recipient and knows another not: one mail waits, the other is a dead letter that a person can put back', limit, async () => {
    const mail = await startMail();
    const it = await house('delivery-postfix', mail);
    try {
        const [unknown, postponed, reachable] = [await it.open('unknown'), await it.open('postponed'), await it.open('reachable')];
        const later = () => it.mailOf(postponed, 'tempfail@example.org');
        await until(async () => (await about(mail, reachable)).length === 1, { seconds: 60, what: 'the mail to Dana' });
        await until(async () => (await it.mailOf(unknown, 'noone@example.net'))?.state === 'dead', { seconds: 60, what: 'the dead letter' });
        await until(async () => ((await later())?.attempts ?? 0) >= 1, { seconds: 60, what: 'the first attempt' });
        const waiting = await later();
        assert.equal(waiting.state, 'waiting');
        assert.match(waiting.last_error, /451|later/i);
        const dead = await it.mailOf(unknown, 'noone@example.net');
        assert.match(dead.last_error, /550|5\.1\.1|user/i);
        const again = await it.dana.request('POST', `/api/v1/mails/${dead.id}/retry`, { body: {} });
        assert.equal(again.status, 200, again.text);
        // The second attempt comes after 5 s and the third 30 s later, however many mails of that address are postponed.
        await until(async () => (await later()).attempts >= 2, { seconds: 20, what: 'the second attempt' });
        await until(async () => (await later()).attempts >= 3, { seconds: 50, what: 'the third attempt' });
        const neighbour = await it.open('reachable');
        await until(async () => (await about(mail, neighbour)).length === 1, { seconds: 20, what: 'the mail of the neighbour, who is not delayed' });
        const delivered = await until(async () => { const one = await it.mailOf(neighbour); return one.state === 'sent' && one; }, { what: 'the mail to be sent' });
        assert.equal(delivered.attempts, 1);
    } finally {
        await it.remove();
        await mail.stop();
    }
});

test('Postgrey puts off everybody whom it does not know: each mail comes at its own second attempt, and later ones at the first', limit, async (t) => {
    const mail = await startMail({ greylist: 3 });
    const it = await house('delivery-grey', mail);
    try {
        if (mail.server !== 'postfix') return t.skip(mail.note);
        const first = await it.open('everybody');
        const arrived = async (ticket) => new Set((await about(mail, ticket)).flatMap((one) => one.to));
        // One failure of the server would be a pause of 30 s for all; five mailboxes that are put off are none.
        await until(async () => (await arrived(first)).size === crew.length, { seconds: 25, what: 'five mails in spite of the greylist' });
        for (const one of await about(mail, first)) assert.match(header(one.raw, 'X-Greylist'), /delayed \d+ seconds/);
        const sent = (ticket) => until(async () => {
            const mails = (await it.dana.mails()).filter((one) => one.ticket === ticket.id && one.kind === 'escalation');
            return mails.every((one) => one.state === 'sent') && mails;
        }, { what: 'the mails to be sent' });
        assert.deepEqual((await sent(first)).map((one) => one.attempts), crew.map(() => 2));
        assert.equal((await about(mail, first)).length, crew.length, 'each once');
        const second = await it.open('everybody');
        await until(async () => (await arrived(second)).size === crew.length, { seconds: 25, what: 'five mails to those who are known' });
        assert.deepEqual((await sent(second)).map((one) => one.attempts), crew.map(() => 1));
    } finally {
        await it.remove();
        await mail.stop();
    }
});

test('a server that postpones or drops the line behind the last dot gets the mail again, under the same Message-ID', limit, async () => {
    const mail = await startMail({ prefer: 'capture' });
    const it = await house('delivery-peer', mail);
    try {
        for (const [mode, times] of [['451', 1], ['451-data', 2], ['drop-after-dot', 1]]) {
            await mail.behave(mode, times);
            const ticket = await it.open('reachable');
            await until(async () => (await it.mailOf(ticket))?.state === 'sent', { seconds: 100, what: `the mail in spite of ${mode}` });
            const kept = await about(mail, ticket);
            assert.equal(kept.length, mode === 'drop-after-dot' ? 2 : 1, mode);
            assert.equal(new Set(kept.map((one) => one.messageId)).size, 1, mode);
            assert.equal(new Set(kept.map((one) => header(one.raw, 'Rasid-Intent'))).size, 1, mode);
        }
    } finally {
        await it.remove();
        await mail.stop();
    }
});

test('a server that says nothing behind the last dot gets the mail again, and others go on meanwhile', limit, async () => {
    const mail = await startMail({ prefer: 'capture' });
    const it = await house('delivery-hang', { ...mail, patience: '15s' });
    try {
        await mail.behave('hang-after-dot', 1);
        const stuck = await it.open('reachable');
        await until(async () => (await about(mail, stuck)).length === 1, { seconds: 30, what: 'the mail that nobody answers' });
        const other = await it.open('reachable');
        await until(async () => (await it.mailOf(other))?.state === 'sent', { seconds: 30, what: 'the mail beside it' });
        await until(async () => (await it.mailOf(stuck))?.state === 'sent', { seconds: 60, what: 'the mail in spite of the silence' });
        const kept = await about(mail, stuck);
        assert.deepEqual(kept.map((one) => one.answered), [false, true]);
        assert.equal(new Set(kept.map((one) => one.messageId)).size, 1, 'a receiver that keeps ids has it once');
        const [between] = await about(mail, other);
        assert.ok(kept[0].receivedAt < between.receivedAt && between.receivedAt < kept[1].receivedAt, 'nobody waited for it');
        assert.equal((await it.mailOf(stuck)).attempts, 2);
        assert.equal((await it.mailOf(other)).attempts, 1);
    } finally {
        await it.remove();
        await mail.stop();
    }
});
