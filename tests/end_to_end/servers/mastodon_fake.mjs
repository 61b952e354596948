// A server of the Mastodon family with a memory: the part of the API that a brand monitor uses, with each dialect's quirks.
import { randomBytes } from 'node:crypto';
import { serve } from './http.mjs';
import { dialects } from './mastodon_ids.mjs';
import { OAuth } from './oauth.mjs';

const kMostCharacters = 500;
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

class Server {
    constructor(dialect, tokens, url) {
        this.url = url;
        this.name = dialect;
        this.dialect = dialects[dialect];
        this.tokens = new Set(tokens);
        this.oauth = new OAuth(this.tokens);
        this.accounts = new Map();
        this.statuses = [];
        this.notifications = [];
        this.remembered = new Map(); // Idempotency-Key -> status
        this.window = { limit: 300, remaining: 300, reset: new Date(Date.now() + 300000) };
        this.brand = this.account('nasma');
    }

    /** `handle` is `name` for an account of this server and `name@host` for one of another. */
    account(handle, { name = handle, followers = 0, bot = false } = {}) {
        if (!this.accounts.has(handle)) {
            const [username, host] = handle.split('@');
            this.accounts.set(handle, {
                id: String(1000 + this.accounts.size), username, acct: handle, display_name: name,
                url: host ? `https://${host}/@${username}` : `${this.url}/@${username}`,
                followers_count: followers, bot, created_at: '2020-01-01T00:00:00.000Z',
            });
        }
        return this.accounts.get(handle);
    }

    add({ author, text, at = new Date(), visibility = 'public', language = 'ar', inReplyTo = null, searchable = true }) {
        const account = typeof author === 'string' ? this.account(author) : author;
        const remote = account.acct.includes('@');
        const id = this.dialect.statusId(at.getTime(), remote);
        const host = remote ? `https://${account.acct.split('@')[1]}` : this.url;
        const status = {
            id, uri: `${host}/users/${account.username}/statuses/${randomBytes(8).toString('hex')}`, account, text, visibility, language,
            created_at: at.toISOString(), edited_at: null, in_reply_to: inReplyTo, searchable, likes: 0, reblogs: 0,
        };
        this.statuses.push(status);
        return status;
    }

