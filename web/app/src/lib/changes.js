// What an action is expected to do to a row before the server has answered, and what somebody else did meanwhile.

export const VIEWS = ['waiting', 'late', 'mine', 'unassigned', 'snoozed', 'resolved'];

/** Views in which a member of an incident stands below its incident's ticket. */
const FOLDED = new Set(['waiting', 'late', 'unassigned']);

const unmet = (clock) => !clock.met_at && clock.state !== 'met';

export function is_late(row, now) {
  return row.state === 'open' && row.clocks.some((clock) => unmet(clock) && (clock.state === 'breached' || (clock.state === 'running' && Date.parse(clock.due_at) <= now)));
}

export const is_snoozed = (row, now) => Boolean(row.snoozed_until && Date.parse(row.snoozed_until) > now);

const LIMITS = {
  state: (row, word) => row.state === word,
  assignee: (row, word, me) => (word === 'none' ? !row.assignee : row.assignee?.id === (word === 'me' ? me.id : word)),
  priority: (row, word) => row.priority === word,
  platform: (row, word) => row.platform === word,
  source: (row, word) => row.source === word,
  brand: (row, word) => row.brand === word,
  language: (row, word) => row.language === word,
  sentiment: (row, word) => row.sentiment.label === word,
  label: (row, word) => row.labels?.includes(word),
  tag: (row, word) => row.tags.includes(word),
};

/** Whether a row belongs to a view, judged as the server does. */
export function belongs(row, { view, queue, filter = {}, me, now }) {
  if ((queue && row.queue !== queue) || (row.incident?.folded && FOLDED.has(view))) return false;
  if (!Object.entries(filter).every(([name, word]) => LIMITS[name](row, word, me))) return false;
  const open = row.state === 'open';
  switch (view) {
    case 'waiting': return open && row.clocks.some(unmet) && !is_snoozed(row, now);
    case 'late': return is_late(row, now);
    case 'mine': return open && row.assignee?.id === me.id && !is_snoozed(row, now);
    case 'unassigned': return open && !row.assignee && !is_snoozed(row, now);
    case 'snoozed': return open && is_snoozed(row, now);
    case 'resolved': return row.state === 'resolved';
    default: return true;
  }
}

/** The row as it will look when the action succeeds. The server's answer replaces it. */
export function expected(row, body, me, now = 0) {
  const who = { id: me.id, name: me.name };
  switch (body.action) {
    case 'take': return { ...row, assignee: who, acknowledged_by: row.acknowledged_by ?? who };
    case 'release': return { ...row, assignee: null };
    case 'acknowledge': return { ...row, acknowledged_by: row.acknowledged_by ?? who };
    case 'priority': return { ...row, priority: body.priority };
    case 'assign': return { ...row, assignee: { id: body.person, name: body.name ?? '' } };
    case 'snooze': return { ...row, snoozed_until: body.until ?? new Date(now + 3600e3).toISOString() };
    case 'wake': return { ...row, snoozed_until: null };
    case 'label': return { ...row, labels: [...(row.labels ?? []), body.label] };
    case 'unlabel': return { ...row, labels: (row.labels ?? []).filter((label) => label !== body.label) };
    case 'resolve': return { ...row, state: 'resolved', snoozed_until: null };
    case 'reopen': return { ...row, state: 'open' };
    default: return row;
  }
}

/** What differs between the row a person saw and the row as it is: words' ingredients, most telling first. */
export function differences(seen, actual) {
  const result = [];
  if (seen.state !== actual.state) result.push({ what: actual.state });
  if (seen.assignee?.id !== actual.assignee?.id) result.push(actual.assignee ? { what: 'assigned', name: actual.assignee.name } : { what: 'released' });
  if ((seen.snoozed_until ?? null) !== (actual.snoozed_until ?? null)) result.push({ what: actual.snoozed_until ? 'snoozed' : 'woken' });
  if (String(seen.labels ?? '') !== String(actual.labels ?? '')) result.push({ what: 'labels' });
  if (seen.priority !== actual.priority) result.push({ what: 'priority', priority: actual.priority });
  if (seen.mentions !== actual.mentions) result.push({ what: 'mentions', count: actual.mentions - seen.mentions });
  const met = (row) => row.clocks.filter((clock) => !unmet(clock)).length;
  if (met(seen) < met(actual)) result.push({ what: 'answered' });
  return result.length ? result : [{ what: 'other' }];
}
