// What a row says about its promised time. Pure: clocks and the server's time in, words' ingredients out.

/** Seconds left below which an answer counts as due soon. */
export function soon_limit(target_seconds) {
  return Math.min(3600, Math.max(300, target_seconds * 0.25));
}

/** The clock a page shows: the nearest that is not met, else the first response's result. */
export function nearest(clocks) {
  const open = clocks.filter((clock) => clock.state !== 'met' && !clock.met_at);
  if (open.length === 0) return clocks.find((clock) => clock.target === 'first_response') ?? clocks[0] ?? null;
  const running = open.filter((clock) => clock.state !== 'paused');
  const due = (clock) => (clock.due_at ? Date.parse(clock.due_at) : Infinity);
  return (running.length ? running : open).reduce((a, b) => (due(b) < due(a) ? b : a));
}

/**
 * `state` is one of track, soon, late, paused, met, missed. `seconds` is what is left (track, soon),
 * what has passed since the promise (late, missed) or what the answer took (met).
 */
export function countdown(clock, now) {
  const due = Date.parse(clock.due_at);
  if (clock.met_at) {
    const met = Date.parse(clock.met_at);
    return clock.breached_at || met > due
      ? { state: 'missed', seconds: Math.max(0, Math.round((met - due) / 1000)) }
      : { state: 'met', seconds: Math.max(0, Math.round((met - Date.parse(clock.started_at)) / 1000)) };
  }
  const left = Math.ceil((due - now) / 1000);
  if (clock.state === 'breached' || (left <= 0 && clock.state === 'running')) return { state: 'late', seconds: Math.max(0, -left) };
  if (clock.state === 'paused') return { state: 'paused', seconds: clock.left_seconds ?? Math.max(0, left) };
  return { state: left <= soon_limit(clock.target_seconds) ? 'soon' : 'track', seconds: left };
}

const two = (number) => String(number).padStart(2, '0');

/** Digits and units, apart, because digits stay left-to-right and units follow the interface. */
export function pieces(seconds) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return [{ digits: `${minutes}:${two(seconds % 60)}`, unit: null }];
  if (hours < 24) return [{ digits: `${hours}:${two(minutes % 60)}`, unit: 'hour' }];
  const days = [{ digits: String(Math.floor(hours / 24)), unit: 'day' }];
  return hours % 24 ? [...days, { digits: String(hours % 24), unit: 'hour' }] : days;
}

/** A finished length of time, at most two units, minutes at least one. */
export function length_pieces(seconds) {
  if (seconds < 3600) return [{ digits: String(Math.max(1, Math.round(seconds / 60))), unit: 'minute' }];
  return pieces(seconds);
}
