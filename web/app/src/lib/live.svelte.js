// The stream of events. The browser resumes it with Last-Event-ID; when it gives up for good, this tries again.
import * as api from './api.js';
import { correct, time } from './clock.svelte.js';

/** `since`: when the connection was lost, null while it stands. */
export const live = $state({ connected: false, since: null });

const SILENCE_MS = 40000;
const RETRY_MS = 5000;

const listeners = new Map();
let stream = null;
let watchdog = null;
let retry = null;
let trying = false;

/** Calls `listener(data)` for every event of that name; `lost_some` is sent when events may have been missed. */
export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  return () => listeners.set(name, listeners.get(name).filter((other) => other !== listener));
}

/** Hands an event to the listeners; an answer to one's own action is news like any other. */
export const tell = (name, data) => listeners.get(name)?.forEach((listener) => listener(data));

function heard() {
  clearTimeout(watchdog);
  watchdog = setTimeout(() => { lost(); reopen(); }, SILENCE_MS);
  if (live.connected) return;
  const was_lost = live.since !== null;
  Object.assign(live, { connected: true, since: null });
  if (!was_lost) return;
  tell('lost_some');
  tell('reached');
}

function lost() {
  if (!live.connected && live.since) return;
  Object.assign(live, { connected: false, since: time.now });
}

async function reopen() {
  if (!stream || trying) return;
  stream.close();
  clearTimeout(retry);
  trying = true;
  try {
    await api.get('session');
    if (stream) connect();
  } catch (problem) {
    if (problem.status !== 401) retry = setTimeout(reopen, RETRY_MS);
  } finally {
    trying = false;
  }
}

// A stream that was open before the network went would notice it much later.
addEventListener('offline', () => {
  if (!stream) return;
  stream.close();
  lost();
});
addEventListener('online', reopen);

export function disconnect() {
  clearTimeout(watchdog);
  stream?.close();
  stream = null;
  Object.assign(live, { connected: false, since: null });
}

export function connect() {
  stream?.close();
  stream = new EventSource('/api/v1/events');
  stream.onopen = heard;
  stream.onerror = () => {
    lost();
    if (stream?.readyState === EventSource.CLOSED) retry = setTimeout(reopen, RETRY_MS);
  };
  for (const name of ['hello', 'heartbeat', 'ticket', 'counts', 'mail', 'source', 'presence', 'reset', 'bye']) {
    stream.addEventListener(name, (event) => {
      heard();
      const data = event.data ? JSON.parse(event.data) : {};
      if (data.now) correct(data.now);
      tell(name === 'reset' ? 'lost_some' : name, data);
    });
  }
}
