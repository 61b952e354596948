import assert from 'node:assert/strict';
import test from 'node:test';

const kept = new Map();
globalThis.sessionStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) };
const { forget_unsaved, keep_draft, unsaved } = await import('../src/lib/drafts.js');

test('only what the server has not got is kept here, words that were wiped out too', () => {
  assert.equal(unsaved('t1', 'reply'), null);
  keep_draft('t1', 'reply', 'أهلًا');
  assert.equal(unsaved('t1', 'reply'), 'أهلًا');
  assert.equal(unsaved('t1', 'note'), null);
  keep_draft('t1', 'reply', '');
  assert.equal(unsaved('t1', 'reply'), '', 'an empty draft is news for the server');
  forget_unsaved('t1', 'reply');
  assert.equal(unsaved('t1', 'reply'), null);
});
