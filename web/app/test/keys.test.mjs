import assert from 'node:assert/strict';
import test from 'node:test';
import { KEY_LIST } from '../src/lib/key_list.js';
import { command, key_name } from '../src/lib/keys.js';

const press = (key, code, more = {}) => key_name({ key, code, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, isComposing: false, ...more });

test('an ASCII character counts as typed, so AZERTY and Dvorak keep their letters', () => {
  assert.equal(press('a', 'KeyQ'), 'a');
  assert.equal(press('j', 'KeyC'), 'j');
  assert.equal(press('J', 'KeyJ', { shiftKey: true }), 'j');
});

test('on an Arabic layout the physical key counts', () => {
  assert.equal(press('ت', 'KeyJ'), 'j');
  assert.equal(press('لا', 'KeyB'), 'b');
  assert.equal(press('ظ', 'Slash'), '/');
  assert.equal(press('؟', 'Slash', { shiftKey: true }), '?');
  assert.equal(press('ز', 'Period'), '.');
  assert.equal(press('ج', 'BracketLeft'), '[');
  assert.equal(press('د', 'BracketRight'), ']');
});

test('modifiers and text composition are never commands', () => {
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }]) assert.equal(press('r', 'KeyR', more), null);
  assert.equal(command(null), null);
});

test('letters can be switched off, arrows stay', () => {
  assert.equal(command('e'), 'resolve');
  assert.equal(command('e', { letters: false }), null);
  assert.equal(command(press('ArrowDown', 'ArrowDown'), { letters: false }), 'next');
  assert.equal(command(press('Escape', 'Escape'), { letters: false }), 'back');
});

test('after g a letter means a place', () => {
  assert.equal(command('m'), 'take');
  assert.equal(command('m', { prefix: true }), 'go_mine');
  assert.equal(command('e', { prefix: true }), null);
});

test('with Shift, moving selects on the way; other keys stay what they are', () => {
  assert.equal(command('j', { shift: true }), 'extend_next');
  assert.equal(command('ArrowUp', { shift: true }), 'extend_previous');
  assert.equal(command('*', { shift: true }), 'select_loaded');
  assert.equal(command('?', { shift: true }), 'help');
  assert.equal(command('!', { shift: true }), 'escalate');
});

test('every single key of the key list does what the list says', () => {
  const named = { '↓': 'ArrowDown', '↑': 'ArrowUp', Esc: 'Escape' };
  for (const [name, keys] of KEY_LIST) {
    if (keys[0] === 'Ctrl') continue;
    if (keys[0] === 'Shift') {
      assert.equal(command(keys[1], { shift: true }), name);
      continue;
    }
    if (keys[0] === 'g') assert.equal(command(keys[1], { prefix: true }), name);
    else for (const key of keys) assert.equal(command(named[key] ?? key), name);
  }
});
