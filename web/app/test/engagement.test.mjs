import assert from 'node:assert/strict';
import test from 'node:test';
import { decode } from '../src/lib/csv_file.js';
import { editable, fresh, is_complete, predicate_of, with_field } from '../src/lib/predicate.js';
import { promise_at } from '../src/lib/promise.js';
import { changes, form_of, lines, source_of } from '../src/lib/record.js';
import { actions_of, neighbour, opposite } from '../src/lib/touches.js';
import { bars, MEASURES } from '../src/lib/trust.js';
import { day_of, instant_of, local_of } from '../src/lib/zone.js';

const FIELDS = [{ name: 'tier', kind: 'text', ops: ['is', 'contains', 'known'] }, { name: 'age', kind: 'number', ops: ['at_least', 'is', 'unknown'] }, { name: 'interests', kind: 'list', ops: ['has', 'has_not'] }];

test('a time of the workspace becomes the instant it means, in summer and in winter', () => {
  assert.equal(instant_of('2026-03-01T12:00', 'Asia/Riyadh'), '2026-03-01T09:00:00.000Z');
  assert.equal(instant_of('2026-07-01T12:00', 'Europe/Berlin'), '2026-07-01T10:00:00.000Z');
  assert.equal(instant_of('2026-01-01T12:00', 'Europe/Berlin'), '2026-01-01T11:00:00.000Z');
  assert.equal(instant_of('', 'UTC'), null);
});

test('the hour that spring leaves out counts as the one after it', () => {
  assert.equal(instant_of('2026-03-29T02:30', 'Europe/Berlin'), '2026-03-29T01:30:00.000Z');
  assert.equal(local_of('2026-03-29T01:30:00Z', 'Europe/Berlin'), '2026-03-29T03:30');
});

test('instants come back from the fields they fill', () => {
  for (const zone of ['Asia/Riyadh', 'Africa/Casablanca', 'America/New_York', 'Asia/Kolkata']) {
    for (const at of ['2026-01-15T08:45:00.000Z', '2026-07-15T21:15:00.000Z', '2026-12-31T23:59:00.000Z']) assert.equal(instant_of(local_of(at, zone), zone), at);
  }
  assert.equal(day_of(Date.parse('2026-03-01T22:00:00Z'), 'Asia/Riyadh'), '2026-03-02');
});

test('a predicate survives being edited', () => {
  const predicate = { all: [{ field: 'age', op: 'at_least', value: 30 }, { none: [{ field: 'interests', op: 'has', value: 'tea' }] }, { any: [] }, { field: 'tier', op: 'known' }] };
  assert.deepEqual(predicate_of(editable(predicate), FIELDS), predicate);
  assert.deepEqual(predicate_of(editable({ field: 'tier', op: 'is', value: 'gold' }), FIELDS), { all: [{ field: 'tier', op: 'is', value: 'gold' }] });
  assert.deepEqual(predicate_of(editable(undefined), FIELDS), { all: [] });
});

test('what is not filled in is not complete, in any depth', () => {
  const group = (...parts) => ({ join: 'all', parts });
  assert.ok(is_complete(group(), FIELDS));
  assert.ok(!is_complete(group(fresh(FIELDS[0])), FIELDS));
  assert.ok(is_complete(group({ field: 'age', op: 'unknown', value: '' }), FIELDS));
  assert.ok(!is_complete(group({ join: 'any', parts: [{ field: 'age', op: 'is', value: 'old' }] }), FIELDS));
  assert.ok(!is_complete(group({ field: 'shoe size', op: 'is', value: '42' }), FIELDS));
  assert.ok(!is_complete(group({ field: 'tier', op: 'at_least', value: '1' }), FIELDS));
});

test('a condition keeps what its new field can use', () => {
  assert.deepEqual(with_field({ field: 'tier', op: 'is', value: 'gold' }, FIELDS[1]), { field: 'age', op: 'is', value: '' });
  assert.deepEqual(with_field({ field: 'tier', op: 'contains', value: '7' }, FIELDS[1]), { field: 'age', op: 'at_least', value: '7' });
});

const customer = {
  name: 'هند', name_latin: 'Hind', emails: ['a@example.org'], phones: [], language: 'ar', birthday: null, address: '', tier: 'gold', brand: 'nasma', plan: { name: 'advocates' }, owner: { id: 'p1', name: 'سارة' },
  anniversaries: [{ name: 'wedding', date: '2015-06-01' }], purchases: [{ date: '2026-01-10', amount: 120.5, currency: 'SAR' }], interests: ['coffee'], occasions: ['ramadan'], quiet: [],
  sources: [{ field: 'interests/coffee', source: 'own mentions', confirmed_at: '2026-01-01T00:00:00Z' }, { field: 'interests', source: 'import', confirmed_at: '2025-01-01T00:00:00Z' }],
};

