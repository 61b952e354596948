// One action on several tickets: at once on the page, then on the server, one undo for all of them.
import { deliver, inform, leaves, newest, now_at, offer_undo } from './actions.svelte.js';
import { expected } from './changes.js';
import { time } from './clock.svelte.js';
import { menu, open_menu } from './menu.svelte.js';
import { selection } from './selection.svelte.js';
import { session } from './session.svelte.js';
import { tickets } from './tickets.svelte.js';

/** More than these are changed only after the number was shown. */
export const UNASKED = 25;

/** What waits for a yes: `{count, more, body, go_on}`. */
export const question = new (class { asked = $state.raw(null); })();

function ask(asked) {
  question.asked = asked;
  open_menu('confirm');
}

/** Does `body` to the rows, or to everything the view shows when that is selected. */
export function bulk(rows, body, hints = {}) {
  if (menu.name) open_menu(null);
  if (selection.whole) return bulk_view(body);
  if (rows.length <= UNASKED) return perform(rows, body, hints);
  ask({ count: rows.length, more: false, body, go_on: () => perform(rows, body, hints) });
}

const view_filter = () => ({ view: tickets.view, ...(tickets.queue && { queue: tickets.queue }), ...tickets.filter });

/** The server says how many the view holds, and does it only when that number was confirmed. */
async function bulk_view(body, confirm) {
  const filter = view_filter();
  try {
    const answer = await deliver([], 'tickets/bulk', { ...body, filter, ...(confirm !== undefined && { confirm }) });
    selection.clear();
    told(body, answer);
    await tickets.load();
  } catch (problem) {
    if (problem.code !== 'not_confirmed') return inform('page.bulk.failed', {});
    const { count, more } = problem.body;
    ask({ count, more, body, go_on: () => bulk_view(body, count) });
  }
}

/** Takes out what leaves, changes the rest; returns how to put all of it back. */
function guess(rows, body, hints) {
  const before = rows.map((row) => {
    const seen = tickets.find(row.id) ?? row;
    const after = expected(seen, { ...body, ...hints }, session.person, time.now);
    tickets.fail(row.id, null);
    tickets.replace(after);
    return { seen, version: newest(seen), place: leaves(body.action, after) ? tickets.take_out(row.id) : -1 };
  });
  // The last one taken out knows its place among fewer rows, so it returns first.
  const put_back = (wanted, changed = (seen) => seen) => before.toReversed().forEach(({ seen, place }) => {
    if (!wanted(seen.id)) return;
    if (place >= 0) tickets.put_back(changed(seen), place);
    else tickets.replace(changed(seen));
  });
  return { before, put_back };
}

async function perform(rows, body, hints) {
  const view = view_filter();
  const { before, put_back } = guess(rows, body, hints);
  selection.clear();
  const order = { ...body, tickets: before.map(({ seen, version }) => ({ id: seen.id, version })), ...(rows.length > UNASKED && { confirm: rows.length }) };
  try {
    const answer = await deliver(before.map(({ seen }) => seen.id), 'tickets/bulk', order);
    const refused = new Map(answer.refused.map((each) => [each.id, each]));
    put_back((id) => refused.has(id));
    for (const [id, { code, detail }] of refused) tickets.fail(id, { problem: { code, message: detail, body: {} }, body, seen: null });
    told(body, answer, (versions) => {
      if (JSON.stringify(view) === JSON.stringify(view_filter())) put_back((id) => versions.has(id), (seen) => ({ ...seen, version: versions.get(seen.id) }));
    });
  } catch {
    put_back(() => true);
    inform('page.bulk.failed', {});
  }
}

function told(body, { done, refused }, put_back = () => tickets.load()) {
  for (const { id, version } of done) now_at(id, version);
  const args = { count: done.length, refused: refused.length };
  const key = refused.length ? 'page.bulk.partly' : 'page.bulk.' + body.action;
  if (!done.length) return inform(key, args);
  offer_undo(key, args, async () => {
    const answer = await deliver(done.map(({ id }) => id), 'tickets/bulk', { action: 'undo', tickets: done.map(({ id, event }) => ({ id, event })) });
    for (const { id, version } of answer.done) now_at(id, version);
    put_back(new Map(answer.done.map(({ id, version }) => [id, version])));
    for (const { id, code, detail } of answer.refused) tickets.fail(id, { problem: { code, message: detail, body: {} }, body: { action: 'undo' }, seen: null });
  });
}
