import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fill, offered, thanks } from '../src/lib/canned.js';
import { name_at, suggested, with_name } from '../src/lib/colleagues.js';
import { left_of, length_of } from '../src/lib/reply_length.js';

const FORMS = {
  x: { limit: 280, unit: 'weighted', url_length: 23, counts_remote_handles: true },
  bluesky: { limit: 300, unit: 'graphemes', url_length: 0, counts_remote_handles: true },
  mastodon: { limit: 500, unit: 'graphemes', url_length: 23, counts_remote_handles: false },
  telegram: { limit: 4096, unit: 'utf16', url_length: 0, counts_remote_handles: true },
  elsewhere: { limit: 5000, unit: 'bytes', url_length: 0, counts_remote_handles: true },
};

// The daemon is held to the same table.
const table = JSON.parse(readFileSync(new URL('../../../tests/core/reply_lengths.json', import.meta.url), 'utf8'));
for (const { what, text, form, length } of table) test(what, () => assert.equal(length_of(text, FORMS[form]), length));

test('what is left goes below zero, and is unknown without a limit', () => {
  assert.equal(left_of('a'.repeat(281), FORMS.x), -1);
  assert.equal(left_of('a', { limit: 0, unit: 'bytes' }), null);
  assert.equal(left_of('a', undefined), null);
});

const ticket = { number: 4821, queue: 'care', brand: 'nasma', language: 'ar', author: { name: 'هند', handle: 'hind_z' }, sentiment: { label: 'negative' }, customer: null };
const reply = (name, language, more = {}) => ({ name, language, queue: '', text: 'نعتذر', praise: false, ...more });

test('variables are filled in and what nobody knows stays to be seen', () => {
  assert.equal(fill('{author} {handle} {ticket} {brand} {person} {customer} {unknown}', { ticket, person: { name: 'سارة' } }), 'هند @hind_z #4821 nasma سارة {customer} {unknown}');
  assert.equal(fill('{author}', { ticket: { ...ticket, author: { name: '{person}', handle: '' } }, person: { name: 'x' } }), '{person}', 'a name is never read as a variable');
});

test('canned replies of the language come first, of another queue never, and search folds Arabic', () => {
  const replies = [reply('b', 'en'), reply('أ', 'ar-SA'), reply('c', 'ar', { queue: 'sales' }), reply('شكر', 'ar', { praise: true, text: 'شكرًا' })];
  assert.deepEqual(offered(replies, ticket).map(({ name }) => name), ['أ', 'شكر', 'b']);
  assert.deepEqual(offered(replies, ticket, 'شكرا').map(({ name }) => name), ['شكر']);
  assert.equal(thanks(replies, { ...ticket, sentiment: { label: 'positive' } }).name, 'شكر');
  assert.equal(thanks(replies, { ...ticket, language: 'fr' }), null);
});

test('a name is being typed behind an @ that begins a word', () => {
  assert.deepEqual(name_at('ask @Kh', 7), { from: 4, typed: 'Kh' });
  assert.deepEqual(name_at('@', 1), { from: 0, typed: '' });
  assert.deepEqual(name_at('اسأل @سا', 8), { from: 5, typed: 'سا' });
  assert.equal(name_at('mail@example', 12), null);
  assert.equal(name_at('no at all', 5), null);
  assert.equal(name_at('@Kh\nnext', 8), null);
});

test('colleagues who see the brand are suggested by any part of their name, oneself never', () => {
  const people = [{ id: 'a', name: 'Khalid Al-Harbi' }, { id: 'b', name: 'Mona', brands: ['saba'] }, { id: 'c', name: 'Sara' }];
  assert.deepEqual(suggested(people, 'nasma', 'c', 'al').map(({ id }) => id), ['a']);
  assert.deepEqual(suggested(people, 'nasma', 'c', '').map(({ id }) => id), ['a']);
  assert.deepEqual(suggested(people, 'saba', 'c', 'mo').map(({ id }) => id), ['b']);
  assert.deepEqual(with_name('ask @Kh please', { from: 4, typed: 'Kh' }, 'Khalid'), { text: 'ask @Khalid please', caret: 12 });
});
