// A stand-in for the daemon while working on the page: node dev-server.mjs [--dir DIR] [--port N], beside node build.mjs --watch.
// Speaks docs/api.md from memory with made-up data and sends the headers the daemon sends.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { make_customer, make_ticket, mails as make_mails, people, setup as first_setup, sources as make_sources } from './dev-data.mjs';
import { admin_routes, usual_choices } from './dev-admin.mjs';
import { colleague_routes } from './dev-colleague.mjs';
import { engagement_routes, enrich } from './dev-engagement.mjs';
import { in_list, queue_routes, set_aside } from './dev-queue.mjs';
import { report_routes } from './dev-reports.mjs';
import { search_routes } from './dev-search.mjs';
import { rule_routes } from './dev-rules.mjs';

const option = (name, fallback) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : fallback);
const dir = option('--dir', '../../build/page');
const port = Number(option('--port', '8090'));
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'",
  'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cross-Origin-Opener-Policy': 'same-origin',
};
const MAIL_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const start = Date.now();
const iso = (ms = Date.now()) => new Date(ms).toISOString();
const tickets = new Map([...Array(Number(option('--tickets', '60'))).keys()].map((i) => make_ticket(i, 4821 + i, start)).map((each) => [each.row.id, each]));
const customers = new Map([...Array(9).keys()].map((i) => enrich(make_customer(i, start), i, start, people)).map((each) => [each.id, each]));
const mails = make_mails(start);
const answered = new Map();
const streams = new Set();
let setup = first_setup;
const here = new Set();
let events = 0;
let number = 4900;

class Refusal extends Error {
  constructor(status, code, extra = {}) {
    super(code);
    Object.assign(this, { status, code, extra });
  }
}

