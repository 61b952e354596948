// Which keys of its own a person gives the commands of the page.
import { KEY_LIST } from './key_list.js';
import { SINGLE } from './keys.js';

/** Commands that one character does, with it: those whose key can be changed. */
export const CHANGEABLE = KEY_LIST.flatMap(([name, keys]) => keys.filter((key) => SINGLE[key] === name && key.length === 1).slice(0, 1).map((key) => [name, key]));

/** What is kept of the keys in a form: those that are not the usual ones. */
export const changed = (held) => Object.fromEntries(CHANGEABLE.filter(([name, key]) => held[name] !== key).map(([name]) => [name, held[name]]));

/** Commands whose key another command of the form has too, or `g`, which begins two-key commands. */
export function clashing(held) {
  const used = CHANGEABLE.map(([name]) => held[name]).filter(Boolean);
  return new Set(CHANGEABLE.filter(([name]) => held[name] && (held[name] === 'g' || used.filter((key) => key === held[name]).length > 1)).map(([name]) => name));
}
