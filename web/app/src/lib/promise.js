// What a promise says of itself at a moment.

const SOON_SECONDS = 3600;

/** `{state, seconds}`; running becomes soon within the hour, and broken where its time has passed. `seconds` are what is left. */
export function promise_at({ state, due_at, broken_at }, now) {
  const seconds = Math.ceil((Date.parse(due_at) - now) / 1000);
  if (state !== 'running') return { state, seconds };
  if (broken_at || seconds <= 0) return { state: 'broken', seconds };
  return { state: seconds <= SOON_SECONDS ? 'soon' : 'running', seconds };
}
