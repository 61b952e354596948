import assert from 'node:assert/strict';
import test from 'node:test';

const stored = new Map();
globalThis.localStorage = { getItem: (key) => stored.get(key) ?? null, setItem: (key, text) => stored.set(key, text), removeItem: (key) => stored.delete(key) };
const alive = [];
Object.defineProperty(globalThis, 'navigator', { value: { locks: { request: (name) => alive.push({ name }), query: async () => ({ held: alive }) } }, configurable: true });
/** Another page of the same browser. */
const page = (name) => import('../src/lib/kept.js?' + name);
const entry = (id) => ({ ids: [id], path: `tickets/${id}/actions`, body: { action: 'resolve' }, version: 3, seen: { id, number: 7 } });
const keys = (entries) => entries.map(({ key }) => key);

test('what was not answered is taken over by the next page, in order and once', async () => {
  const first = await page('first');
  first.keep_for('p1');
  const one = first.keep_unanswered(entry('t1'));
  const two = first.keep_unanswered(entry('t2'));
  const three = first.keep_unanswered(entry('t1'));
  first.amend(three, { version: 9, undone: true });
  first.let_go(two);
  assert.deepEqual(await first.left_behind(), [], 'it sends its own itself');
  const second = await page('second');
  second.keep_for('p1');
  assert.deepEqual(await second.left_behind(), [], 'the first page still lives');
  alive.shift();
  const left = await second.left_behind();
  assert.deepEqual(keys(left), [one, three]);
  assert.deepEqual([left[1].version, left[1].undone, left[1].body], [9, true, { action: 'resolve' }]);
  assert.deepEqual(await second.left_behind(), []);
  second.let_go(one, true);
  assert.deepEqual(keys(await second.left_behind()), [one], 'it ended with the session and is sent again after signing in');
  second.let_go(one);
  second.let_go(three);
  assert.equal(stored.size, 0, 'nothing stays when all is answered');
});

test('each account has its own, and signing out drops it', async () => {
  const here = await page('third');
  here.keep_for('p1');
  here.keep_unanswered(entry('t1'));
  here.keep_for('p2');
  const other = here.keep_unanswered(entry('t2'));
  here.drop_all();
  assert.deepEqual([...stored.keys()], ['unanswered:p1']);
  assert.ok(!JSON.stringify([...stored]).includes(other));
});

test('a full or broken store stops nothing', async () => {
  const here = await page('fourth');
  here.keep_for('p4');
  stored.set('unanswered:p4', '{broken');
  const whole = localStorage.setItem;
  localStorage.setItem = () => { throw new Error('full'); };
  assert.match(here.keep_unanswered(entry('t1')), /^[0-9a-f-]{36}$/);
  assert.deepEqual(await here.left_behind(), []);
  localStorage.setItem = whole;
});
