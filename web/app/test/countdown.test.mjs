import assert from 'node:assert/strict';
import test from 'node:test';
import { countdown, length_pieces, nearest, pieces, soon_limit } from '../src/lib/countdown.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const at = (seconds) => new Date(NOW + seconds * 1000).toISOString();
const clock = (fields) => ({ target: 'first_response', state: 'running', started_at: at(-600), due_at: at(300), met_at: null, breached_at: null, target_seconds: 900, resumes_at: null, ...fields });

test('the soon limit is a quarter of the target between five minutes and an hour', () => {
  assert.equal(soon_limit(900), 300);
  assert.equal(soon_limit(7200), 1800);
  assert.equal(soon_limit(8 * 3600), 3600);
});

test('a clock turns from on track to due soon to late at the very second', () => {
  assert.deepEqual(countdown(clock({ due_at: at(301) }), NOW), { state: 'track', seconds: 301 });
  assert.deepEqual(countdown(clock({ due_at: at(300) }), NOW), { state: 'soon', seconds: 300 });
  assert.deepEqual(countdown(clock({ due_at: at(1) }), NOW), { state: 'soon', seconds: 1 });
  assert.deepEqual(countdown(clock({ due_at: at(0) }), NOW), { state: 'late', seconds: 0 });
  assert.deepEqual(countdown(clock({ due_at: at(-760), state: 'breached', breached_at: at(-760) }), NOW), { state: 'late', seconds: 760 });
});

test('a paused clock stays paused even when its old due time has passed', () => {
  assert.equal(countdown(clock({ state: 'paused', due_at: at(-5) }), NOW).state, 'paused');
});

test('a clock that a status stopped has no due time: it says what is left, and any that runs comes before it', () => {
  const stopped = clock({ state: 'paused', due_at: null, left_seconds: 420 });
  assert.deepEqual(countdown(stopped, NOW), { state: 'paused', seconds: 420 });
  assert.equal(nearest([stopped, clock({ target: 'resolution', due_at: at(9000) })]).target, 'resolution');
  assert.equal(nearest([stopped, clock({ target: 'resolution', state: 'paused', due_at: null, left_seconds: 1 })]), stopped);
});

test('a met clock says how long it took, a missed one by how much', () => {
  assert.deepEqual(countdown(clock({ state: 'met', met_at: at(0), due_at: at(300) }), NOW), { state: 'met', seconds: 600 });
  assert.deepEqual(countdown(clock({ state: 'met', met_at: at(0), due_at: at(-720), breached_at: at(-720) }), NOW), { state: 'missed', seconds: 720 });
});

test('the nearest clock is the first due that runs, then a paused one, then the first response', () => {
  const reply = clock({});
  const solve = clock({ target: 'resolution', due_at: at(9000) });
  assert.equal(nearest([solve, reply]), reply);
  assert.equal(nearest([{ ...reply, state: 'paused' }, solve]), solve);
  assert.equal(nearest([{ ...reply, state: 'met', met_at: at(-1) }, solve]), solve);
  const met = { ...reply, state: 'met', met_at: at(-1) };
  assert.equal(nearest([{ ...solve, state: 'met', met_at: at(-1) }, met]), met);
  assert.equal(nearest([]), null);
});

test('digits change form at an hour and at a day', () => {
  assert.deepEqual(pieces(0), [{ digits: '0:00', unit: null }]);
  assert.deepEqual(pieces(248), [{ digits: '4:08', unit: null }]);
  assert.deepEqual(pieces(3599), [{ digits: '59:59', unit: null }]);
  assert.deepEqual(pieces(3 * 3600 + 27 * 60 + 5), [{ digits: '3:27', unit: 'hour' }]);
  assert.deepEqual(pieces(86400), [{ digits: '1', unit: 'day' }]);
  assert.deepEqual(pieces(86400 + 5 * 3600), [{ digits: '1', unit: 'day' }, { digits: '5', unit: 'hour' }]);
  assert.deepEqual(length_pieces(20), [{ digits: '1', unit: 'minute' }]);
  assert.deepEqual(length_pieces(17 * 60), [{ digits: '17', unit: 'minute' }]);
});
