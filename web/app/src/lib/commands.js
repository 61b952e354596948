// Key presses go to whoever offers the command last: a pane before its screen, a screen before the page.
import { command, is_typing, key_name } from './keys.js';

const offers = [];
let prefix = false;

/**
 * Offers `{command: function}`; a function that returns false passes the command on. Returns the way to withdraw.
 * `above`: what is selected goes before what is open, whichever came last.
 */
export function offer(handlers, { above = false } = {}) {
  const made = { handlers, above };
  const at = above ? offers.length : offers.findLastIndex((other) => !other.above) + 1;
  offers.splice(at, 0, made);
  return () => offers.splice(offers.indexOf(made), 1);
}

export function run(name) {
  for (let i = offers.length - 1; i >= 0; --i) if (offers[i].handlers[name] && offers[i].handlers[name]() !== false) return true;
  return false;
}

/** For the window's keydown. */
export function pressed(event) {
  const { target } = event;
  if (event.defaultPrevented || is_typing(target) || document.querySelector('dialog[open]')) return;
  const name = key_name(event);
  if (name === 'Enter' && target.closest('a, button, summary')) return;
  if (name?.startsWith('Arrow') && target !== document.body && !target.closest('[data-rows]')) return;
  const meant = command(name, { prefix, shift: event.shiftKey });
  prefix = meant === 'go';
  if (prefix || (meant && run(meant))) event.preventDefault();
}