test('a form that nobody touched changes nothing', () => {
  assert.deepEqual(changes(form_of(customer), form_of(customer)), {});
  assert.deepEqual(changes(form_of(), form_of()), {});
});

test('only what was changed is sent, in the shape the record has', () => {
  const form = { ...form_of(customer), emails: ' a@example.org\n\nb@example.org \nb@example.org', birthday: '1990-05-01', owner: '', plan: 'clients for life', notes: ' x ', occasions: [] };
  form.purchases = [{ date: '2026-01-10', amount: '99', currency: 'SAR' }, { date: '', amount: ' ', currency: '' }];
  assert.deepEqual(changes(form_of(customer), form), {
    emails: ['a@example.org', 'b@example.org'], birthday: '1990-05-01', owner: '', plan: 'clients for life', notes: 'x', occasions: [], purchases: [{ date: '2026-01-10', amount: 99, currency: 'SAR' }],
  });
  assert.equal(changes(form_of({ birthday: '1990-05-01' }), form_of()).birthday, null);
  assert.deepEqual(lines('a\r\n a \n'), ['a']);
});

test('a value of a list has its own source, else that of the field', () => {
  assert.equal(source_of(customer, 'interests', 'coffee').source, 'own mentions');
  assert.equal(source_of(customer, 'interests', 'tea').source, 'import');
  assert.equal(source_of(customer, 'name'), null);
});

test('a touch offers what its state allows', () => {
  assert.deepEqual(actions_of({ state: 'planned', channel: 'mail' }), ['send', 'done', 'skip', 'move']);
  assert.deepEqual(actions_of({ state: 'planned', channel: 'phone' }), ['done', 'skip', 'move']);
  assert.deepEqual(actions_of({ state: 'held', channel: 'mail' }), ['skip', 'move']);
  assert.deepEqual(actions_of({ state: 'done', channel: 'mail' }), ['reopen']);
  assert.deepEqual(actions_of({ state: 'planned', channel: 'mail', send_at: '2026-03-01T12:00:00Z' }), ['reopen']);
});

test('a move is taken back to a day that is still to come, everything else by reopening', () => {
  assert.deepEqual(opposite('done', { due_on: '2026-01-01' }, '2026-03-01'), { action: 'reopen' });
  assert.deepEqual(opposite('move', { due_on: '2026-03-01' }, '2026-03-01'), { action: 'move', to: '2026-03-01' });
  assert.equal(opposite('move', { due_on: '2026-02-28' }, '2026-03-01'), null);
});

test('when an item leaves, the next one is current, at the end the one before', () => {
  const items = ['a', 'b', 'c'].map((id) => ({ touch: { id } }));
  assert.deepEqual(['a', 'c', 'x'].map((id) => neighbour(items, id).touch.id), ['b', 'b', 'a']);
  assert.equal(neighbour([items[0]], 'a'), null);
});

test('a promise runs, comes near, and is broken when its time has passed', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  const at = (due_at, more = {}) => promise_at({ state: 'running', due_at, broken_at: null, ...more }, now);
  assert.deepEqual(at('2026-03-01T14:00:00Z'), { state: 'running', seconds: 7200 });
  assert.equal(at('2026-03-01T13:00:00Z').state, 'soon');
  assert.equal(at('2026-03-01T12:00:00Z').state, 'broken');
  assert.equal(at('2026-03-02T12:00:00Z', { broken_at: '2026-03-01T10:00:00Z' }).state, 'broken');
  assert.equal(at('2026-03-01T10:00:00Z', { state: 'kept' }).state, 'kept');
});

test('bars share one scale and fill the box between the best and the worst month', () => {
  const points = [{ promises_kept: 3, promises_broken: 0 }, { promises_kept: 1, promises_broken: 1 }, {}];
  const { base, bars: drawn } = bars(points, MEASURES[0], 40);
  assert.equal(base, 30);
  assert.deepEqual(drawn.map(({ up, down }) => [up, down]), [[30, 0], [10, 10], [0, 0]]);
  assert.equal(bars([{}, {}], MEASURES[0], 40), null);
});

test('a file of an old Arabic spreadsheet is read as one of today', () => {
  assert.deepEqual(decode(new TextEncoder().encode('\ufeffالاسم')), { text: 'الاسم', encoding: 'UTF-8' });
  assert.deepEqual(decode(new Uint8Array([0xc7, 0xe1, 0xc7, 0xd3, 0xe3])), { text: 'الاسم', encoding: 'Windows-1256' });
});
