// Tells the server, as long as the pane stands open, that one is at a ticket.
import * as api from './api.js';
import { on } from './live.svelte.js';
import { presence } from './presence.svelte.js';

const EVERY_MS = 10000;
/** Who only passes on his way down the list is not at the ticket. */
const AFTER_MS = 600;

/** Everybody who is anywhere: after a loss of connection nobody tells what was missed. */
export async function look_around() {
  try {
    const { tickets } = await api.get('presence');
    presence.tickets = new Map(tickets.map(({ ticket, people }) => [ticket, people]));
  } catch {
    // The next event tells.
  }
}

on('lost_some', look_around);
look_around();

/** Beats for `ticket` with what `state()` says: looking or writing. Returns `{now, stop}`. */
export function beat(ticket, state) {
  let told = null;
  const tell = async (word) => {
    told = word === 'away' ? null : word;
    try {
      const { people } = await api.put(api.path(['tickets', ticket, 'presence']), { state: word });
      presence.put({ ticket, people });
    } catch {
      // Others see us again with the next beat.
    }
  };
  const again = () => document.hidden || tell(state());
  const now = () => state() !== told && again();
  const first = setTimeout(now, AFTER_MS);
  const timer = setInterval(again, EVERY_MS);
  const hidden = () => (document.hidden ? told && tell('away') : now());
  document.addEventListener('visibilitychange', hidden);
  return {
    /** At once where the state is another than was told. */
    now: () => told && now(),
    stop() {
      clearTimeout(first);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', hidden);
      if (told) tell('away');
    },
  };
}
