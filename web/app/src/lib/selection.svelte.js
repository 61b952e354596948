// The rows picked for one action on all of them.
import { tickets } from './tickets.svelte.js';

class Selection {
  #ids = $state.raw(new Set());
  /** Everything that the view shows is meant, loaded or not. */
  whole = $state(false);

  rows = $derived(this.#ids.size ? tickets.rows.filter(({ id }) => this.#ids.has(id)) : []);

  has(id) {
    return this.#ids.has(id);
  }

  put(ids, chosen = true) {
    const all = new Set(this.#ids);
    for (const id of ids) chosen ? all.add(id) : all.delete(id);
    this.#ids = all;
    this.whole = false;
  }

  toggle(id) {
    this.put([id], !this.has(id));
  }

  clear() {
    this.#ids = new Set();
    this.whole = false;
  }
}

export const selection = new Selection();
