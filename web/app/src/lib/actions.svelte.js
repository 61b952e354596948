// Doing something to a ticket: at once on the page, then on the server, and back if either says no.
import * as api from './api.js';
import { expected } from './changes.js';
import { time } from './clock.svelte.js';
import { keep_draft } from './drafts.js';
import { amend, keep_unanswered, let_go } from './kept.js';
import { on, tell } from './live.svelte.js';
import { session } from './session.svelte.js';
import { tickets } from './tickets.svelte.js';

const BAR_MS = 8000;
const HELD_MS = 10000;
const STEPS_BACK = 20;
const RETRY_MS = 5000;
const HELD = new Set(['approve', 'reply', 'reshare', 'like', 'hide']);

/** `bar`: what the undo bar shows, `{key, args, until, entry}`, or null. */
export const undo = $state({ bar: null });

const done = [];
const turns = new Map();
/** Newest version known of tickets acted on, for those that left the list. */
const versions = new Map();

/** Writes to one ticket go one after the other, each on the version the one before made. */
export function in_turn(id, work) {
  const mine = (turns.get(id) ?? Promise.resolve()).then(work, work);
  turns.set(id, mine);
  mine.finally(() => turns.get(id) === mine && turns.delete(id)).catch(() => {});
  return mine;
}

/** What was done while the connection was lost: ids of tickets whose changes wait for it. */
export const waiting = new (class { ids = $state.raw(new Set()); })();
const connected = new Set();
on('reached', () => connected.forEach((go_on) => go_on()));

function connection() {
  return new Promise((done) => {
    const go_on = () => (connected.delete(go_on), clearTimeout(timer), done());
    const timer = setTimeout(go_on, RETRY_MS);
    connected.add(go_on);
  });
}

export function wait_for(ids, yes) {
  const all = new Set(waiting.ids);
  for (const id of ids) yes ? all.add(id) : all.delete(id);
  waiting.ids = all;
}

/** What may still be answered when it is asked again. */
const UNANSWERED = new Set(['unreachable', 'in_progress']);

/** Posts until an answer comes. The key makes sure that it is done once, however often it was sent, also by a later page. */
export async function deliver(ids, path, body, headers = {}, key = keep_unanswered({ ids, path, body })) {
  for (let lost = false; ; lost = true) {
    try {
      const answer = await api.post(path, body, { ...headers, 'Idempotency-Key': key });
      if (lost) wait_for(ids, false);
      let_go(key);
      return answer;
    } catch (problem) {
      if (!UNANSWERED.has(problem.code)) {
        if (lost) wait_for(ids, false);
        let_go(key, problem.status === 401);
        throw problem;
      }
      wait_for(ids, true);
      await connection();
    }
  }
}

/** Does `body` to a ticket when its turn has come, on the version that it has by then. */
export function send(row, body, entry = null, version = () => newest(row)) {
  const { id } = row;
  const path = api.path(['tickets', id, 'actions']);
  const key = keep_unanswered({ ids: [id], path, body, version: version(), seen: row });
  if (entry) entry.key = key;
  return in_turn(id, () => {
    const now = version();
    amend(key, { version: now });
    return deliver([id], path, body, { 'If-Match': String(now) }, key);
  });
}

/** The newest version known of a ticket that may be in no list. */
export const newest_of = (id, version) => Math.max(versions.get(id) ?? 0, version);

export const newest = (row) => newest_of(row.id, Math.max(tickets.find(row.id)?.version ?? 0, row.version));

/** Remembers what the server said the version of a ticket is. */
export const now_at = (id, version) => versions.set(id, version);

/** Writes what is no action to be taken back by the ticket's own undo. */
export const write = (row, body) => send(row, body);

function show_bar(key, args, until, entry) {
  undo.bar = { key, args, until, entry };
}

const LEAVING = new Set(['resolve', 'reopen', 'snooze', 'wake']);

/** Whether a row leaves the list by an action: every other action leaves it where it is. */
export const leaves = (action, guess) => LEAVING.has(action) && !tickets.holds(guess);

/**
 * Does `body` to `row`; true when the server took it. A refusal puts the row back and is kept in `tickets.failures`.
 * `hints` are what the guess needs and the server does not. While the connection is lost the action waits for it.
 */
export function act(row, body, hints = {}) {
  const seen = tickets.find(row.id) ?? row;
  const guess = expected(seen, { ...body, ...hints }, session.person, time.now);
  tickets.fail(row.id, null);
  tickets.replace(guess);
  const place = leaves(body.action, guess) ? tickets.take_out(row.id) : -1;
  const entry = keep({ id: row.id, number: row.number, event: null, until: null, place, view: tickets.view, body, seen });
  if (place >= 0) show_bar('page.undo.' + body.action, { number: row.number, ...hints }, time.now + BAR_MS, entry);
  entry.sent = send(seen, body, entry).then((answer) => taken(entry, answer, hints), (problem) => refused(entry, problem));
  return entry.sent;
}

