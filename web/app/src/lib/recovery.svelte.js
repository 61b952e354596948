// While the stream of events is lost the queue is asked for, so that it stays true and what was done meanwhile gets through.
import { live, tell } from './live.svelte.js';
import { tickets } from './tickets.svelte.js';

const POLL_MS = 15000;

/** Asks every 15 s until the returned function is called. */
export function poll_while_lost() {
  const timer = setInterval(async () => {
    if (live.since !== null && (await tickets.catch_up())) tell('reached');
  }, POLL_MS);
  return () => clearInterval(timer);
}
