// What a ticket's history says of calls and disputes. Pure.

export const DISPUTE = ['problem', 'alternatives', 'agreement', 'checked'];
export const INTERVENTIONS = ['cited', 'warned', 'hidden', 'muted', 'handed_on'];

const counts = (history, kind) => history.filter((event) => event.kind === kind && !event.undone);

/** The call that is planned and was not held, or null. */
export function open_call(history) {
  const held = new Set(counts(history, 'call_held').map((event) => event.detail.refers_to));
  return counts(history, 'call_planned').findLast((event) => !held.has(event.id)) ?? null;
}

/** The step of a dispute that comes next; after the last a new one begins. */
export function dispute_step(history) {
  const last = counts(history, 'disputed').at(-1)?.detail.step;
  return DISPUTE[(DISPUTE.indexOf(last) + 1) % DISPUTE.length];
}