function tell(name, data) {
  events += 1;
  for (const stream of streams) stream.write(`id: ${events}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

const RANK = { critical: 0, high: 1, normal: 2, low: 3 };
const open_clocks = (row) => row.clocks.filter((clock) => !clock.met_at);
const due = (row) => Math.min(...open_clocks(row).map((clock) => Date.parse(clock.due_at)), Infinity);
const urgent = (row) => due(row) - Date.now() < 1800e3;
const order = (a, b) => urgent(b) - urgent(a) || (urgent(a) ? RANK[a.priority] - RANK[b.priority] : 0) || due(a) - due(b);
const VIEWS = {
  waiting: (row) => row.state === 'open' && open_clocks(row).length > 0,
  late: (row) => row.state === 'open' && open_clocks(row).some((clock) => clock.state === 'breached'),
  mine: (row, me) => row.state === 'open' && row.assignee?.id === me.id,
  unassigned: (row) => row.state === 'open' && !row.assignee,
  resolved: (row) => row.state === 'resolved',
  all: () => true,
};
const rows = () => [...tickets.values()].map(({ row }) => row);
const counts = (me) => Object.fromEntries(['waiting', 'late', 'mine', 'unassigned', 'snoozed'].map((view) => [view, rows().filter((row) => in_list(row, new Map([['view', view]]), me)).length]));
const queues = () => ['care', 'sales'].map((name) => ({ name, waiting: rows().filter((row) => row.queue === name && VIEWS.waiting(row)).length, late: rows().filter((row) => row.queue === name && VIEWS.late(row)).length }));

function progress(plan) {
  const count = (test) => plan.touches.filter(test).length;
  const by_kind = [...new Set(plan.touches.map(({ kind }) => kind))].map((kind) => ({ kind, done: count((touch) => touch.kind === kind && touch.state === 'done'), total: count((touch) => touch.kind === kind), late: count((touch) => touch.kind === kind && touch.late) }));
  return { done: count((touch) => touch.state === 'done'), total: plan.touches.length, late: count((touch) => touch.late), held: count((touch) => touch.state === 'held'), by_kind };
}
const customer_view = (customer) => ({ ...customer, plan: { ...customer.plan, progress: progress(customer.plan) } });
const brief = (id) => {
  const customer = customers.get(id);
  return customer ? { id, name: customer.name, name_latin: customer.name_latin, tier: customer.tier, progress: progress(customer.plan), guard: customer.guard } : null;
};

function page_of(list, query, name, more = {}) {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('after') ?? 0);
  return { ...more, [name]: list.slice(from, from + limit), next: from + limit < list.length ? String(from + limit) : null };
}

const EVENT_OF = { take: 'assigned', release: 'released', acknowledge: 'acknowledged', reply: 'reply_queued', answered_elsewhere: 'answered_elsewhere', note: 'noted', priority: 'priority_changed', resolve: 'resolved', reopen: 'reopened', undo: 'undone', promise: 'promised', reshare: 'reply_queued', like: 'reply_queued', hide: 'reply_queued', approve: 'reply_queued', return: 'reply_returned' };

function meet(ticket) {
  ticket.row.clocks = ticket.row.clocks.map((clock) => (clock.target === 'first_response' && !clock.met_at ? { ...clock, state: 'met', met_at: iso() } : clock));
}

function act(ticket, body, me) {
  const { row, extra } = ticket;
  const before = structuredClone(row);
  const event = { id: 'e' + ++events + 'x', at: iso(), kind: EVENT_OF[body.action] ?? set_aside(row, body, people), by: { id: me.id, name: me.name }, text: body.text ?? body.note ?? null, undone: false, detail: {} };
  let undo_until = null;
  if (!event.kind) throw new Refusal(400, 'unknown_action');
  if (body.action === 'take') Object.assign(row, { assignee: event.by, acknowledged_by: row.acknowledged_by ?? event.by });
  if (body.action === 'release') row.assignee = null;
  if (body.action === 'priority') row.priority = body.priority;
  if (body.action === 'resolve') row.state = 'resolved';
  if (body.action === 'reopen') row.state = 'open';
  if (body.action === 'answered_elsewhere') meet(ticket);
  if (body.action === 'promise') (extra.promises ??= []).push({ id: 'pr' + ++events + 't', ticket: { id: row.id, number: row.number }, text: body.text, made_by: event.by, made_at: iso(), due_at: body.due_at, state: 'running', broken_at: null, kept_at: null });
  if (body.action === 'reply' && colleagues.story(ticket, me).needs_approval) Object.assign(event, { kind: 'reply_proposed', proposes: true });
  colleagues.decide(ticket, body, event);
  if (body.action === 'reply' && !event.proposes) {
    if (!row.can.includes('reply')) throw new Refusal(409, 'not_possible', { detail: 'this source cannot publish' });
    undo_until = iso(Date.now() + 10e3);
    extra.pending_reply = { event: event.id, text: body.text, send_at: undo_until };
    setTimeout(() => extra.pending_reply?.event === event.id && publish(ticket, body.text), 10e3).unref();
  }
  if (body.action === 'undo') {
    const old = extra.history.find((each) => each.id === body.event);
    if (!old || old.undone || (old.kind === 'reply_queued' && extra.pending_reply?.event !== old.id)) throw new Refusal(409, 'not_possible', { detail: 'too late' });
    old.undone = true;
    if (extra.pending_reply?.event === old.id) extra.pending_reply = null;
    else if (old.before) Object.assign(row, old.before, { version: row.version });
  }
  Object.defineProperty(event, 'before', { value: before });
  extra.history.push(event);
  changed(ticket, event.kind);
  return { ticket: row, event: event.id, undo_until };
}

const corrections = new Map();

function correct(id, { what, rule = null, right }, me) {
  const ticket = [...tickets.values()].find(({ extra }) => extra.thread.some((mention) => mention.id === id)) ?? refuse(404, 'not_found');
  const mention = ticket.extra.thread.find((each) => each.id === id);
  const was = { sentiment: mention.sentiment.label, language: mention.language, rule: 'hit' }[what];
  const correction = { id: 'c' + ++events, mention: id, what, rule, right, was, by: { id: me.id, name: me.name }, at: iso(), undone_at: null };
  corrections.set(correction.id, { correction, ticket, mention });
  put_right({ correction, ticket, mention }, right, correction.by);
  return { correction };
}

function take_back(made) {
  made.correction.undone_at ??= iso();
  put_right(made, made.correction.was, null);
  return { correction: made.correction };
}

function put_right({ correction, ticket, mention }, value, by) {
  if (correction.what === 'sentiment') ticket.row.sentiment = { ...ticket.row.sentiment, label: (mention.sentiment.label = value) };
  if (correction.what === 'language') ticket.row.language = mention.language = value;
  mention.corrected_by = by;
  const reasons = ticket.extra.reasons.filter((reason) => !reason.startsWith(correction.what + ' corrected'));
  ticket.extra.reasons = by ? [...reasons, `${correction.what} corrected from ${correction.was} to ${value} by ${by.name}`] : reasons;
  tell('ticket', { ticket: ticket.row, cause: 'corrected' });
}

function publish(ticket, text) {
  ticket.extra.pending_reply = null;
  ticket.extra.thread.unshift({ ...ticket.extra.thread[0], id: 'out' + events, direction: 'out', text, hits: [], sentiment: { label: 'neutral', score: 0, words: [] }, author: { name: 'نسمة', handle: 'nasma' }, created_at: iso() });
  ticket.extra.history.push({ id: 'e' + ++events + 'p', at: iso(), kind: 'replied', by: null, text: null, undone: false, detail: {} });
  meet(ticket);
  changed(ticket, 'replied');
}

function changed({ row }, cause) {
  row.version += 1;
  row.updated_at = iso();
  setTimeout(() => {
    tell('ticket', { ticket: row, cause });
    tell('counts', { counts: counts(people.moderator) });
  }, 15).unref();
}

const routes = [
  ['GET', /^session$/, ({ me }) => session(me)],
  ['DELETE', /^session$/, ({ answer }) => answer.setHeader('Set-Cookie', '__Host-rasid=; Path=/; Secure; Max-Age=0') && null],
  ['GET', /^tickets$/, ({ me, query }) => {
    const list = rows().filter((row) => in_list(row, query, me)).sort(order);
    return page_of(list, query, 'tickets', { now: iso(), counts: counts(me), queues: queues() });
  }],
  ['GET', /^tickets\/([^/]+)$/, ({ ids: [id], me }) => ({ ...colleagues.story(ticket_of(id), me), ...ticket_of(id).row, ...ticket_of(id).extra, customer: brief(ticket_of(id).row.customer?.id) })],
  ['POST', /^tickets\/([^/]+)\/actions$/, ({ ids: [id], body, me, request }) => {
    const key = request.headers['idempotency-key'];
    if (answered.has(key)) return answered.get(key);
    const ticket = ticket_of(id);
    if (Number(request.headers['if-match']) !== ticket.row.version) throw new Refusal(409, 'stale_version', { ticket: ticket.row, since: ticket.extra.history.slice(-2) });
    const result = act(ticket, body, me);
    answered.set(key, result);
    return result;
  }],
  ['POST', /^mentions\/([^/]+)\/corrections$/, ({ ids: [id], body, me }) => correct(id, body, me)],
  ['DELETE', /^corrections\/([^/]+)$/, ({ ids: [id] }) => take_back(corrections.get(id) ?? refuse(404, 'not_found'))],
  ['GET', /^customers$/, ({ query }) => page_of([...customers.values()].filter((each) => `${each.name} ${each.name_latin} ${each.identities.map((identity) => identity.handle)}`.toLowerCase().includes((query.get('search') ?? '').toLowerCase())).map((each) => ({ ...brief(each.id), brand: each.brand })), query, 'customers')],
  ['POST', /^customers\/([^/]+)\/identities$/, ({ ids: [id], body }) => (customer_of(id).identities.push({ ...body, linked_by: 'hand', linked_at: iso() }), customer_view(customer_of(id)))],
  ['DELETE', /^customers\/([^/]+)\/identities\/([^/]+)\/([^/]+)$/, ({ ids: [id, platform, handle] }) => {
    customer_of(id).identities = customer_of(id).identities.filter((each) => each.platform !== platform || each.handle !== handle);
    return null;
  }],
  ['GET', /^topics$/, ({ query }) => {
    const line = (ticket) => ({ id: 'm' + ticket.number, platform: ticket.platform, source: ticket.source, author: ticket.author, text: ticket.text, language: ticket.language, url: ticket.url, created_at: ticket.created_at, ticket: { id: ticket.id, number: ticket.number } });
    const examples = (language) => [...Array(20).keys()].map((index) => make_ticket(index, 9000 + index, Date.now()).row).filter((row) => row.language === language).slice(0, 3).map(line);
    return {
      day: query.get('day') || iso().slice(0, 10), mentions: 812, days_before: 28, tags: [{ tag: 'complaint', mentions: 41, usual: 12.5 }],
      languages: [
        { language: 'ar', authors: 390, enough: true, topics: [{ word: 'تحسس', with: ['اللوز', 'مشروب'], score: 4.31, times: null, authors: 23, mentions: 25, examples: examples('ar') }, { word: 'التوصيل', with: [], score: 2.6, times: 3.4, authors: 31, mentions: 40, examples: examples('ar') }] },
        { language: 'en', authors: 120, enough: true, topics: [] },
        { language: 'und', authors: 4, enough: false, topics: [] },
      ],
    };
  }],
  ['GET', /^team$/, () => ({
    now: iso(),
    people: Object.values(people).map((person) => ({ ...person, present: here.has(person.id), absent_since: null, open: 3, capacity: 20, languages: ['ar', 'en'], skills: ['refund'], last_assigned_at: null })),
    rotas: [{
      name: 'on duty', time_zone: 'Asia/Riyadh', on_call: people.manager, until: iso(start + 2 * 86400e3), calendar: '/calendar/rota/made-up.ics',
      shifts: [0, 1, 2].map((week) => ({ from: iso(start + (2 + 7 * (week - 1)) * 86400e3), to: iso(start + (2 + 7 * week) * 86400e3), person: Object.values(people)[week], stand_in: week === 1 })),
    }],
  })],
  ['PUT', /^me\/presence$/, ({ me, body }) => {
    if (body.present) here.add(me.id);
    else here.delete(me.id);
    return { present: body.present, until: null };
  }],
  ['GET', /^setup$/, ({ me, answer }) => (allow(me, 'manager'), answer.setHeader('Content-Type', 'application/toml'), setup)],
  ['PUT', /^setup$/, ({ me, body, query }) => {
    allow(me, 'admin');
    const line = body.split('\n').findIndex((each) => /^[^=[\]#]+$/.test(each.trim()) && each.trim());
    if (line >= 0) throw new Refusal(422, 'invalid_setup', { errors: [{ line: line + 1, column: 1, what: 'expected a key, a table or a comment' }] });
    const changes = body === setup ? [] : [{ change: 'update', kind: 'rule', name: 'كلمات الشكوى' }];
    if (!query.get('dry_run')) setup = body;
    return { changes };
  }],
  ['GET', /^mails$/, ({ query }) => page_of(mails.map(({ text, html, ...mail }) => mail), query, 'mails')],
  ['GET', /^mails\/([^/]+)$/, ({ ids: [id] }) => mails.find((mail) => mail.id === id) ?? refuse(404, 'not_found')],
  ['POST', /^mails\/([^/]+)\/retry$/, ({ ids: [id] }) => Object.assign(mails.find((mail) => mail.id === id), { state: 'waiting' })],
];

const refuse = (status, code) => { throw new Refusal(status, code); };
const ticket_of = (id) => tickets.get(id) ?? refuse(404, 'not_found');
const customer_of = (id) => customers.get(id) ?? refuse(404, 'not_found');
const allow = (me, role) => (['moderator', 'manager', 'admin'].indexOf(me.role) < ['moderator', 'manager', 'admin'].indexOf(role) ? refuse(403, 'forbidden') : null);
const colleagues = colleague_routes({ tickets, people, tell, refuse });
routes.push(...colleagues.routes);
Object.values(people).forEach((person) => Object.assign(person, { ...usual_choices, ...person }));
routes.push(...admin_routes({ refuse, allow, sources: make_sources }));
routes.push(...report_routes({ refuse, allow }));
routes.push(...queue_routes({ tickets, refuse: (status, code, extra) => { throw new Refusal(status, code, extra); }, act, sources: make_sources }));
routes.push(...engagement_routes({ customers, tickets, people, refuse, allow, customer_view }).routes);
routes.push(...rule_routes({ tickets, people, refuse, iso }));
routes.push(...search_routes({ tickets, refuse }));
const session = (me) => ({ person: me, csrf: 'token-' + me.id, now: iso(), demo: true, version: '0.1.0', workspace: { time_zone: 'Asia/Riyadh' } });
const sign_in = (answer, role) => answer.setHeader('Set-Cookie', `__Host-rasid=${role}; Path=/; Secure; HttpOnly; SameSite=Lax`);

async function read_body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text && request.headers['content-type']?.includes('json') ? JSON.parse(text) : text;
}

function send(answer, status, body, type) {
  if (type) answer.setHeader('Content-Type', type);
  answer.writeHead(status, { 'Cache-Control': 'no-store' }).end(body);
}

async function api(request, answer, url, me) {
  const path = url.pathname.slice(8);
  const body = request.method === 'GET' ? null : await read_body(request);
  if (path === 'first-admin' && request.method === 'GET') return { needed: false };
  if (path === 'session' && request.method === 'POST') {
    const [role, person] = Object.entries(people).find(([, each]) => each.email === body.email && body.password === 'rasid') ?? refuse(401, 'wrong_credentials');
    sign_in(answer, role);
    return session(person);
  }
  if (!me) refuse(401, 'signed_out');
  if (request.method !== 'GET' && (request.headers['x-csrf-token'] !== 'token-' + me.id || !request.headers.origin)) refuse(403, 'csrf');
  for (const [method, pattern, work] of routes) {
    const found = method === request.method && pattern.exec(path);
    if (found) return work({ me, body, request, answer, query: url.searchParams, ids: found.slice(1).map(decodeURIComponent) });
  }
  return refuse(404, 'not_found');
}

function stream(request, answer) {
  answer.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  answer.write(`id: ${events}\nevent: hello\ndata: ${JSON.stringify({ now: iso() })}\n\n`);
  streams.add(answer);
  request.on('close', () => streams.delete(answer));
}

function file(answer, path, me, url) {
  const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
  const known = manifest.files.find((each) => '/' + each.path === path && each.path !== 'index.html');
  if (known) {
    answer.writeHead(200, { 'Content-Type': known.type, 'Cache-Control': 'public, max-age=31536000, immutable' });
    return answer.end(readFileSync(join(dir, known.path)));
  }
  if (path.startsWith('/assets/')) return send(answer, 404, 'not found', 'text/plain; charset=utf-8');
  const lang = url.searchParams.get('lang') ?? me?.language ?? 'ar';
  send(answer, 200, readFileSync(join(dir, 'index.html'), 'utf8').replace('{{lang}}', lang).replace('{{dir}}', lang === 'ar' ? 'rtl' : 'ltr').replace('{{theme}}', me?.theme ?? 'system'), 'text/html; charset=utf-8');
}

const server = createServer(async (request, answer) => {
  const url = new URL(request.url, 'http://x');
  const me = people[/__Host-rasid=(\w+)/.exec(request.headers.cookie ?? '')?.[1]];
  for (const [name, value] of Object.entries(HEADERS)) answer.setHeader(name, value);
  try {
    if (url.pathname === '/demo/sign-in') return sign_in(answer, url.searchParams.get('t')), answer.writeHead(303, { Location: '/' }).end();
    if (url.pathname === '/api/v1/events') return me ? stream(request, answer) : send(answer, 401, '{}', 'application/problem+json; charset=utf-8');
    const mail = /^\/api\/v1\/mails\/(\w+)\/html$/.exec(url.pathname);
    if (mail) return answer.setHeader('Content-Security-Policy', MAIL_CSP), send(answer, 200, mails.find(({ id }) => id === mail[1]).html, 'text/html; charset=utf-8');
    if (!url.pathname.startsWith('/api/')) return file(answer, url.pathname, me, url);
    const result = await api(request, answer, url, me);
    if (typeof result === 'string') return send(answer, 200, result);
    send(answer, result === null ? 204 : 200, result === null ? undefined : JSON.stringify(result), 'application/json; charset=utf-8');
  } catch (error) {
    const { status = 500, code = 'internal', extra = {} } = error;
    if (status === 500) console.error(error);
    send(answer, status, JSON.stringify({ type: 'about:blank', title: code, status, detail: code, code, ...extra }), 'application/problem+json; charset=utf-8');
  }
});

setInterval(() => tell('heartbeat', { now: iso() }), 15e3).unref();
setInterval(() => {
  const ticket = make_ticket(number, number, Date.now(), 0.01);
  tickets.set(ticket.row.id, ticket);
  number += 1;
  tell('ticket', { ticket: ticket.row, cause: 'opened' });
  tell('counts', { counts: counts(people.moderator) });
}, Number(option('--arrivals', '9')) * 1000).unref();
server.listen(port, () => console.log(['moderator', 'manager', 'admin'].map((role, index) => `${role}: http://${index ? 'localhost' : '127.0.0.1'}:${port}/demo/sign-in?t=${role}`).join('\n')));
