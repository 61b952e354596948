// The one thing that the line above the queue tells: the worst first. Pure.

const SKEW_MS = 30000;

/** `{what: sources | mail | clock, others, …}`, or null. `skew`: milliseconds this computer's clock is ahead of the server's. */
export function trouble(notices, skew) {
  const found = [];
  const sources = notices?.sources ?? [];
  if (sources.length) found.push({ what: 'sources', count: sources.length, name: sources[0].name });
  if (notices?.mail) found.push({ what: 'mail', count: notices.mail.count });
  if (Math.abs(skew) > SKEW_MS) found.push({ what: 'clock', minutes: Math.max(1, Math.round(Math.abs(skew) / 60000)) });
  return found.length ? { ...found[0], others: found.length - 1 } : null;
}
