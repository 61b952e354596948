// Filters that are kept under a name, one's own and shared ones.
import * as api from './api.js';
import { on } from './live.svelte.js';
import { view_of } from './views.js';

const AGAIN_MS = 5000;

export const saved = new (class { views = $state.raw([]); })();

let timer = null;

export async function read_saved() {
  try {
    const { views } = await api.get('views');
    saved.views = views.map((view) => ({ ...view, ...view_of(view.filter) }));
  } catch {
    // The rail keeps what it shows.
  }
}

export async function save_view(name, { view, queue, filter }, shared) {
  await api.put(api.path(['views', name]), { filter: { view, ...(queue && { queue }), ...filter }, shared });
  await read_saved();
}

export async function remove_view({ name, shared }) {
  await api.remove(api.path(['views', name], shared ? { shared: 'true' } : {}));
  await read_saved();
}

// Counts of views cost more than those of the rail's own, so they follow at leisure.
on('counts', () => {
  if (saved.views.length) timer ??= setTimeout(() => ((timer = null), read_saved()), AGAIN_MS);
});
