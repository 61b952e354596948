import assert from 'node:assert/strict';
import test from 'node:test';
import { belongs, differences, expected, is_late } from '../src/lib/changes.js';
import { fold, matches } from '../src/lib/matches.js';
import { safe_link } from '../src/lib/outside.js';
import { ticket_address, view_address, view_of } from '../src/lib/views.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const me = { id: 'p1', name: 'سارة' };
const clock = { target: 'first_response', state: 'running', due_at: '2026-11-21T12:10:00Z', met_at: null };
const row = { id: 't1', number: 4821, state: 'open', priority: 'high', queue: 'care', author: { name: 'أمل', handle: 'amal_b' }, text: 'طلبتُ القهوةَ قبل ساعة', tags: ['تأخر'], assignee: null, acknowledged_by: null, customer: null, mentions: 1, clocks: [clock] };
const fits = (view, changes = {}, queue = null) => belongs({ ...row, ...changes }, { view, queue, me, now: NOW });

test('a row belongs to the views the server would put it in', () => {
  assert.ok(fits('waiting') && fits('unassigned') && !fits('mine') && !fits('late') && !fits('resolved') && fits('all'));
  assert.ok(fits('mine', { assignee: me }) && !fits('unassigned', { assignee: me }));
  assert.ok(fits('resolved', { state: 'resolved' }) && !fits('waiting', { state: 'resolved' }));
  assert.ok(!fits('waiting', { clocks: [{ ...clock, state: 'met', met_at: '2026-11-21T11:00:00Z' }] }));
  assert.ok(fits('waiting', {}, 'care') && !fits('waiting', {}, 'sales'));
  const member = { incident: { id: 't0', leads: false, folded: true } };
  assert.ok(!fits('waiting', member) && !fits('unassigned', member) && fits('mine', { ...member, assignee: me }));
});

test('a row is late when its time passed, not when its clock is paused or met', () => {
  const late = (changes) => is_late({ ...row, clocks: [{ ...clock, due_at: '2026-11-21T11:59:00Z', ...changes }] }, NOW);
  assert.ok(late({}) && late({ state: 'breached' }));
  assert.ok(!late({ state: 'paused' }) && !late({ state: 'met', met_at: '2026-11-21T11:58:00Z' }));
});

test('an action is expected to do what the server will do', () => {
  assert.deepEqual(expected(row, { action: 'take' }, me).assignee, me);
  assert.deepEqual(expected(row, { action: 'take' }, me).acknowledged_by, me);
  assert.equal(expected(row, { action: 'resolve' }, me).state, 'resolved');
  assert.equal(expected(row, { action: 'reply', text: 'x' }, me), row);
  assert.equal(row.assignee, null);
});

test('what somebody else changed is named', () => {
  assert.deepEqual(differences(row, { ...row, assignee: { id: 'p2', name: 'Dana' } }), [{ what: 'assigned', name: 'Dana' }]);
  assert.deepEqual(differences(row, { ...row, state: 'resolved', priority: 'low' }).map(({ what }) => what), ['resolved', 'priority']);
  assert.deepEqual(differences(row, { ...row, mentions: 3 }), [{ what: 'mentions', count: 2 }]);
  assert.deepEqual(differences(row, { ...row, version: 9 }), [{ what: 'other' }]);
});

test('search forgives vowel signs, alef and teh marbuta', () => {
  assert.equal(fold('الْقَهْوَةُ'), fold('القهوه'));
  assert.ok(matches(row, 'القهوه') && matches(row, 'امل ساعة') && matches(row, '@AMAL') && matches(row, '#4821') && matches(row, '  '));
  assert.ok(!matches(row, 'شاي') && !matches(row, 'amal شاي'));
});

test('only http and https become links', () => {
  assert.equal(safe_link('https://example.org/a').host, 'example.org');
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', '//x', '', null, undefined, 'file:///etc/passwd']) assert.equal(safe_link(bad), null);
});

test('addresses of views and tickets lead back to the same view', () => {
  const back = (address) => view_of(Object.fromEntries(new URL(address, 'http://x').searchParams));
  assert.equal(view_address('waiting'), '/');
  assert.deepEqual(back(view_address('late', 'care & co')), { view: 'late', queue: 'care & co', filter: {} });
  assert.deepEqual(back(ticket_address('a/b', 'mine')), { view: 'mine', queue: null, filter: {} });
  assert.ok(ticket_address('a/b', 'mine').startsWith('/tickets/a%2Fb'));
  assert.deepEqual(view_of({ view: 'nonsense' }), { view: 'waiting', queue: null, filter: {} });
});
