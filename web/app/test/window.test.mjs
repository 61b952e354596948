import assert from 'node:assert/strict';
import test from 'node:test';
import { index_at, offset_of, pieces_of, window_of } from '../src/lib/window.js';

const height = (pieces, size, extras = []) => pieces.reduce((sum, piece) => sum + (piece.gap ?? size + (extras.find(([at]) => at === piece.index)?.[1] ?? 0)), 0);

test('of ten thousand rows a screenful is drawn, and the list keeps its height', () => {
  for (const top of [0, 1, 63, 64, 320000, 639000, 9e9]) {
    const view = { count: 10000, size: 64, top, height: 800 };
    const { from, to } = window_of(view);
    const pieces = pieces_of({ ...view, from, to });
    assert.ok(pieces.filter(({ index }) => index !== undefined).length < 50);
    assert.equal(height(pieces, 64), 640000);
  }
});

test('what is in sight is drawn wherever one scrolls', () => {
  for (let top = 0; top <= 64 * 90; top += 37) {
    const { from, to } = window_of({ count: 100, size: 64, top, height: 640 });
    assert.ok(from * 64 <= top && (to + 1) * 64 >= Math.min(top + 640, 6400));
  }
});

test('a row with the focus stays drawn in its place when it is scrolled away', () => {
  const pieces = pieces_of({ count: 1000, size: 64, from: 500, to: 520, keep: [3] });
  assert.deepEqual(pieces.slice(0, 4).map(({ gap, index }) => gap ?? 'row ' + index), [3 * 64, 'row 3', 496 * 64, 'row 500']);
  assert.equal(height(pieces, 64), 64000);
  assert.deepEqual(pieces_of({ count: 3, size: 64, from: 0, to: 2, keep: [-1, 7, 1] }).map(({ index }) => index), [0, 1, 2]);
});

test('rows that show something below themselves move those after them', () => {
  const extras = [[0, 30], [5, 200]];
  assert.equal(offset_of(0, 64, extras), 0);
  assert.equal(offset_of(1, 64, extras), 94);
  assert.equal(offset_of(6, 64, extras), 6 * 64 + 230);
  assert.equal(index_at(93, 10, 64, extras), 0);
  assert.equal(index_at(94, 10, 64, extras), 1);
  assert.equal(index_at(1e6, 10, 64, extras), 9);
  const pieces = pieces_of({ count: 20, size: 64, extras, from: 8, to: 9, keep: [5] });
  assert.equal(height(pieces, 64, extras), 20 * 64 + 230);
});

test('an empty list draws nothing', () => {
  const { from, to } = window_of({ count: 0, size: 64, top: 0, height: 800 });
  assert.deepEqual(pieces_of({ count: 0, size: 64, from, to, keep: [-1] }), []);
});
