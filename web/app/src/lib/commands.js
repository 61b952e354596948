// Key presses go to whoever offers the command last: a pane before its screen, a screen before the page.
import { command, is_typing, key_name } from './keys.js';

const offers = [];
let prefix = false;

/** Offers `{command: function}`; a function that returns false passes the command on. Returns the way to withdraw. */
export function offer(handlers) {
  offers.push(handlers);
  return () => offers.splice(offers.indexOf(handlers), 1);
}

export function run(name) {
  for (let i = offers.length - 1; i >= 0; --i) if (offers[i][name] && offers[i][name]() !== false) return true;
  return false;
}

const LETTERS_OFF = 'letters-off';

export const letters_on = () => localStorage.getItem(LETTERS_OFF) === null;

export function set_letters(on) {
  if (on) localStorage.removeItem(LETTERS_OFF);
  else localStorage.setItem(LETTERS_OFF, '1');
}

/** For the window's keydown. */
export function pressed(event) {
  const { target } = event;
  if (event.defaultPrevented || is_typing(target) || document.querySelector('dialog[open]')) return;
  const name = key_name(event);
  if (name === 'Enter' && target.closest('a, button, summary')) return;
  if (name?.startsWith('Arrow') && target !== document.body && !target.closest('[data-rows]')) return;
  const meant = command(name, { prefix, letters: letters_on() });
  prefix = meant === 'go';
  if (prefix || (meant && run(meant))) event.preventDefault();
}