    render(status) {
        const parent = status.in_reply_to;
        const names = [...status.text.matchAll(/@([\w.]+(?:@[\w.-]+)?)/g)].map((m) => this.accounts.get(m[1])).filter(Boolean);
        const tags = [...status.text.matchAll(/#([\p{L}\p{N}_]+)/gu)].map((m) => m[1]);
        const rendered = {
            id: status.id, uri: status.uri, url: status.uri, created_at: status.created_at, edited_at: status.edited_at,
            content: `<p>${escape(status.text).replace(/\n/g, '<br />')}</p>`, spoiler_text: '', sensitive: false,
            language: status.language, visibility: status.visibility, account: status.account,
            in_reply_to_id: parent?.id ?? null, in_reply_to_account_id: parent?.account.id ?? null,
            replies_count: this.statuses.filter((s) => s.in_reply_to === status).length,
            reblogs_count: status.reblogs, favourites_count: status.likes, reblog: null, media_attachments: [],
            mentions: names.map(({ id, username, acct, url }) => ({ id, username, acct, url })),
            tags: tags.map((name) => ({ name, url: `${this.url}/tags/${encodeURIComponent(name)}` })),
        };
        if (this.name === 'pleroma') rendered.pleroma = { local: !status.account.acct.includes('@'), conversation_id: 1 };
        return rendered;
    }

    /** One page of `items` (anything with an id) as the query's bounds ask for, newest first but for the dialects' exceptions. */
    page(items, query, { fallback, most }) {
        const { compare, exactBounds, minIdAscends } = this.dialect;
        const limit = Math.max(1, Math.min(Number(query.get('limit')) || fallback, most));
        const [since, min, max] = ['since_id', 'min_id', 'max_id'].map((name) => query.get(name));
        const newest = [...items].sort((a, b) => compare(b.id, a.id));
        if (exactBounds) {
            const at = (id) => newest.findIndex((item) => item.id === id);
            const from = max ? (at(max) < 0 ? newest.length : at(max) + 1) : 0;
            if (min) return newest.slice(0, at(min) < 0 ? newest.length : at(min)).reverse().slice(0, limit);
            const to = since && at(since) >= 0 ? at(since) : newest.length;
            return newest.slice(from, to).slice(0, limit);
        }
        const inside = newest.filter((item) => (!max || compare(item.id, max) < 0) && (!since || compare(item.id, since) > 0));
        if (!min) return inside.slice(0, limit);
        const ascending = inside.filter((item) => compare(item.id, min) > 0).reverse().slice(0, limit);
        return minIdAscends ? ascending : ascending.reverse();
    }

    links(request, page) {
        if (page.length === 0) return {};
        const link = (bound, id) => {
            const query = new URLSearchParams(request.query);
            for (const name of ['max_id', 'min_id', 'since_id']) query.delete(name);
            query.set(bound, id);
            return `<${this.url}${request.path}?${query}>`;
        };
        const newer = this.dialect.exactBounds ? 'since_id' : 'min_id';
        return { Link: `${link('max_id', page.at(-1).id)}; rel="next", ${link(newer, page[0].id)}; rel="prev"` };
    }

    listNotifications(request) {
        const { query } = request;
        const { types: typesKey, ...limits } = this.dialect.notifications;
        const wanted = query.getAll(typesKey);
        const unwanted = query.getAll('exclude_types[]');
        let list = this.notifications
            .filter((n) => !n.filtered || query.get('include_filtered') === 'true' || this.name !== 'mastodon')
            .filter((n) => (wanted.length === 0 || wanted.includes(n.type)) && !unwanted.includes(n.type))
            .filter((n) => this.statuses.includes(n.status));
        let page;
        if (this.name === 'snac2') {
            list = list.slice(-64).reverse();
            const min = query.get('min_id');
            page = list.filter((n) => !min || n.id > min).slice(0, Number(query.get('limit')) || 1);
        } else {
            page = this.page(list, query, limits);
        }
        const rendered = page.map((n) => ({ id: n.id, type: n.type, created_at: n.created_at, account: n.status.account, status: this.render(n.status) }));
        return this.ok(rendered, this.name === 'snac2' ? {} : this.links(request, page));
    }

    timeline(request, keep) {
        const local = request.query.get('local') === 'true';
        const visible = this.statuses.filter((s) => s.visibility === 'public' && keep(s) && !(local && s.account.acct.includes('@')));
        const page = this.page(visible, request.query, { fallback: 20, most: 40 });
        return this.ok(page.map((s) => this.render(s)), this.links(request, page));
    }

    search({ query }) {
        const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
        // Ids are translated to a time filter of one-second grain; they are no cursor.
        const second = (id) => {
            const status = this.statuses.find((s) => s.id === id);
            return status ? Math.floor(Date.parse(status.created_at) / 1000) : null;
        };
        const [min, max] = [second(query.get('min_id')), second(query.get('max_id'))];
        const offset = Number(query.get('offset')) || 0;
        const found = this.statuses
            .filter((s) => s.visibility === 'public' && s.searchable && words.every((w) => s.text.toLowerCase().includes(w)))
            .filter((s) => this.name !== 'gotosocial' || s.account === this.brand || s.in_reply_to?.account === this.brand)
            .filter((s) => this.name !== 'snac2' || (offset === 0 && !s.account.acct.includes('@')))
            .filter((s) => {
                const at = Math.floor(Date.parse(s.created_at) / 1000);
                return (min === null || at >= min) && (max === null || at <= max);
            })
            .sort((a, b) => this.dialect.compare(b.id, a.id));
        const limit = Math.min(Number(query.get('limit')) || 20, 40);
        return this.ok({ accounts: [], hashtags: [], statuses: found.slice(offset, offset + limit).map((s) => this.render(s)) });
    }

    publish(request) {
        const form = request.headers['content-type']?.startsWith('application/json')
            ? JSON.parse(request.body) : Object.fromEntries(new URLSearchParams(request.body));
        const key = this.dialect.remembersKeys ? request.headers['idempotency-key'] : undefined;
        if (key && this.remembered.has(key)) return this.ok(this.render(this.remembered.get(key)));
        if (!form.status) return this.error(422, "Validation failed: Text can't be blank");
        if ([...form.status].length > kMostCharacters) return this.error(422, 'Validation failed: Text character limit of 500 exceeded');
        const parent = form.in_reply_to_id ? this.statuses.find((s) => s.id === form.in_reply_to_id) : null;
        if (form.in_reply_to_id && !parent) return this.error(404, 'The post you are trying to reply to does not appear to exist.');
        const status = this.add({ author: this.brand, text: form.status, visibility: form.visibility ?? 'public', language: form.language ?? null, inReplyTo: parent });
        status.idempotencyKey = request.headers['idempotency-key'];
        if (key) this.remembered.set(key, status);
        return this.ok(this.render(status));
    }

    react(status, action) {
        if (action === 'favourite') status.likes = 1;
        if (action === 'reblog') status.reblogs = 1;
        return this.ok(action === 'reblog' ? { ...this.render(status), id: this.dialect.statusId(Date.now(), false), reblog: this.render(status) } : this.render(status));
    }

    thread(status) {
        const ancestors = [];
        for (let parent = status.in_reply_to; parent; parent = parent.in_reply_to) ancestors.unshift(parent);
        const below = (s) => this.statuses.filter((c) => c.in_reply_to === s).flatMap((c) => [c, ...below(c)]);
        return this.ok({ ancestors: ancestors.map((s) => this.render(s)), descendants: below(status).map((s) => this.render(s)) });
    }

    instance(version) {
        const statuses = { max_characters: kMostCharacters, max_media_attachments: 4, characters_reserved_per_url: 23 };
        const common = { title: 'fake', version: this.dialect.version, configuration: { statuses, urls: { streaming: this.url.replace('http', 'ws') } } };
        return this.ok(version === 'v2' ? { domain: new URL(this.url).host, ...common } : { uri: new URL(this.url).host, ...common });
    }

    ok(body, headers = {}) { return { status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) }; }
    error(status, text, headers = {}) { return { ...this.ok({ error: text }, headers), status }; }

    answer(request) {
        const { method, path, query } = request;
        const instance = /^\/api\/(v1|v2)\/instance$/.exec(path);
        if (instance) return this.instance(instance[1]);
        const signing = this.oauth.answer(request);
        if (signing) return signing;
        const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
        const open = method === 'GET' && /^\/api\/v1\/(timelines|statuses)/.test(path);
        if (bearer ? !this.tokens.has(bearer) : !open) return this.error(401, bearer ? 'The access token is invalid' : 'This method requires an authenticated user');

        if (this.window.reset <= new Date()) Object.assign(this.window, { remaining: this.window.limit, reset: new Date(Date.now() + 300000) });
        if (this.window.remaining <= 0) return this.error(429, this.dialect.tooMany ?? 'Throttled');
        this.window.remaining -= 1;

        if (path === '/api/v1/accounts/verify_credentials') return this.ok(this.brand);
        if (path === '/api/v1/notifications') return this.listNotifications(request);
        if (path === '/api/v1/timelines/public') return this.timeline(request, () => true);
        const tag = /^\/api\/v1\/timelines\/tag\/([^/]+)$/.exec(path);
        if (tag) {
            const name = decodeURIComponent(tag[1]).toLowerCase();
            return this.timeline(request, (s) => [...s.text.toLowerCase().matchAll(/#([\p{L}\p{N}_]+)/gu)].some((m) => m[1] === name));
        }
        if (path === '/api/v2/search') return this.search(request);
        if (path === '/api/v1/statuses' && method === 'POST') return this.publish(request);
        if (path === '/api/v1/statuses' && this.dialect.batch) {
            const ids = [...query.getAll('id[]'), ...query.getAll('id')];
            return this.ok(this.statuses.filter((s) => ids.includes(s.id)).map((s) => this.render(s)));
        }
        const [, id, action] = /^\/api\/v1\/statuses\/([^/]+)(?:\/(context|favourite|reblog))?$/.exec(path) ?? [];
        const status = this.statuses.find((s) => s.id === id);
        if (!status) return this.error(404, 'Record not found');
        if (action === 'context') return this.thread(status);
        return action ? this.react(status, action) : this.ok(this.render(status));
    }
}

/**
 * Starts a server. `dialect` is mastodon, gotosocial, pleroma or snac2. The monitored account is `nasma`.
 *
 * Resolves with {url, token, requests, failNext, stop} of http.mjs and
 *   account(handle, {name, followers, bot})
 *   post({author, text, at, visibility, language, inReplyTo, searchable})   a public post; returns its status. An older `at` makes a
 *       post that federates late: its id sorts below those already served
 *   mention({author, text, …, filtered})   a post that also notifies the account; `filtered` hides it from plain requests
 *   edit(status, text), remove(status)
 *   replies()        what was published through the API: [{text, inReplyTo, visibility, language, idempotencyKey}]
 *   revoke(), restore()        the token
 *   limitTo(requests, seconds) what is left of the rate window
 *   oauth            of oauth.mjs: apps register themselves and people sign in; accepts(token) whether an access token is believed
 */
export async function startMastodon({ dialect = 'mastodon' } = {}) {
    const token = randomBytes(16).toString('hex');
    let fake;
    const server = await serve((request) => {
        const answer = fake.answer(request);
        if (fake.dialect.rateReset) {
            const { limit, remaining, reset } = fake.window;
            Object.assign(answer.headers, {
                'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remaining': String(remaining), 'X-RateLimit-Reset': fake.dialect.rateReset(reset),
            });
        }
        return answer;
    });
    fake = new Server(dialect, [token], server.url);

    return {
        ...server,
        token,
        dialect,
        account: (handle, details) => fake.account(handle, details),
        post: (post) => fake.add(post),
        mention: ({ filtered = false, ...post }) => {
            const status = fake.add({ ...post, text: post.text.includes('@nasma') ? post.text : `@nasma ${post.text}` });
            const id = fake.dialect.notificationId(fake.notifications.length, Date.now());
            fake.notifications.push({ id, type: 'mention', created_at: new Date().toISOString(), status, filtered });
            return status;
        },
        edit: (status, text) => {
            const at = new Date();
            Object.assign(status, { text, edited_at: at.toISOString() });
            if (fake.dialect.editChangesId) status.id = fake.dialect.statusId(at.getTime(), false);
        },
        remove: (status) => fake.statuses.splice(fake.statuses.indexOf(status), 1),
        replies: () =>
            fake.statuses
                .filter((s) => s.account === fake.brand)
                .map((s) => ({ text: s.text, inReplyTo: s.in_reply_to, visibility: s.visibility, language: s.language, idempotencyKey: s.idempotencyKey })),
        oauth: fake.oauth,
        accepts: (one) => fake.tokens.has(one),
        revoke: () => fake.tokens.delete(token),
        restore: () => fake.tokens.add(token),
        limitTo: (remaining, seconds) => Object.assign(fake.window, { remaining, reset: new Date(Date.now() + seconds * 1000) }),
    };
}
