// The server's time as the page believes it, corrected from every answer that carries `now`.
// It rests on the steady clock of the browser, so a wrong or jumping wall clock changes nothing.

let offset = Date.now() - performance.now();

/** `skew`: milliseconds by which this computer's clock is ahead of the server's. */
export const time = $state({ now: Date.now(), skew: 0 });

export function correct(iso) {
  const server = Date.parse(iso);
  if (Number.isNaN(server)) return;
  offset = server - performance.now();
  time.skew = Date.now() - server;
  time.now = server;
}

/** The page's one timer. */
export function start_clock() {
  setInterval(() => (time.now = performance.now() + offset), 1000);
}
