// A whole Rasid at work that is killed again and again, and the books kept outside of it that must agree in the end.
import { header, startMail } from '../servers/mail.mjs';
import { sleep, until } from '../servers/process.mjs';
import { startFeeds } from '../servers/feed_server.mjs';
import { startMastodon } from '../servers/mastodon_fake.mjs';
import { Installation, isReady } from './installation.mjs';

const kFeeds = ['one', 'two', 'three'];
const setup = `
[[person]]
name = "Dana"
email = "dana@example.org"
role = "moderator"
language = "en"
[[person]]
name = "Khalid"
email = "khalid@example.org"
role = "manager"
language = "ar"
[notifications]
wait = "0s"
interval = "0s"
ceiling = 10000
burst = 10000
[[ladder]]
name = "care"
steps = [ { at = "50%", to = "person:Dana", by = "mail" }, { at = "100%", to = "person:Khalid", by = "mail" } ]
[[queue]]
name = "care"
first_response = "1s"
ladder = "care"
[[queue]]
name = "answers"
first_response = "1h"
[[rule]]
name = "news"
query = 'nasma AND platform:news'
queue = "care"
[[rule]]
name = "fans"
query = 'nasma AND platform:mastodon'
queue = "answers"
`;

/** Numbers from 0 to 1 that a seed decides, so that a run can be named. */
export function seeded(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/**
 * Feeds that grow by a burst of entries with every life of the daemon, a Mastodon account whose mentions are answered over the
 * API, and a ladder of two mails for every ticket of a feed. Mail and platforms live outside of what is killed.
 *
 * `burst`: entries published for every life; each burst has one author, so it belongs in one ticket.
 * `aimed`: share of the kills that come just after a poll was served, the rest come after an exponential delay.
 */
export class KillScenario {
    static async make({ program, seed, burst = 25, aimed = 0.5, spread = 60 }) {
        const scenario = new KillScenario();
        Object.assign(scenario, { burst, aimed, spread, random: seeded(seed) });
        try {
            [scenario.feeds, scenario.mastodon, scenario.mail, scenario.rasid] = await Promise.all([
                startFeeds({ window: Infinity }), startMastodon(), startMail({ prefer: 'capture' }), Installation.make('kill'),
            ]);
            await scenario.install(program);
        } catch (error) {
            await scenario.remove();
            throw error;
        }
        return scenario;
    }

    lives = 0;
    killedBeforeReady = 0;
    fans = 0;
    publishedAt = new Map(); // the last burst of each feed
    standing = new Map(kFeeds.map((name) => [name, []])); // what each feed shows, oldest first
    published = new Set(); // what was put before Rasid
    accepted = new Map(); // replies that the API took: event -> ticket

    async install(program) {
        const { rasid, feeds, mastodon, mail } = this;
        rasid.program = program;
        const token = await rasid.write('token', `${mastodon.token}\n`);
        const since = new Date(Date.now() - 3600 * 1000).toISOString();
        await rasid.configure({
            servers: [feeds, mastodon], mail,
            sources: [
                ...kFeeds.map((name) => ({ name, kind: 'feed', url: `${feeds.url}/${name}.atom`, since, budget: '10000/1m' })),
                { name: 'fedi', kind: 'mastodon', url: mastodon.url, token_file: token, watch: ['mentions'], own_accounts: ['nasma'], since, budget: '10000/1m' },
            ],
        });
        for (const name of kFeeds) feeds.publish(name, { id: `${name}-0`, html: `nasma ${name}-0`, author: `author of ${name}` });
        for (const name of kFeeds) this.published.add(`${name}-0`);
        await rasid.fill({ setup, people: ['khalid@example.org'] });
        const started = Date.now();
        await rasid.start();
        this.startup = Date.now() - started;
        this.session = await rasid.signIn('khalid@example.org');
        await rasid.stop();
    }

    /**
     * Entries leave a feed, as they do in the world, but not before they were taken: an answer "nothing changed" was asked for with
     * the cursor that stands for all of them.
     */
    trim(name) {
        const last = this.feeds.requests.filter((one) => one.path === `/${name}.atom`).at(-1);
        if (last?.status !== 304 || last.at < (this.publishedAt.get(name) ?? Infinity)) return;
        const ids = this.standing.get(name);
        for (const id of ids.splice(0, ids.length - this.burst)) this.feeds.remove(name, id);
    }

    publish() {
        const name = kFeeds[this.lives % kFeeds.length];
        this.trim(name);
        this.publishedAt.set(name, Date.now());
        for (let k = 0; k < this.burst; k += 1) {
            const id = `b${this.lives}-${k}`;
            this.feeds.publish(name, { id, html: `nasma ${id}`, author: `author ${this.lives}` });
            this.published.add(id);
            this.standing.get(name).push(id);
        }
        if (this.lives % 5 === 0) {
            const id = `fan-${this.fans}`;
            this.mastodon.mention({ author: `fan${this.fans}@far.example`, text: `nasma ${id}` });
            this.published.add(id);
            this.fans += 1;
        }
        return name;
    }

    /** Starts the daemon and kills it, so many times. */
    async kill(times) {
        const answering = this.answer();
        try {
            for (let i = 0; i < times; i += 1) await this.liveAndDie();
        } finally {
            this.answering = false;
            await answering;
        }
    }

    async liveAndDie() {
        const feed = this.publish();
        const served = () => this.feeds.requests.filter((one) => one.path === `/${feed}.atom`).length;
        const before = served();
        const daemon = this.rasid.launch();
        this.lives += 1;
        if (this.random() < this.aimed) {
            await until(() => served() > before || daemon.exitCode !== null, { seconds: 60, every: 2, what: `a poll of ${feed}` });
            await sleep(this.random() * (this.spread + this.startup / 4));
        } else {
            // Short lives and long ones: some end before the daemon is ready, most while it works.
            await sleep(Math.min(-Math.log(1 - this.random()), 5) * (this.startup + 200));
        }
        if (daemon.exitCode !== null) throw new Error(`the daemon ended by itself with ${daemon.exitCode}:\n${daemon.output}`);
        if (!isReady(daemon)) this.killedBeforeReady += 1;
        await this.rasid.kill();
    }

    /** Answers what fans say, through every crash: the same request with the same key until it is taken. */
    async answer() {
        this.answering = true;
        while (this.answering) {
            await this.answerOnce().catch(() => {}); // nobody is there; he comes back
            await sleep(50);
        }
    }

    async answerOnce() {
        const done = new Set(this.accepted.values());
        for (const row of await this.session.tickets('view=waiting&queue=answers')) {
            if (done.has(row.id)) continue;
            const answer = await this.session.try(row.id, { action: 'reply', text: `thank you, ${row.author.handle}` }, { key: 'reply', version: row.version });
            if (answer.status === 200) this.accepted.set(answer.json.event, row.id);
        }
    }

    /** A last life, until nothing is left to do: every source read twice more, every mail and reply gone. */
    async drain({ seconds = 90 } = {}) {
        const { feeds, mastodon, rasid, session } = this;
        const asked = (server, path) => server.requests.filter((one) => one.path === path && (one.status === 200 || one.status === 304)).length;
        const places = [...kFeeds.map((name) => [feeds, `/${name}.atom`]), [mastodon, '/api/v1/notifications']];
        const before = places.map(([server, path]) => asked(server, path));
        await rasid.start();
        await until(() => places.every(([server, path], i) => asked(server, path) >= before[i] + 3), { seconds, what: 'every source to be read again' });
        await until(async () => (await this.answerOnce(), this.accepted.size >= this.fansHeard(await session.tickets())), { seconds, what: 'every fan to be answered' });
        await until(async () => {
            const tickets = await session.tickets();
            const stories = await session.stories(tickets.filter((row) => row.queue === 'answers'));
            const mails = await session.mails();
            return stories.every((story) => story.pending_reply === null) && tickets.filter((row) => row.queue === 'care').every((row) => row.clocks[0].breached_at && mails.filter((mail) => mail.ticket === row.id).length >= 2) &&
                mails.every((mail) => mail.state !== 'waiting' && mail.state !== 'sending');
        }, { seconds, every: 300, what: 'the outbox to be empty' });
    }

    fansHeard(rows) { return rows.filter((row) => row.queue === 'answers').length; }

    /** The books of both sides compared; every list but those called counts is empty when all is well. Needs a running daemon. */
    async report() {
        const { session, rasid, feeds, mail, mastodon } = this;
        const tickets = await session.stories(await session.tickets());
        const heard = tickets.flatMap((ticket) => ticket.thread.filter((mention) => mention.direction === 'in').map((mention) => mention.text.split(' ').at(-1)));
        const times = count(heard);
        const served = new Set([...kFeeds.flatMap((name) => [...feeds.served(name)]), ...[...this.published].filter((id) => id.startsWith('fan-'))]);
        const counted = Number(/: (\d+) mentions$/m.exec((await rasid.run(['doctor'])).stdout)[1]);

        const committed = new Map((await session.mails()).map((one) => [one.id, one]));
        const arrived = (await mail.messages()).map((one) => ({ ...one, intent: header(one.raw, 'Rasid-Intent') }));
        const idsOf = group(arrived, (one) => one.intent, (one) => one.messageId);
        const rawOf = group(arrived, (one) => one.intent, (one) => one.raw);
        const intentsOf = group(arrived, (one) => one.messageId, (one) => one.intent);
        const steps = group(committed.values(), (one) => one.ticket, (one) => one.to);
        const replies = mastodon.replies();

        return {
            counts: {
                lives: this.lives, killedBeforeReady: this.killedBeforeReady, served: served.size, tickets: tickets.length,
                committedMails: committed.size, arrivedMails: arrived.length, replies: replies.length,
            },
            neverServed: [...this.published].filter((id) => !served.has(id)),
            lost: [...served].filter((id) => !times.has(id)),
            twice: [...times].filter(([, n]) => n > 1).map(([id]) => id),
            invented: [...times.keys()].filter((id) => !served.has(id)),
            miscounted: counted === heard.length ? [] : [`doctor counts ${counted} mentions, the tickets hold ${heard.length}`],
            ticketsTwice: [...count(tickets.map((ticket) => ticket.author.handle))].filter(([, n]) => n > 1).map(([author]) => author),
            mailsNotSent: [...committed.values()].filter((one) => one.state !== 'sent').map((one) => `${one.id} is ${one.state}: ${one.last_error}`),
            mailsMissing: [...committed.keys()].filter((id) => !idsOf.has(id)),
            mailsNotCommitted: arrived.filter((one) => committed.get(one.intent)?.to !== one.to.join()).map((one) => `${one.intent || one.raw} to ${one.to}`),
            mailsUnderTwoIds: [...idsOf].filter(([, ids]) => ids.size > 1).map(([intent]) => intent),
            mailsThatDiffer: [...rawOf].filter(([, texts]) => texts.size > 1).map(([intent]) => intent),
            idsOfTwoMails: [...intentsOf].filter(([, intents]) => intents.size > 1).map(([id]) => id),
            stepsMissingOrTwice: tickets.filter((ticket) => ticket.queue === 'care').map((ticket) => [ticket.number, [...committed.values()].filter((one) => one.ticket === ticket.id).length, steps.get(ticket.id)?.size ?? 0])
                .filter(([, mails, people]) => mails !== 2 || people !== 2),
            repliesMissing: [...this.accepted.keys()].filter((event) => replies.filter((reply) => reply.idempotencyKey === event).length !== 1),
            repliesNotAccepted: replies.filter((reply) => !this.accepted.has(reply.idempotencyKey)).map((reply) => reply.text),
        };
    }

    async remove() {
        this.answering = false;
        await this.rasid?.remove();
        await Promise.all([this.feeds, this.mastodon, this.mail].map((server) => server?.stop()));
    }
}

function count(values) {
    const times = new Map();
    for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
    return times;
}

function group(items, keyOf, valueOf) {
    const groups = new Map();
    for (const item of items) groups.set(keyOf(item), (groups.get(keyOf(item)) ?? new Set()).add(valueOf(item)));
    return groups;
}

/** What of a report is wrong, shortened for a person. */
export const troublesOf = ({ counts, ...lists }) =>
    Object.entries(lists).filter(([, list]) => list.length > 0).map(([name, list]) => `${name}: ${list.length}, such as ${list.slice(0, 5).join('; ')}`);
