// What an earlier page left unanswered is sent again, one after the other; meanwhile its tickets are shown as waiting.
import { deliver, inform, in_turn, newest_of, now_at, send, wait_for } from './actions.svelte.js';
import { left_behind } from './kept.js';
import { tell } from './live.svelte.js';
import { tickets } from './tickets.svelte.js';

export async function resume() {
  const left = await left_behind();
  for (const { ids } of left) wait_for(ids, true);
  let before = Promise.resolve();
  for (const entry of left) {
    const after = before;
    const work = () => after.then(() => once_more(entry)).finally(() => wait_for(entry.ids, false));
    before = entry.ids.length === 1 ? in_turn(entry.ids[0], work) : work();
  }
  await before;
  if (left.length) tickets.catch_up();
}

async function once_more({ key, ids, path, body, version, seen, undone }) {
  const known = newest_of(ids[0], version);
  try {
    const answer = await deliver(ids, path, body, version === undefined ? {} : { 'If-Match': String(known) }, key);
    for (const { id, code, detail } of answer.refused ?? []) tickets.fail(id, { problem: { code, message: detail, body: {} }, body, seen: null });
    if (!answer.ticket) return;
    now_at(answer.ticket.id, answer.ticket.version);
    tell('ticket', { ticket: answer.ticket });
    // It was taken back before it was known to be done.
    if (undone) send(answer.ticket, { action: 'undo', event: answer.event }).then(({ ticket }) => tell('ticket', { ticket }), () => {});
  } catch (problem) {
    if (problem.status === 401) return;
    if (!seen) return inform('page.bulk.failed', {});
    if (problem.code === 'stale_version') {
      now_at(seen.id, problem.body.ticket.version);
      tickets.heard(problem.body.ticket);
    }
    if (undone) return;
    tickets.fail(seen.id, { problem, body, seen });
    inform('page.waiting.refused', { number: seen.number });
  }
}
