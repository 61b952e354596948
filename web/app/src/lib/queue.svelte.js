// What the queue screen shows: the view of the address, the rows the search leaves, and the current row.
import { flushSync } from 'svelte';
import { act } from './actions.svelte.js';
import { announce } from './announce.svelte.js';
import { is_late } from './changes.js';
import { time } from './clock.svelte.js';
import { t } from './i18n.js';
import { on } from './live.svelte.js';
import { matches } from './matches.js';
import { go, route } from './route.svelte.js';
import { search } from './search.svelte.js';
import { selection } from './selection.svelte.js';
import { tickets } from './tickets.svelte.js';
import { ticket_address, view_address } from './views.js';

const WIDE = matchMedia('(min-width: 900px)');

class QueueScreen {
  current = $state(null);
  shown = $derived(search.text.trim() ? tickets.rows.filter((row) => matches(row, search.text)) : tickets.rows);

  #late = null;

  get opened() {
    return route.parts[0] === 'tickets' ? (route.parts[1] ?? null) : null;
  }

  address(id) {
    return ticket_address(id, tickets.view, tickets.queue, tickets.filter);
  }

  list_address() {
    return view_address(tickets.view, tickets.queue, tickets.filter);
  }

  open(id) {
    this.current = id;
    go(this.address(id));
  }

  /** Makes a row current and moves the focus there; beside a wide list the pane follows. */
  step_to(row) {
    if (!row) return;
    this.current = row.id;
    if (WIDE.matches) go(this.address(row.id), { replace: true });
    this.focus();
  }

  /** Moves the focus to the current row, which is drawn wherever it stands. */
  focus() {
    flushSync();
    document.querySelector(`[data-testid="row"][data-id="${CSS.escape(this.current ?? '')}"]`)?.focus();
  }

  step(by) {
    const at = this.shown.findIndex((row) => row.id === this.current);
    if (at + by >= this.shown.length) tickets.more();
    this.step_to(at < 0 ? this.shown[0] : this.shown[Math.min(this.shown.length - 1, Math.max(0, at + by))]);
  }

  /** Selects the current row and the one it goes on to. */
  extend(by) {
    if (this.current) selection.put([this.current]);
    this.step(by);
    if (this.current) selection.put([this.current]);
  }

  /** What a command is about: the rows selected, else the current one. */
  targets() {
    if (selection.rows.length) return selection.rows;
    const row = tickets.find(this.current);
    return row ? [row] : [];
  }

  resolve(row) {
    return this.leave(row, { action: row.state === 'resolved' ? 'reopen' : 'resolve' });
  }

  /** Does what makes a row leave and goes on to the row that takes the place. */
  async leave(row, body, hints) {
    const at = this.shown.findIndex((other) => other.id === row.id);
    const next = at < 0 ? null : (this.shown[at + 1] ?? this.shown[at - 1]);
    const done = act(row, body, hints);
    if (next && !tickets.find(row.id)) {
      if (this.opened && !WIDE.matches) go(this.address(next.id), { replace: true });
      this.step_to(next);
    }
    await done;
  }

  /** Says once, politely, that a ticket on the page became late. */
  watch_late() {
    const late = new Set(tickets.rows.filter((row) => is_late(row, time.now)).map((row) => row.id));
    const fresh = this.#late && tickets.rows.find((row) => late.has(row.id) && this.#known.has(row.id) && !this.#late.has(row.id));
    this.#late = late;
    this.#known = new Set(tickets.rows.map((row) => row.id));
    if (fresh) announce(t('page.announce.late', { number: fresh.number }));
  }

  #known = new Set();
}

export const queue = new QueueScreen();

on('ticket', ({ ticket }) => tickets.heard(ticket));
on('counts', ({ counts, queues }) => {
  tickets.counts = counts;
  if (queues) tickets.queues = queues;
});
on('lost_some', () => tickets.catch_up());
