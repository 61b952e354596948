// Doing something to a ticket: at once on the page, then on the server, and back if either says no.
import * as api from './api.js';
import { belongs, expected } from './changes.js';
import { time } from './clock.svelte.js';
import { keep_draft } from './drafts.js';
import { tell } from './live.svelte.js';
import { session } from './session.svelte.js';
import { tickets } from './tickets.svelte.js';

const BAR_MS = 8000;
const HELD_MS = 10000;
const STEPS_BACK = 20;
const HELD = new Set(['reply', 'reshare', 'like', 'hide']);

/** `bar`: what the undo bar shows, `{key, args, until, entry}`, or null. */
export const undo = $state({ bar: null });

const done = [];
const turns = new Map();
/** Newest version known of tickets acted on, for those that left the list. */
const versions = new Map();

/** Writes to one ticket go one after the other, each on the version the one before made. */
function in_turn(id, work) {
  const mine = (turns.get(id) ?? Promise.resolve()).then(work, work);
  turns.set(id, mine);
  mine.finally(() => turns.get(id) === mine && turns.delete(id)).catch(() => {});
  return mine;
}

function send(id, version, body) {
  return api.post(api.path(['tickets', id, 'actions']), body, { 'If-Match': String(version), 'Idempotency-Key': crypto.randomUUID() });
}

const newest = (row) => Math.max(tickets.find(row.id)?.version ?? 0, versions.get(row.id) ?? 0, row.version);

/** Writes what is no action to be taken back by the ticket's own undo. */
export const write = (row, body) => in_turn(row.id, () => send(row.id, newest(row), body));

const fits = (row) => belongs(row, { view: tickets.view, queue: tickets.queue, me: session.person, now: time.now });

function show_bar(key, args, until, entry) {
  undo.bar = { key, args, until, entry };
}

/**
 * Does `body` to `row`; true when the server took it. A refusal puts the row back and is kept in `tickets.failures`.
 * A ticket that is resolved or reopened leaves the list when its view no longer holds it; every other row stays where it is.
 */
export async function act(row, body) {
  const seen = tickets.find(row.id) ?? row;
  const guess = expected(seen, body, session.person);
  const leaves = (body.action === 'resolve' || body.action === 'reopen') && !fits(guess);
  tickets.fail(row.id, null);
  tickets.replace(guess);
  const place = leaves ? tickets.take_out(row.id) : -1;
  if (leaves) show_bar('page.undo.' + body.action, { number: row.number }, time.now + BAR_MS, null);
  try {
    const answer = await in_turn(row.id, () => send(row.id, newest(seen), body));
    versions.set(row.id, answer.ticket.version);
    tell('ticket', { ticket: answer.ticket });
    remember(answer, body, place);
    return true;
  } catch (problem) {
    undo.bar = null;
    const actual = problem.code === 'stale_version' ? problem.body.ticket : seen;
    versions.set(row.id, actual.version);
    if (place >= 0) tickets.put_back(actual, place);
    else tickets.replace(actual);
    tickets.fail(row.id, { problem, body, seen });
    return false;
  }
}

function remember({ ticket, event, undo_until }, body, place) {
  const entry = keep({ id: ticket.id, number: ticket.number, event, until: undo_until ? Date.parse(undo_until) : null, place, view: tickets.view, body });
  const until = HELD.has(body.action) ? (entry.until ?? time.now + HELD_MS) : time.now + BAR_MS;
  show_bar('page.undo.' + body.action, { number: ticket.number }, until, entry);
}

function keep(entry) {
  done.push(entry);
  if (done.length > STEPS_BACK) done.shift();
  return entry;
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
  const body = { action: 'undo', event: entry.event };
  const write = (version) => in_turn(entry.id, () => send(entry.id, version, body));
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
