// What was done and is not answered yet, in the order in which it was done: kept for each account, through a reload, so that it is
// sent again. An entry: `{key, ids, path, body}`, for one ticket also the `version` and the row that were `seen`.

const page = crypto.randomUUID();
/** Keys that this page sends itself. */
const flying = new Set();
let place = null;

// Held for as long as this page lives: other pages leave what is its own alone.
const locks = globalThis.navigator?.locks;
locks?.request(page, () => new Promise(() => {}));

/** Whose actions are kept from now on. */
export const keep_for = (account) => (place = 'unanswered:' + account);

function read() {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? [];
  } catch {
    return [];
  }
}

function write(list) {
  try {
    list.length ? localStorage.setItem(place, JSON.stringify(list)) : localStorage.removeItem(place);
  } catch {
    // Full or forbidden: it is kept for as long as the page lives.
  }
}

/** Keeps an action; returns the key under which it is done once, however often it is sent. */
export function keep_unanswered(entry) {
  const key = crypto.randomUUID();
  flying.add(key);
  write([...read(), { ...entry, key, page }]);
  return key;
}

export const amend = (key, more) => write(read().map((entry) => (entry.key === key ? { ...entry, ...more } : entry)));

/** It was answered; or, with `again`, shall be sent again when somebody has signed in. */
export function let_go(key, again = false) {
  flying.delete(key);
  if (!again) write(read().filter((entry) => entry.key !== key));
}

/** Whoever signs out leaves nothing behind. */
export const drop_all = () => write([]);

/** Takes over what pages that are gone left unanswered, oldest first. */
export async function left_behind() {
  const { held = [] } = (await locks?.query()) ?? {};
  const alive = new Set(held.map(({ name }) => name));
  const found = read().filter((entry) => !flying.has(entry.key) && (entry.page === page || !alive.has(entry.page)));
  for (const { key } of found) {
    flying.add(key);
    amend(key, { page });
  }
  return found;
}
