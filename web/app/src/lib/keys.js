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
  return Boolean(target?.closest?.('input, textarea, select, [contenteditable]'));
}

const SINGLE = {
  j: 'next', ArrowDown: 'next', k: 'previous', ArrowUp: 'previous', Enter: 'open', o: 'open', Escape: 'back',
  m: 'take', r: 'reply', n: 'note', e: 'resolve', w: 'elsewhere', c: 'correct', p: 'promise', d: 'done', s: 'skip', z: 'undo', v: 'original',
  '.': 'load_new', '[': 'previous_view', ']': 'next_view', '/': 'search', '?': 'help', g: 'go',
};
const AFTER_GO = { q: 'go_queue', m: 'go_mine', t: 'go_today', c: 'go_customers', s: 'go_sources' };
const NAMED = new Set(['ArrowDown', 'ArrowUp', 'Enter', 'Escape']);

/**
 * The command of a key, or null. `prefix` is true after `g`. With `letters` false only named keys work,
 * for people whose speech or switch input would press letters by accident.
 */
export function command(name, { prefix = false, letters = true } = {}) {
  if (name === null || (!letters && !NAMED.has(name))) return null;
  return (prefix ? AFTER_GO : SINGLE)[name] ?? null;
}
