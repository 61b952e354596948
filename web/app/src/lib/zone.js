// Wall-clock times of the workspace's zone, as the fields of a form hold them, and the instants they mean.

const WALL = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' };

/** Milliseconds that the zone's clocks are ahead of UTC at an instant. */
function ahead(ms, zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en', { ...WALL, timeZone: zone }).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(ms / 1000) * 1000;
}

/** "2026-03-01T12:00" of a zone as an instant; null where it is no time. An hour that clocks leave out counts as the one after it. */
export function instant_of(local, zone) {
  const wall = Date.parse(local + 'Z');
  if (Number.isNaN(wall)) return null;
  const near = wall - ahead(wall, zone);
  const exact = wall - ahead(near, zone);
  return new Date(ahead(exact, zone) === wall - exact ? exact : Math.max(near, exact)).toISOString();
}

/** The value of a `datetime-local` field for an instant. */
export function local_of(iso, zone) {
  const ms = Date.parse(iso);
  return new Date(ms + ahead(ms, zone)).toISOString().slice(0, 16);
}

/** The day of an instant in a zone: "2026-03-01". */
export const day_of = (ms, zone) => local_of(new Date(ms).toISOString(), zone).slice(0, 10);
