// The ticket in the pane, in full. Read again whenever its row is newer than what was read.
import * as api from './api.js';
import { on } from './live.svelte.js';
import { tickets } from './tickets.svelte.js';

/** Whoever goes through the rows faster than this is shown what the rows know; the ticket where he stops is read. */
const PASSING_MS = 120;

class Detail {
  id = $state(null);
  full = $state.raw(null);
  /** A Problem when it could not be read. */
  problem = $state.raw(null);

  #version = 0;
  #reading = false;
  #shown = -Infinity;
  #passing = null;

  /** The full ticket with what its row knows better; null while reading the first time. */
  get ticket() {
    if (this.full?.id !== this.id) return null;
    const row = tickets.find(this.id);
    return row ? { ...this.full, ...row, customer: this.full.customer, incident: row.incident && { ...this.full.incident, ...row.incident } } : this.full;
  }

  show(id) {
    if (id === this.id) return;
    const now = performance.now();
    clearTimeout(this.#passing);
    this.#passing = now - this.#shown < PASSING_MS ? setTimeout(() => { this.#passing = null; this.read(); }, PASSING_MS) : null;
    this.#shown = now;
    Object.assign(this, { id, full: null, problem: null });
    this.#version = 0;
  }

  /** Mutes the author, or lets them be heard again. */
  async mute() {
    const { id, platform, author } = this.full;
    const path = api.path(['muted-authors', platform, author.handle]);
    try {
      const { muted } = await (this.full.muted ? api.remove(path) : api.put(path));
      if (this.full?.id === id) this.full = { ...this.full, muted };
    } catch (problem) {
      tickets.fail(id, { problem, body: { action: 'undo' }, seen: null });
    }
  }

  /** Reads unless it is as new as `version`. */
  async read(version = 0) {
    this.#version = Math.max(this.#version, version);
    if (this.#reading || this.#passing || !this.id) return;
    if (this.full?.id === this.id && this.full.version >= this.#version) return;
    const id = this.id;
    this.#reading = true;
    try {
      const full = await api.get(api.path(['tickets', id]));
      if (id === this.id) {
        Object.assign(this, { full, problem: null });
        // A row ahead of the answer would ask for ever if the server were behind itself.
        this.#version = full.version;
        const row = tickets.find(id);
        if (row && full.version > row.version) tickets.heard(full);
      }
    } catch (problem) {
      if (id === this.id) this.problem = problem;
    } finally {
      this.#reading = false;
    }
    if (id !== this.id) this.read();
  }
}

export const detail = new Detail();

// A promise has events of its own and leaves the ticket's version as it is.
on('ticket', ({ ticket, cause }) => ticket.id === detail.id && detail.read(cause === 'promise' ? Infinity : ticket.version));
on('lost_some', () => detail.read(Infinity));
