import assert from 'node:assert/strict';
import test from 'node:test';
import { CHANGEABLE, changed, clashing } from '../src/lib/key_choices.js';
import { KINDS, by_field, kinds_named, members, to_field } from '../src/lib/kinds.js';
import { command, current, prefer } from '../src/lib/keys.js';

test("a person's own keys stand in place of the usual ones, and every button prints them", () => {
  prefer({ keys: { resolve: 'q', take: '', note: 'e' } });
  assert.equal(command('q'), 'resolve');
  assert.equal(command('e'), 'note', 'a key that is free may do something else');
  assert.equal(command('m'), null);
  assert.equal(command('n'), null, 'the usual key of a changed command does nothing');
  assert.equal(command('m', { prefix: true }), 'go_mine', 'places stay');
  assert.equal(command('ArrowDown'), 'next');
  assert.equal(current('e'), 'q');
  assert.equal(current('m'), '', 'none is printed');
  assert.equal(current('n'), 'e');
  assert.equal(current('r'), 'r');
  assert.equal(current('Ctrl ⏎'), 'Ctrl ⏎');
  prefer({});
  assert.equal(command('e'), 'resolve');
  assert.equal(current('e'), 'e');
});

test('a key that was taken from a command is printed for the other alone', () => {
  prefer({ keys: { resolve: 'r' } });
  assert.equal(command('r'), 'resolve');
  assert.equal(current('r'), '', 'reply has lost it');
  assert.equal(current('e'), 'r');
  prefer({});
});

test('with single keys off nothing is printed that does nothing', () => {
  prefer({ single_keys: false });
  assert.equal(command('e'), null);
  assert.equal(command('Escape'), 'back');
  assert.equal(current('e'), '');
  assert.equal(current('Enter'), 'Enter');
  prefer({});
});

test('only what differs from the usual keys is kept, and two commands never share one', () => {
  const usual = Object.fromEntries(CHANGEABLE);
  assert.deepEqual(changed(usual), {});
  assert.deepEqual(changed({ ...usual, resolve: 'q', take: '' }), { resolve: 'q', take: '' });
  assert.equal(clashing(usual).size, 0);
  assert.deepEqual([...clashing({ ...usual, resolve: 'r' })].sort(), ['reply', 'resolve']);
  assert.deepEqual([...clashing({ ...usual, resolve: 'g' })], ['resolve'], 'g begins the keys for places');
  assert.equal(clashing({ ...usual, resolve: '', reply: '' }).size, 0);
});

test('an item goes through its form unchanged', () => {
  const items = {
    calendars: { time_zone: 'Asia/Riyadh', hours: { sun: ['09:00-12:30', '13:30-16:00'] }, holidays: ['2026-09-23', 'hijri:10-01'] },
    ladders: { steps: [{ at: '50%', to: 'role:moderator', by: 'mail' }, { unacknowledged: '30m', to: 'role:manager', by: 'mail' }] },
    people: { email: 'sara@example.org', role: 'moderator', language: 'ar', brands: ['nasma'], languages: ['ar', 'en'], skills: [], capacity: 20, quiet: '22:00-07:00', updates: true, digest: false },
  };
  for (const [kind, item] of Object.entries(items)) {
    const { fields } = KINDS[kind];
    const held = Object.fromEntries(fields.map((field) => [field.name, to_field(field, item[field.name])]));
    assert.deepEqual(members(fields, held), item, kind);
  }
});

test('what is left empty is not sent, and lists take both commas', () => {
  const { fields } = KINDS.people;
  const held = Object.fromEntries(fields.map((field) => [field.name, to_field(field, null)]));
  const sent = members(fields, { ...held, email: ' a@b.c ', skills: 'x، y ,, z' });
  assert.equal(sent.email, 'a@b.c');
  assert.deepEqual(sent.skills, ['x', 'y', 'z']);
  assert.ok(!('capacity' in sent) && !('quiet' in sent));
});

test('an error stands at the field that it names', () => {
  const { fields } = KINDS.ladders;
  const found = by_field([{ what: 'a step has `at` or `unacknowledged`' }, { what: 'somebody else' }], fields);
  assert.deepEqual(Object.keys(found).sort(), ['', 'steps']);
});

test('a form offers the names that its fields ask for', () => {
  assert.deepEqual(kinds_named(KINDS.queues), ['calendars', 'ladders']);
  assert.deepEqual(kinds_named(KINDS.rotas), ['people']);
});
