// What may be done to a planned touch, and how it is taken back.

/** Actions of a touch, the main one first. */
export function actions_of(touch) {
  if (touch.send_at) return ['reopen'];
  if (touch.state === 'done' || touch.state === 'skipped') return ['reopen'];
  const may_send = touch.channel === 'mail' && touch.state === 'planned';
  return [...(may_send ? ['send'] : []), ...(touch.state === 'held' ? [] : ['done']), 'skip', 'move'];
}

/** The action that takes another one back; null where a day that has passed would have to come back. */
export function opposite(action, touch, today) {
  if (action === 'move') return touch.due_on >= today ? { action: 'move', to: touch.due_on } : null;
  return { action: 'reopen' };
}

/** The item that becomes current when one leaves the list. */
export function neighbour(items, id) {
  const at = items.findIndex((item) => item.touch.id === id);
  return at < 0 ? (items[0] ?? null) : (items[at + 1] ?? items[at - 1] ?? null);
}