function taken(entry, { ticket, event, undo_until }, hints) {
  versions.set(ticket.id, ticket.version);
  const until = undo_until ? Date.parse(undo_until) : null;
  Object.assign(entry, { event, until });
  if (!entry.undone) {
    tell('ticket', { ticket });
    const shown_until = HELD.has(entry.body.action) ? (until ?? time.now + HELD_MS) : time.now + BAR_MS;
    // Words that a manager must let out are not on their way yet.
    const name = entry.body.action === 'reply' && !undo_until ? 'propose' : entry.body.action;
    show_bar('page.undo.' + name, { number: ticket.number, ...hints }, shown_until, entry);
  }
  return true;
}

function refused(entry, problem) {
  forget(entry);
  if (undo.bar?.entry === entry) undo.bar = null;
  const { seen, place, body } = entry;
  const actual = problem.code === 'stale_version' ? problem.body.ticket : seen;
  versions.set(seen.id, actual.version);
  if (place >= 0 && !entry.undone) tickets.put_back(actual, place);
  else tickets.replace(actual);
  if (!entry.undone) tickets.fail(seen.id, { problem, body, seen });
  return false;
}

function keep(entry) {
  done.push(entry);
  if (done.length > STEPS_BACK) done.shift();
  return entry;
}

function forget(entry) {
  const at = done.indexOf(entry);
  if (at >= 0) done.splice(at, 1);
}

/** Offers to take back what was no action on the ticket itself; `args` are those of the message `key`, `back` does it. */
export function offer_undo(key, args, back) {
  show_bar(key, args, time.now + BAR_MS, keep({ id: args.id, number: args.number, body: { action: 'undo' }, back }));
}

/** Tells what was done and cannot be taken back. */
export const inform = (key, args) => show_bar(key, args, time.now + BAR_MS, null);

/** Takes the last step back. */
export function undo_last() {
  if (done.length) return take_back(done.pop());
}

/** Takes a held reply back, also one that was written before the page was loaded again. */
export function undo_reply(ticket) {
  const { event, text, send_at } = ticket.pending_reply;
  const at = done.findIndex((entry) => entry.event === event);
  const known = at >= 0 ? done.splice(at, 1)[0] : null;
  return take_back(known ?? { id: ticket.id, number: ticket.number, event, until: Date.parse(send_at), place: -1, view: null, version: ticket.version, body: { action: 'reply', text } });
}

/** The words of what is taken back return to the draft. */
async function take_back(entry) {
  if (entry.until && entry.until < time.now) return show_bar('page.undo.too_late', { number: entry.number }, time.now + BAR_MS, null);
  undo.bar = null;
  entry.undone = true;
  if (entry.sent && !entry.event) {
    // It is on its way, or waits for the connection: the row returns at once, the undoing follows it.
    if (entry.place >= 0 && entry.view === tickets.view) tickets.put_back(entry.seen, entry.place);
    else tickets.replace(entry.seen);
    amend(entry.key, { undone: true });
    if (!(await entry.sent)) return;
  }
  const body = { action: 'undo', event: entry.event };
  const write = (version) => send({ id: entry.id, number: entry.number, version }, body, null, () => version);
  try {
    if (entry.back) {
      await entry.back();
      return show_bar('page.undo.undone', { number: entry.number }, time.now + BAR_MS / 2, null);
    }
    const version = Math.max(tickets.find(entry.id)?.version ?? 0, versions.get(entry.id) ?? entry.version ?? 0);
    // Taking back is the same wish whatever happened meanwhile, so a newer version is simply taken.
    const answer = await write(version).catch((problem) => {
      if (problem.code !== 'stale_version') throw problem;
      return write(problem.body.ticket.version);
    });
    versions.set(entry.id, answer.ticket.version);
    if (entry.body.text ?? entry.body.note) keep_draft(entry.id, entry.body.action, entry.body.text ?? entry.body.note);
    if (entry.place >= 0 && entry.view === tickets.view) tickets.put_back(answer.ticket, entry.place);
    tell('ticket', { ticket: answer.ticket });
    show_bar('page.undo.undone', { number: entry.number }, time.now + BAR_MS / 2, null);
  } catch (problem) {
    tickets.fail(entry.id, { problem, body, seen: null });
    show_bar('page.undo.failed', { number: entry.number }, time.now + BAR_MS, null);
  }
}
