// The loaded part of one view of the queue. Rows change in place and keep their order until the view is loaded again;
// tickets that arrive wait in `arrived`.
import * as api from './api.js';
import { belongs } from './changes.js';
import { correct, time } from './clock.svelte.js';
import { session } from './session.svelte.js';
import { same_view } from './views.js';

const EMPTY_PAGES = 20;

class Tickets {
  rows = $state.raw([]);
  arrived = $state.raw(new Set());
  /** Of those, what came in last: it is shown for a moment. */
  fresh = $state.raw(new Set());
  counts = $state.raw({});
  queues = $state.raw([]);
  next = $state.raw(null);
  /** loading, ready or failed */
  state = $state('loading');
  view = $state('waiting');
  queue = $state(null);
  /** What limits the view besides, see views.js. */
  filter = $state.raw({});
  /** Why the last action on a ticket failed: id -> {problem, body, seen}. */
  failures = $state.raw(new Map());

  #wanted = 0;
  #asking = 0;

  find(id) {
    return this.rows.find((row) => row.id === id) ?? null;
  }

  /** Loads the first page of a view; what arrived meanwhile is in it. */
  async load(wanted = this) {
    const turn = ++this.#wanted;
    if (!same_view(wanted, this)) {
      const { view, queue, filter } = wanted;
      Object.assign(this, { view, queue, filter, rows: [], arrived: new Set(), next: null });
      this.state = 'loading';
    }
    try {
      const answer = await this.#page();
      if (turn !== this.#wanted) return;
      this.rows = answer.tickets;
      this.fresh = this.arrived;
      this.arrived = new Set();
      this.state = 'ready';
    } catch {
      if (turn === this.#wanted && this.state === 'loading') this.state = 'failed';
    }
  }

  async more() {
    const turn = this.#wanted;
    if (!this.next || this.#asking === turn) return;
    this.#asking = turn;
    try {
      const answer = await this.#page(this.next, turn);
      if (turn !== this.#wanted) return;
      const here = new Set(this.rows.map((row) => row.id));
      this.rows = [...this.rows, ...answer.tickets.filter((row) => !here.has(row.id))];
    } catch {
      // What is there stays; the button and the next step ask again.
    } finally {
      if (this.#asking === turn) this.#asking = 0;
    }
  }

  /** After events may have been missed: rows here are brought up to date, others wait behind the counter. True: it was reached. */
  async catch_up() {
    try {
      const turn = this.#wanted;
      const next = this.next;
      const answer = await this.#page(null, turn);
      if (turn !== this.#wanted) return true;
      if (this.rows.length > answer.tickets.length) this.next = next;
      answer.tickets.forEach((ticket) => this.heard(ticket));
      return true;
    } catch {
      return false;
    }
  }

  async #page(after = null, turn = this.#wanted) {
    const words = { view: this.view, queue: this.queue, ...this.filter, limit: 100 };
    const answer = await api.get(api.path(['tickets'], { ...words, after }));
    // A page of a filter may be empty and still have a next one.
    for (let tries = 0; answer.next && !answer.tickets.length && tries < EMPTY_PAGES && turn === this.#wanted; ++tries) {
      Object.assign(answer, await api.get(api.path(['tickets'], { ...words, after: answer.next })));
    }
    correct(answer.now);
    if (turn === this.#wanted) Object.assign(this, { counts: answer.counts, queues: answer.queues, next: answer.next });
    return answer;
  }

  /** Whether a row belongs here. */
  holds(row) {
    return belongs(row, { view: this.view, queue: this.queue, filter: this.filter, me: session.person, now: time.now });
  }

  /** A ticket as the server says it is. */
  heard(ticket) {
    const known = this.find(ticket.id);
    if (known) {
      if (ticket.version >= known.version) this.replace(ticket);
      return;
    }
    const fits = this.holds(ticket);
    if (fits === this.arrived.has(ticket.id)) return;
    const arrived = new Set(this.arrived);
    fits ? arrived.add(ticket.id) : arrived.delete(ticket.id);
    this.arrived = arrived;
  }

  replace(ticket) {
    this.rows = this.rows.map((row) => (row.id === ticket.id ? ticket : row));
  }

  /** Takes a row out; returns its place for `put_back`, -1 if it was not there. */
  take_out(id) {
    const place = this.rows.findIndex((row) => row.id === id);
    if (place >= 0) this.rows = this.rows.toSpliced ? this.rows.toSpliced(place, 1) : this.rows.filter((row) => row.id !== id);
    return place;
  }

  put_back(ticket, place) {
    if (this.find(ticket.id)) return this.replace(ticket);
    this.rows = [...this.rows.slice(0, place), ticket, ...this.rows.slice(place)];
    const arrived = new Set(this.arrived);
    arrived.delete(ticket.id);
    this.arrived = arrived;
  }

  fail(id, failure) {
    const failures = new Map(this.failures);
    failure ? failures.set(id, failure) : failures.delete(id);
    this.failures = failures;
  }
}

export const tickets = new Tickets();
