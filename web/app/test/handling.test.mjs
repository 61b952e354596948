import assert from 'node:assert/strict';
import test from 'node:test';
import { dispute_step, open_call } from '../src/lib/handling.js';

const event = (id, kind, detail = {}, undone = false) => ({ id, kind, detail, undone });

test('the planned call is the one that was neither held nor taken back', () => {
  assert.equal(open_call([]), null);
  const planned = event('a', 'call_planned', { step: 'call' });
  assert.equal(open_call([planned]), planned);
  assert.equal(open_call([planned, event('b', 'call_held', { refers_to: 'a' })]), null);
  assert.equal(open_call([planned, event('b', 'call_held', { refers_to: 'a' }, true)]), planned);
  assert.equal(open_call([event('a', 'call_planned', {}, true)]), null);
});

test('a dispute goes on with the step behind the last that counts, and begins anew behind the last of all', () => {
  const step = (name, undone) => event(name, 'disputed', { step: name }, undone);
  assert.equal(dispute_step([]), 'problem');
  assert.equal(dispute_step([step('problem')]), 'alternatives');
  assert.equal(dispute_step([step('problem'), step('alternatives', true)]), 'alternatives');
  assert.equal(dispute_step([step('checked')]), 'problem');
});
