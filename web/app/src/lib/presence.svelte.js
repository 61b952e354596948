// Who else is at which ticket, as the server tells it.
import { on } from './live.svelte.js';
import { session } from './session.svelte.js';

class Presence {
  /** ticket -> [{id, name, state}] */
  tickets = $state.raw(new Map());

  /** Colleagues there, oneself left out. */
  at(ticket) {
    return (this.tickets.get(ticket) ?? []).filter(({ id }) => id !== session.person?.id);
  }

  put({ ticket, people }) {
    const tickets = new Map(this.tickets);
    if (people.length) tickets.set(ticket, people);
    else tickets.delete(ticket);
    this.tickets = tickets;
  }
}

export const presence = new Presence();
on('presence', (heard) => presence.put(heard));
