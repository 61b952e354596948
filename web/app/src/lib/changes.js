// What an action is expected to do to a row before the server has answered, and what somebody else did meanwhile.

export const VIEWS = ['waiting', 'late', 'mine', 'unassigned', 'resolved'];

const unmet = (clock) => !clock.met_at && clock.state !== 'met';

export function is_late(row, now) {
  return row.state === 'open' && row.clocks.some((clock) => unmet(clock) && (clock.state === 'breached' || (clock.state === 'running' && Date.parse(clock.due_at) <= now)));
}

/** Whether a row belongs to a view, judged as the server does. */
export function belongs(row, { view, queue, me, now }) {
  if ((queue && row.queue !== queue) || (row.incident?.folded && view !== 'mine')) return false;
  switch (view) {
    case 'waiting': return row.state === 'open' && row.clocks.some(unmet);
    case 'late': return is_late(row, now);
    case 'mine': return row.state === 'open' && row.assignee?.id === me.id;
    case 'unassigned': return row.state === 'open' && !row.assignee;
    case 'resolved': return row.state === 'resolved';
    default: return true;
  }
}

/** The row as it will look when the action succeeds. The server's answer replaces it. */
export function expected(row, body, me) {
  const who = { id: me.id, name: me.name };
  switch (body.action) {
    case 'take': return { ...row, assignee: who, acknowledged_by: row.acknowledged_by ?? who };
    case 'release': return { ...row, assignee: null };
    case 'acknowledge': return { ...row, acknowledged_by: row.acknowledged_by ?? who };
    case 'priority': return { ...row, priority: body.priority };
    case 'resolve': return { ...row, state: 'resolved' };
    case 'reopen': return { ...row, state: 'open' };
    default: return row;
  }
}

/** What differs between the row a person saw and the row as it is: words' ingredients, most telling first. */
export function differences(seen, actual) {
  const result = [];
  if (seen.state !== actual.state) result.push({ what: actual.state });
  if (seen.assignee?.id !== actual.assignee?.id) result.push(actual.assignee ? { what: 'assigned', name: actual.assignee.name } : { what: 'released' });
  if (seen.priority !== actual.priority) result.push({ what: 'priority', priority: actual.priority });
  if (seen.mentions !== actual.mentions) result.push({ what: 'mentions', count: actual.mentions - seen.mentions });
  const met = (row) => row.clocks.filter((clock) => !unmet(clock)).length;
  if (met(seen) < met(actual)) result.push({ what: 'answered' });
  return result.length ? result : [{ what: 'other' }];
}
