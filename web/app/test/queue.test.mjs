import assert from 'node:assert/strict';
import test from 'node:test';
import { on_duty } from '../src/lib/on_duty.js';
import { belongs, differences, expected, is_snoozed } from '../src/lib/changes.js';
import { offer, run } from '../src/lib/commands.js';
import { tidy, values_in } from '../src/lib/filter_words.js';
import { trouble } from '../src/lib/trouble.js';
import { FILTERS, same_view, view_address, view_of } from '../src/lib/views.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const me = { id: 'p1', name: 'سارة' };
const row = {
  id: 't1', number: 4821, state: 'open', priority: 'high', queue: 'care', brand: 'nasma', platform: 'mastodon', source: 'fedi', language: 'ar', sentiment: { label: 'negative' },
  tags: ['safety'], labels: ['refund'], snoozed_until: null, assignee: me, clocks: [{ target: 'first_response', state: 'running', due_at: '2026-11-21T12:10:00Z', met_at: null }],
};
const FITTING = { state: 'open', assignee: 'me', priority: 'high', platform: 'mastodon', source: 'fedi', brand: 'nasma', language: 'ar', sentiment: 'negative', label: 'refund', tag: 'safety' };
const fits = (filter, changes = {}, view = 'all') => belongs({ ...row, ...changes }, { view, queue: null, filter, me, now: NOW });

test('every part of a filter holds a row back that it does not fit', () => {
  assert.deepEqual(Object.keys(FITTING).sort(), [...FILTERS].sort());
  assert.ok(fits(FITTING));
  for (const part of FILTERS) assert.ok(!fits({ ...FITTING, [part]: 'another' }), part);
  assert.ok(fits({ assignee: 'none' }, { assignee: null }) && !fits({ assignee: 'none' }) && fits({ assignee: 'p1' }));
});

test('a filter is in the address and comes back from it', () => {
  const back = (address) => view_of(Object.fromEntries(new URL(address, 'http://x').searchParams));
  const filter = { label: 'late & "lost"', tag: 'قهوة' };
  assert.deepEqual(back(view_address('late', 'care', filter)), { view: 'late', queue: 'care', filter });
  assert.deepEqual(back('/?view=all&limit=9&label='), { view: 'all', queue: null, filter: {} });
  assert.ok(same_view({ view: 'all', queue: null, filter }, { view: 'all', queue: null, filter: { tag: 'قهوة', label: 'late & "lost"' } }));
  assert.ok(!same_view({ view: 'all', queue: null, filter }, { view: 'all', queue: null, filter: {} }));
});

test('what is snoozed leaves what waits until its time, and is late all the same', () => {
  const snoozed = { snoozed_until: '2026-11-21T13:00:00Z' };
  for (const view of ['waiting', 'mine']) assert.ok(fits({}, {}, view) && !fits({}, snoozed, view), view);
  assert.ok(!fits({}, { ...snoozed, assignee: null }, 'unassigned') && fits({}, snoozed, 'snoozed') && !fits({}, {}, 'snoozed'));
  const late = { ...snoozed, clocks: [{ ...row.clocks[0], due_at: '2026-11-21T11:00:00Z' }] };
  assert.ok(fits({}, late, 'late'));
  assert.ok(!is_snoozed({ snoozed_until: '2026-11-21T12:00:00Z' }, NOW), 'it wakes on the minute');
});

test('labelling, snoozing and assigning are expected as the server will do them', () => {
  const guess = (body) => expected(row, body, me, NOW);
  assert.deepEqual(guess({ action: 'label', label: 'vip' }).labels, ['refund', 'vip']);
  assert.deepEqual(guess({ action: 'unlabel', label: 'refund' }).labels, []);
  assert.ok(is_snoozed(guess({ action: 'snooze', for: 'tomorrow' }), NOW));
  assert.equal(guess({ action: 'snooze', until: '2026-12-01T00:00:00Z' }).snoozed_until, '2026-12-01T00:00:00Z');
  assert.equal(expected({ ...row, snoozed_until: 'x' }, { action: 'wake' }, me, NOW).snoozed_until, null);
  assert.deepEqual(guess({ action: 'assign', person: 'p2', name: 'Dana' }).assignee, { id: 'p2', name: 'Dana' });
  assert.deepEqual(differences(row, { ...row, snoozed_until: 'x', labels: [] }).map(({ what }) => what), ['snoozed', 'labels']);
});

test('a filter offers what the rows have and keeps what was chosen', () => {
  const rows = [row, { ...row, labels: ['vip', 'refund'], platform: 'youtube' }];
  assert.deepEqual(values_in(rows, 'label', ''), ['refund', 'vip']);
  assert.deepEqual(values_in(rows, 'platform', 'reddit'), ['mastodon', 'reddit', 'youtube']);
  assert.deepEqual(values_in([{ ...row, labels: undefined }], 'label', ''), []);
  assert.deepEqual(tidy({ label: '', tag: 'x' }), { tag: 'x' });
});

test('the line above the queue tells the worst and counts the rest', () => {
  const failing = { sources: [{ name: 'fedi' }], mail: { count: 3 }, can_fix: [] };
  assert.equal(trouble(null, 0), null);
  assert.equal(trouble({ sources: [], mail: null }, 30000), null, 'half a minute is no trouble');
  assert.deepEqual(trouble(failing, 0), { what: 'sources', count: 1, name: 'fedi', others: 1 });
  assert.deepEqual(trouble({ sources: [], mail: { count: 3 } }, -300000), { what: 'mail', count: 3, others: 1 });
  assert.deepEqual(trouble(null, -31000), { what: 'clock', minutes: 1, others: 0 });
});

test('what is selected is asked before what is open, whichever came last', () => {
  const heard = [];
  const named = (name) => ({ resolve: () => void heard.push(name) });
  const page = offer(named('page'));
  const selected = offer(named('selection'), { above: true });
  const pane = offer(named('pane'));
  run('resolve');
  selected();
  run('resolve');
  pane();
  run('resolve');
  page();
  assert.equal(run('resolve'), false);
  assert.deepEqual(heard, ['selection', 'pane', 'page']);
});

test('an escalation by hand goes to who is on call, else to the managers who are here, else to all of them', () => {
  const people = [{ id: 'sara', role: 'moderator' }, { id: 'mona', role: 'manager', present: false }, { id: 'adam', role: 'admin', present: true }];
  const told = (rotas, me = 'sara', present = true) => on_duty({ people: people.map((each) => ({ ...each, present: each.present && present })), rotas }, me).map(({ id }) => id);
  assert.deepEqual(told([{ on_call: { id: 'mona' } }, { on_call: null }]), ['mona']);
  assert.deepEqual(told([]), ['adam']);
  assert.deepEqual(told([{ on_call: null }], 'sara', false), ['mona', 'adam']);
  assert.deepEqual(told([{ on_call: { id: 'mona' } }], 'mona'), ['adam'], 'not oneself');
});
