// Somebody signed in over HTTP, as the page does it: cookie, CSRF token, server-sent events.
import { randomUUID } from 'node:crypto';
import { until } from '../servers/process.mjs';

const kDeadline = 60000; // against hanging for ever; how fast an answer is, is not measured here

/** One request: {status, headers, text, json}. Throws only when no answer came. */
export async function request(url, { method = 'GET', headers = {}, body } = {}) {
    let answer, text;
    try {
        answer = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(kDeadline) });
        text = await answer.text();
    } catch (error) {
        throw new Error(`${method} ${url} got no answer: ${error.cause?.message ?? error.message}`);
    }
    const json = /json/.test(answer.headers.get('content-type') ?? '') && text ? JSON.parse(text) : undefined;
    return { status: answer.status, headers: answer.headers, text, json };
}

/** The value of the session cookie that an answer sets, after checking how it is set. */
function cookieOf(answer) {
    const cookie = answer.headers.get('set-cookie') ?? '';
    if (!cookie.startsWith('__Host-rasid=')) throw new Error('the answer sets no session cookie');
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) {
        if (!cookie.split(/;\s*/).includes(attribute)) throw new Error(`the session cookie lacks ${attribute}: ${cookie}`);
    }
    return cookie.split(';', 1)[0];
}

async function open(url, path, body) {
    const answer = await request(url + path, {
        method: 'POST', headers: { Origin: url, 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    if (answer.status !== 200) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return new Session(url, cookieOf(answer), answer.json);
}

export const signIn = (url, email, password) => open(url, '/api/v1/session', { email, password });
export const firstAdmin = (url, account) => open(url, '/api/v1/first-admin', account);

export class Session {
    constructor(url, cookie, { person, csrf }) {
        Object.assign(this, { url, cookie, person, csrf });
    }

    request(method, path, { body, headers = {} } = {}) {
        const changing = method !== 'GET' ? { Origin: this.url, 'X-CSRF-Token': this.csrf } : {};
        const typed = body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'application/toml' : 'application/json' };
        return request(this.url + path, {
            method, headers: { Cookie: this.cookie, ...changing, ...typed, ...headers }, body: typeof body === 'object' ? JSON.stringify(body) : body,
        });
    }

    /** The body of a GET that must succeed. */
    async get(path) {
        const answer = await this.request('GET', path);
        if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`);
        return answer.json;
    }

    /** All of a list that comes in pages. */
    async all(path, name) {
        const items = [];
        for (let after = ''; after !== null;) {
            const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${after && `&after=${encodeURIComponent(after)}`}`);
            items.push(...page[name]);
            after = page.next;
        }
        return items;
    }

    tickets(query = 'view=all') { return this.all(`/api/v1/tickets?${query}`, 'tickets'); }
    ticket(id) { return this.get(`/api/v1/tickets/${id}`); }
    /** Several in full, a few at a time: the daemon bounds the connections of one address. */
    async stories(rows) {
        const stories = [];
        for (let i = 0; i < rows.length; i += 4) stories.push(...(await Promise.all(rows.slice(i, i + 4).map((row) => this.ticket(row.id)))));
        return stories;
    }
    mails() { return this.all('/api/v1/mails', 'mails'); }

    async source(name) { return (await this.get('/api/v1/sources')).sources.find((source) => source.name === name); }

    /** One action on a ticket as it is now; the answer whatever it is. */
    async try(id, body, { key = randomUUID(), version } = {}) {
        const seen = version ?? (await this.ticket(id)).version;
        return this.request('POST', `/api/v1/tickets/${id}/actions`, { body, headers: { 'If-Match': String(seen), 'Idempotency-Key': key } });
    }

    /** One action that must succeed: {ticket, event, undo_until}. A ticket that changed between reading and acting is read again. */
    async act(id, body) {
        for (;;) {
            const answer = await this.try(id, body);
            if (answer.json?.code === 'stale_version') continue;
            if (answer.status !== 200) throw new Error(`${JSON.stringify(body)} answered ${answer.status}: ${answer.text}`);
            return answer.json;
        }
    }

    /** Waits for the first ticket that fits, and gives it in full. */
    async awaitTicket(fits, { seconds = 20, what = 'a ticket' } = {}) {
        const row = await until(async () => (await this.tickets()).find(fits), { seconds, what });
        return this.ticket(row.id);
    }

    /** Waits until a ticket fits, and gives it in full. */
    awaitChange(id, fits, { seconds = 20, what = `ticket ${id} to change` } = {}) {
        return until(async () => {
            const ticket = await this.ticket(id);
            return fits(ticket) ? ticket : null;
        }, { seconds, what });
    }

    /** Opens the event stream: `events` is what came so far as {id, event, data}, `close()` ends it. */
    async listen({ lastEventId } = {}) {
        const abort = new AbortController();
        const answer = await fetch(`${this.url}/api/v1/events`, {
            headers: { Cookie: this.cookie, ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}) }, signal: abort.signal,
        });
        if (answer.status !== 200) throw new Error(`the event stream answered ${answer.status}`);
        const events = [];
        const ended = read(answer.body, events).catch(() => {});
        return { events, ended, close: () => (abort.abort(), ended) };
    }
}

async function read(body, events) {
    let waiting = '';
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
        const blocks = (waiting + text).split('\n\n');
        waiting = blocks.pop();
        for (const block of blocks) {
            const event = { event: 'message', data: '' };
            for (const line of block.split('\n')) {
                const [, name, value] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
                if (name === 'data') event.data += value;
                else if (name) event[name] = value;
            }
            if (event.data) events.push({ ...event, data: JSON.parse(event.data) });
        }
    }
}
