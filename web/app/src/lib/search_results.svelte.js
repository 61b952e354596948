// The results of one search after another: the last one asked for wins.
import { get, path } from './api.js';

const PAGE = 50;

/** The ticket whose number was typed, as the first result. */
const as_result = (ticket) => ({ ...ticket, kind: 'ticket', direction: 'in', sentiment: null, url: null, title: '', title_hits: [], hits: [], cut: {}, ticket });

export class SearchResults {
  list = $state.raw([]);
  waiting = $state.raw(0);
  next = $state.raw(null);
  state = $state.raw('idle'); // idle | loading | ready | failed

  #asked = null;

  /** Shows what stood there until the new answer has come. */
  async ask(asked) {
    this.#asked = asked;
    if (!Object.keys(asked).length) return this.#show(asked, { results: [], waiting: 0, next: null }, 'idle');
    this.state = 'loading';
    await this.#fetch(asked, null);
  }

  again() {
    return this.ask(this.#asked);
  }

  more() {
    return this.#fetch(this.#asked, this.next);
  }

  async #fetch(asked, after) {
    try {
      const answer = await get(path(['search'], { ...asked, limit: PAGE, after }));
      const before = after ? this.list : answer.ticket ? [as_result(answer.ticket)] : [];
      this.#show(asked, { ...answer, results: [...before, ...answer.results] }, 'ready');
    } catch {
      if (this.#asked === asked) this.state = 'failed';
    }
  }

  #show(asked, answer, state) {
    if (this.#asked !== asked) return;
    this.list = answer.results;
    this.waiting = answer.waiting;
    this.next = answer.next;
    this.state = state;
  }
}
