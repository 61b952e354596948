// One draft that is being written: read from the server, and saved there while it changes and when it is left.
import * as api from './api.js';
import { forget_unsaved, keep_draft, unsaved } from './drafts.js';

const EVERY_MS = 5000;

export class DraftSaver {
  text = $state('');
  /** reading, saved, changed or failed (kept here until the server can be reached) */
  state = $state('reading');

  #ticket;
  #mode;
  #timer = null;
  #closed = false;

  constructor(ticket, mode) {
    this.#ticket = ticket;
    this.#mode = mode;
    document.addEventListener('visibilitychange', this.#hidden);
    const here = unsaved(ticket, mode);
    if (here === null) this.#read();
    else this.change(here);
  }

  async #read() {
    try {
      const { drafts } = await api.get(this.#path());
      // Words that were typed meanwhile are newer.
      if (this.state === 'reading') this.text = drafts[this.#mode]?.text ?? '';
    } catch {
      // Nothing is lost: what is typed from here on is kept.
    }
    if (this.state === 'reading') this.state = 'saved';
  }

  #hidden = () => document.hidden && this.#unsaved() && this.save();

  #unsaved() {
    return this.state === 'changed' || this.state === 'failed';
  }

  #path(query) {
    return api.path(['tickets', this.#ticket, 'draft'], query);
  }

  change(text) {
    this.text = text;
    this.state = 'changed';
    keep_draft(this.#ticket, this.#mode, text);
    this.#timer ??= setTimeout(() => this.save(), EVERY_MS);
  }

  async save() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const { text } = this;
    try {
      await api.put(this.#path(), { mode: this.#mode, text });
      if (unsaved(this.#ticket, this.#mode) === text) forget_unsaved(this.#ticket, this.#mode);
      if (this.text === text) this.state = 'saved';
    } catch {
      this.state = 'failed';
      if (!this.#closed) this.#timer ??= setTimeout(() => this.save(), EVERY_MS);
    }
  }

  /** It was sent, and the server forgot it with that. */
  sent() {
    clearTimeout(this.#timer);
    this.#timer = null;
    forget_unsaved(this.#ticket, this.#mode);
    this.state = 'saved';
  }

  /** Nobody writes any more; what is not saved is saved now. */
  leave() {
    this.#closed = true;
    document.removeEventListener('visibilitychange', this.#hidden);
    if (this.#unsaved()) this.save();
  }
}
