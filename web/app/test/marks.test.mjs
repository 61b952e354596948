import assert from 'node:assert/strict';
import test from 'node:test';
import { pieces } from '../src/lib/marks.js';
import { position } from '../src/lib/position.js';

const bytes = (text) => new TextEncoder().encode(text).length;
const hit = (text, word) => ({ start: bytes(text.slice(0, text.indexOf(word))), end: bytes(text.slice(0, text.indexOf(word) + word.length)) });
const joined = (parts) => parts.map((part) => part.text).join('');

test('byte offsets find the words in one-, two-, three- and four-byte text', () => {
  for (const [text, word] of [['plain text here', 'text'], ['القهوة باردة جدًا', 'باردة'], ['‏€ ثمن غالي', 'غالي'], ['☕😡 cold قهوة 👩‍👩‍👧 end', 'قهوة'], ['😡', '😡']]) {
    const parts = pieces(text, [hit(text, word)]);
    assert.deepEqual(parts.filter((part) => part.mark === 'hit').map((part) => part.text), [word]);
    assert.equal(joined(parts), text);
  }
});

test('a range inside a character or outside the text marks nothing', () => {
  const text = 'قهوة';
  for (const range of [{ start: 1, end: 4 }, { start: 0, end: 99 }, { start: 4, end: 4 }, { start: 6, end: 2 }]) assert.deepEqual(pieces(text, [range]), [{ text, mark: null }]);
});

test('overlapping hits make one mark and lose no text', () => {
  const parts = pieces('abcdef', [{ start: 0, end: 3 }, { start: 2, end: 5 }]);
  assert.deepEqual(parts, [{ text: 'abcde', mark: 'hit' }, { text: 'f', mark: null }]);
});

test('words of the sentiment are marked by their sign, and rule words win', () => {
  const parts = pieces('Great app, bad bad day', [{ start: 11, end: 14 }], [{ text: 'great', weight: 0.5 }, { text: 'day', weight: -0.2 }, { text: 'bad', weight: -0.7 }]);
  assert.deepEqual(parts.filter((part) => part.mark).map((part) => [part.text, part.mark]), [['Great', 'positive'], ['bad', 'hit'], ['day', 'negative']]);
});

test('characters that reorder or hide text are shown by name, joiners and line breaks are left alone', () => {
  const parts = pieces('safe\u202Eevil\u0007 👩\u200D👧\nline');
  assert.deepEqual(parts.filter((part) => part.mark === 'hidden').map((part) => part.text), ['U+202E', 'U+0007']);
  assert.ok(joined(parts).includes('👩\u200D👧\nline'));
});

test('a line and a column in bytes lead to the place in the text', () => {
  const text = 'a = 1\nname = "قهوة" x\nend';
  assert.equal(position(text, 1, 1), 0);
  assert.equal(text.slice(position(text, 2, 1), position(text, 2, 1) + 4), 'name');
  assert.equal(text[position(text, 2, bytes('name = "قهوة" ') + 1)], 'x');
  assert.equal(position(text, 2, 999), text.indexOf('\nend'));
  assert.equal(position(text, 99, 1), text.indexOf('end'));
});
