// Which command a key press means. Matching works on every layout: an ASCII character is taken as typed (AZERTY, Dvorak),
// anything else by its physical place (Arabic, Persian, Hebrew).

const PLACES = { Period: '.', Slash: '/', BracketLeft: '[', BracketRight: ']', Comma: ',', Semicolon: ';' };
const SHIFTED_PLACES = { Slash: '?', Digit1: '!', Digit8: '*' };

/** The key's name: one lower-case ASCII character, or a named key such as Enter. Null when it cannot be a command. */
export function key_name(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (/^[\x21-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  if (/^[A-Za-z0-9]{2,}$/.test(event.key)) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter) return letter[1].toLowerCase();
  return (event.shiftKey ? SHIFTED_PLACES : PLACES)[event.code] ?? null;
}

/** True where typing belongs to the field and not to the commands. */
export function is_typing(target) {
  return Boolean(target?.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]'));
}

export const SINGLE = {
  j: 'next', ArrowDown: 'next', k: 'previous', ArrowUp: 'previous', Enter: 'open', o: 'open', Escape: 'back',
  x: 'select', '*': 'select_loaded', a: 'assign', h: 'snooze', l: 'label', m: 'take', r: 'reply', n: 'note', e: 'resolve', w: 'elsewhere', c: 'correct', p: 'priority', i: 'promise', '!': 'escalate', d: 'done', s: 'skip', z: 'undo', v: 'original', y: 'approve', u: 'send_back',
  '.': 'load_new', '[': 'previous_view', ']': 'next_view', '/': 'search', '?': 'help', g: 'go',
};
const AFTER_GO = { q: 'go_queue', m: 'go_mine', r: 'go_reports', t: 'go_today', c: 'go_customers', s: 'go_sources' };
/** With Shift, moving selects on the way. */
const EXTENDING = { next: 'extend_next', previous: 'extend_previous' };
const NAMED = new Set(['ArrowDown', 'ArrowUp', 'Enter', 'Escape']);

let alone = true;
let single = SINGLE;

/** Takes over what the person chose: whether keys do something alone, and his own ones by command; an empty one is none. */
export function prefer({ single_keys = true, keys = {} }) {
  alone = single_keys;
  single = Object.fromEntries(Object.entries(SINGLE).filter(([key, name]) => NAMED.has(key) || !(name in keys)));
  for (const name in keys) if (keys[name]) single[keys[name]] = name;
}

export const letters_on = () => alone;

/** The key that does for this person what `key` does for everybody; empty: none does. What is no single key stays. */
export function current(key) {
  const name = SINGLE[key];
  if (!name || NAMED.has(key)) return key;
  if (!alone) return '';
  return single[key] === name ? key : (Object.keys(single).find((other) => single[other] === name && !NAMED.has(other)) ?? '');
}

/**
 * The command of a key, or null. `prefix` is true after `g`. With `letters` false only named keys work,
 * for people whose speech or switch input would press letters by accident.
 */
export function command(name, { prefix = false, letters = alone, shift = false } = {}) {
  if (name === null || (!letters && !NAMED.has(name))) return null;
  const meant = (prefix ? AFTER_GO : single)[name] ?? null;
  return (shift && EXTENDING[meant]) || meant;
}
