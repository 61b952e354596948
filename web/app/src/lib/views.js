// Addresses of views and of tickets inside them.
import { VIEWS } from './changes.js';

function query(view, queue) {
  const search = new URLSearchParams();
  if (view !== VIEWS[0]) search.set('view', view);
  if (queue) search.set('queue', queue);
  return [...search].length ? '?' + search : '';
}

export const view_address = (view, queue = null) => '/' + query(view, queue);

export const ticket_address = (id, view, queue = null) => '/tickets/' + encodeURIComponent(id) + query(view, queue);

/** The view an address names; the first one when it names none that exists. */
export function view_of({ view, queue }) {
  return { view: VIEWS.includes(view) || view === 'all' ? view : VIEWS[0], queue: queue || null };
}
