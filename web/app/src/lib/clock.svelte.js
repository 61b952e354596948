// The server's time as the page believes it, corrected from every answer that carries `now`.
// It rests on the steady clock of the browser, so a wrong or jumping wall clock changes nothing.

let offset = Date.now() - performance.now();

export const time = $state({ now: Date.now() });

export function correct(iso) {
  const server = Date.parse(iso);
  if (Number.isNaN(server)) return;
  offset = server - performance.now();
  time.now = server;
}

/** The page's one timer. */
export function start_clock() {
  setInterval(() => (time.now = performance.now() + offset), 1000);
}
