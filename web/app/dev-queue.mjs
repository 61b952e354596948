// Filters, saved views, bulk actions, snoozing and labels of the stand-in daemon.
import { belongs } from './src/lib/changes.js';
import { view_of } from './src/lib/views.js';

const NINE = 9 * 3600e3;
const RIYADH = 3 * 3600e3;

/** Whether a row is in the list that a query asks for. */
export function in_list(row, query, me) {
  const words = view_of(Object.fromEntries(query));
  return belongs(row, { ...words, me, now: Date.now() });
}

/** What these actions do to a row; the kind of the event. */
export function set_aside(row, body, people) {
  const iso = (ms) => new Date(ms).toISOString();
  switch (body.action) {
    case 'snooze':
      row.snoozed_until = body.until ?? iso(body.for === 'hour' ? Date.now() + 3600e3 : (Math.floor((Date.now() + RIYADH) / 86400e3) + 1) * 86400e3 - RIYADH + NINE);
      return 'snoozed';
    case 'wake': row.snoozed_until = null; return 'woken';
    case 'label': row.labels = [...(row.labels ?? []), body.label]; return 'labelled';
    case 'unlabel': row.labels = (row.labels ?? []).filter((label) => label !== body.label); return 'unlabelled';
    case 'assign': {
      const { id, name } = Object.values(people).find((person) => person.id === body.person);
      row.assignee = { id, name };
      return 'assigned';
    }
    default: return null;
  }
}

/** `act(ticket, body, me)` does one action. */
export function queue_routes({ tickets, refuse, act, sources }) {
  const views = [{ name: 'سلامة', shared: true, made_by: { id: 'p2', name: 'Dana' }, editable: false, filter: { view: 'waiting', priority: 'critical' } }];
  const rows = () => [...tickets.values()].map(({ row }) => row);
  const counted = (view, me) => {
    const count = rows().filter((row) => in_list(row, new Map(Object.entries(view.filter)), me)).length;
    return { ...view, count: { count: Math.min(99, count), more: count > 99 } };
  };

  function bulk({ body, me }) {
    const { tickets: listed, filter, confirm, ...order } = body;
    const items = listed ?? rows().filter((row) => in_list(row, new Map(Object.entries(filter)), me)).slice(0, 500).map(({ id, version }) => ({ id, version }));
    if (order.action !== 'undo' && (filter || items.length > 25) && confirm !== items.length) refuse(409, 'not_confirmed', { count: items.length, more: false });
    const answer = { done: [], refused: [], more: false };
    for (const { id, version, event } of items) {
      const ticket = tickets.get(id);
      if (order.action !== 'undo' && ticket.row.version !== version) answer.refused.push({ id, number: ticket.row.number, code: 'stale_version', detail: 'the ticket has changed meanwhile' });
      else {
        const made = act(ticket, order.action === 'undo' ? { action: 'undo', event } : order, me);
        answer.done.push({ id, version: ticket.row.version, event: made.event });
      }
    }
    return answer;
  }

  return [
    ['GET', /^views$/, ({ me }) => ({ views: views.map((view) => counted(view, me)) })],
    ['PUT', /^views\/([^/]+)$/, ({ ids: [name], body, me }) => {
      const { id, name: made_by } = me;
      const view = { name, shared: Boolean(body.shared), made_by: { id, name: made_by }, editable: true, filter: body.filter };
      const at = views.findIndex((other) => other.name === name && other.shared === view.shared);
      views.splice(at < 0 ? views.length : at, at < 0 ? 0 : 1, view);
      return counted(view, me);
    }],
    ['DELETE', /^views\/([^/]+)$/, ({ ids: [name], query }) => {
      views.splice(views.findIndex((view) => view.name === name && view.shared === (query.get('shared') === 'true')), 1);
      return null;
    }],
    ['POST', /^tickets\/bulk$/, bulk],
    ['GET', /^notices$/, () => ({ now: new Date().toISOString(), sources: sources(Date.now()).filter(({ state }) => state !== 'healthy'), mail: null, can_fix: [{ id: 'p3', name: 'Omar' }] })],
  ];
}

