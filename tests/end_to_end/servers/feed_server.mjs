// A web server with feeds that change: RSS, Atom and JSON Feed of the same entries, with ETag and Last-Modified.
import { createHash } from 'node:crypto';
import { serve } from './http.mjs';

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function rss(feed, base) {
    const items = feed.entries.map(
        (e) => `<item><guid isPermaLink="false">${escape(e.id)}</guid><title>${escape(e.title)}</title><link>${base}/posts/${encodeURIComponent(e.id)}</link>` +
            `<dc:creator>${escape(e.author)}</dc:creator><pubDate>${e.at.toUTCString()}</pubDate><description>${escape(e.html)}</description></item>`);
    return ['application/rss+xml; charset=utf-8',
        `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>` +
        `<title>${escape(feed.title)}</title><link>${base}/</link><description/>${items.join('')}</channel></rss>`];
}

function atom(feed, base) {
    const entries = feed.entries.map(
        (e) => `<entry><id>${escape(e.id)}</id><title>${escape(e.title)}</title><link href="${base}/posts/${encodeURIComponent(e.id)}"/>` +
            `<author><name>${escape(e.author)}</name></author><published>${e.at.toISOString()}</published>` +
            `<updated>${e.updated.toISOString()}</updated><content type="html">${escape(e.html)}</content></entry>`);
    return ['application/atom+xml; charset=utf-8',
        `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${escape(feed.title)}</title>` +
        `<id>${base}/</id><updated>${new Date().toISOString()}</updated>${entries.join('')}</feed>`];
}

function json(feed, base) {
    return ['application/feed+json; charset=utf-8', JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: feed.title,
        items: feed.entries.map((e) => ({
            id: e.id, url: `${base}/posts/${encodeURIComponent(e.id)}`, title: e.title, content_html: e.html,
            date_published: e.at.toISOString(), date_modified: e.updated.toISOString(), authors: [{ name: e.author }],
        })),
    })];
}

/**
 * Starts the server. Each feed name is served as /NAME.rss, /NAME.atom and /NAME.json, newest entry first, at most `window`
 * entries. Resolves with {url, requests, failNext, stop} of http.mjs and
 *   publish(name, {id, title, html, author, at})   adds an entry
 *   edit(name, id, {title, html})                  changes one and its update time
 *   remove(name, id)
 *   served(name)                                   ids of the entries that were in an answer at least once
 *   serveRaw(path, {body, headers, status})        serves bytes as given, for broken feeds
 */
export async function startFeeds({ window = 20 } = {}) {
    const feeds = new Map();
    const raw = new Map();
    const feedOf = (name) => {
        if (!feeds.has(name)) feeds.set(name, { title: name, entries: [], served: new Set(), changed: new Date() });
        return feeds.get(name);
    };
    const touch = (feed) => (feed.changed = new Date());

    const server = await serve((request) => {
        if (raw.has(request.path)) return raw.get(request.path);
        const [, name, format] = /^\/([^/]+)\.(rss|atom|json)$/.exec(request.path) ?? [];
        if (!name || !feeds.has(name)) return { status: 404, body: 'no such feed' };
        const feed = feeds.get(name);
        const shown = { ...feed, entries: feed.entries.slice(0, window) };
        const [type, body] = { rss, atom, json }[format](shown, server.url);
        const etag = `"${createHash('sha256').update(JSON.stringify(shown.entries)).digest('hex').slice(0, 16)}"`;
        const headers = { ETag: etag, 'Last-Modified': feed.changed.toUTCString() };
        // As HTTP wants it: If-Modified-Since is looked at only when there is no If-None-Match.
        const asked = request.headers['if-none-match'];
        const since = Date.parse(request.headers['if-modified-since'] ?? '');
        if (asked ? asked.split(/,\s*/).includes(etag) : since >= Math.floor(feed.changed / 1000) * 1000) return { status: 304, headers };
        for (const entry of shown.entries) feed.served.add(entry.id);
        return { status: 200, headers: { ...headers, 'Content-Type': type }, body };
    });

    return {
        ...server,
        publish: (name, { id, title = '', html, author = 'Amal', at = new Date() }) => {
            const feed = feedOf(name);
            feed.entries.unshift({ id, title, html, author, at, updated: at });
            touch(feed);
        },
        edit: (name, id, changes) => {
            const feed = feedOf(name);
            Object.assign(feed.entries.find((e) => e.id === id), changes, { updated: new Date() });
            touch(feed);
        },
        remove: (name, id) => {
            const feed = feedOf(name);
            feed.entries = feed.entries.filter((e) => e.id !== id);
            touch(feed);
        },
        served: (name) => feedOf(name).served,
        serveRaw: (path, answer) => raw.set(path, answer),
    };
}
