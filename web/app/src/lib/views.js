// Addresses of views and of tickets inside them. The whole filter is in the address, so that a view can be sent as a link.
import { VIEWS } from './changes.js';

/** What limits a list besides its view and queue. */
export const FILTERS = ['state', 'assignee', 'priority', 'platform', 'source', 'brand', 'language', 'sentiment', 'label', 'tag'];

function query(view, queue, filter) {
  const search = new URLSearchParams();
  if (view !== VIEWS[0]) search.set('view', view);
  if (queue) search.set('queue', queue);
  for (const name of FILTERS) if (filter[name]) search.set(name, filter[name]);
  return [...search].length ? '?' + search : '';
}

export const view_address = (view, queue = null, filter = {}) => '/' + query(view, queue, filter);

export const ticket_address = (id, view, queue = null, filter = {}) => '/tickets/' + encodeURIComponent(id) + query(view, queue, filter);

/** The view an address names; the first one when it names none that exists. */
export function view_of(words) {
  const filter = Object.fromEntries(FILTERS.filter((name) => words[name]).map((name) => [name, words[name]]));
  return { view: VIEWS.includes(words.view) || words.view === 'all' ? words.view : VIEWS[0], queue: words.queue || null, filter };
}

export const same_view = (a, b) => view_address(a.view, a.queue, a.filter) === view_address(b.view, b.queue, b.filter);
