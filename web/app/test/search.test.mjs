import assert from 'node:assert/strict';
import test from 'node:test';
import { asked_of, emptiness, filters_of, FILTERS, search_address } from '../src/lib/search_asked.js';

const back = (address) => asked_of(Object.fromEntries(new URL(address, 'http://x').searchParams));

test('what is asked for stands in the address and comes back from it', () => {
  const asked = { q: 'قهوة "late order" -x & y=#1', state: 'open', tag: 'وسم عربي', since: '2026-03-01' };
  assert.deepEqual(back(search_address(asked)), asked);
  const all = Object.fromEntries(['q', ...FILTERS].map((name, index) => [name, 'value ' + index]));
  assert.deepEqual(back(search_address(all)), all);
});

test('nothing asked for is the plain address', () => {
  assert.equal(search_address({}), '/search');
  assert.equal(search_address({ q: '  ', tag: '', state: undefined }), '/search');
});

test('an address may hold what is no filter', () => {
  assert.deepEqual(asked_of({ q: ' a ', limit: '9', after: '1', __proto__: null, nonsense: 'x' }), { q: 'a' });
});

test('only filters count as filters', () => {
  assert.deepEqual(filters_of({ q: 'a' }), []);
  assert.deepEqual(filters_of({ q: 'a', tag: 'b', state: 'open' }), ['state', 'tag']);
});

test('nothing found is one of three', () => {
  assert.equal(emptiness({}), 'unasked');
  assert.equal(emptiness({ q: 'a' }), 'unsaid');
  assert.equal(emptiness({ q: 'a', tag: 'b' }), 'filtered');
  assert.equal(emptiness({ tag: 'b' }), 'filtered');
});
