// Cuts a mention's text into pieces to be shown one by one as text: words that hit a rule, words that decided the sentiment,
// and control characters that would otherwise be invisible. Offsets from the server are UTF-8 bytes.

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** For every UTF-8 byte offset that starts a code point: its index in the string. The end is included. */
export function byte_index(text) {
  const index = new Map();
  let bytes = 0;
  let at = 0;
  for (const point of text) {
    index.set(bytes, at);
    const code = point.codePointAt(0);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += point.length;
  }
  return index.set(bytes, at);
}

function paint(kinds, from, to, kind) {
  for (let i = from; i < to; ++i) kinds[i] ??= kind;
}

/**
 * Pieces `{text, mark}` in order; mark is null, "hit", "negative", "positive" or "hidden" (text is then the character's name).
 * A range that does not fall on characters is left out rather than guessed.
 */
export function pieces(text, hits = [], words = []) {
  const kinds = new Array(text.length).fill(null);
  for (let i = 0; i < text.length; ++i) if (HIDDEN.test(text[i])) kinds[i] = 'hidden';
  if (hits.length) {
    const index = byte_index(text);
    for (const { start, end } of hits) {
      if (index.has(start) && index.has(end) && start < end) paint(kinds, index.get(start), index.get(end), 'hit');
    }
  }
  const lower = text.toLowerCase();
  for (const word of lower.length === text.length ? words : []) {
    const at = word.text ? lower.indexOf(word.text.toLowerCase()) : -1;
    if (at >= 0) paint(kinds, at, at + word.text.length, word.weight < 0 ? 'negative' : 'positive');
  }
  const result = [];
  for (let from = 0, to = 0; from < text.length; from = to) {
    for (to = from + 1; to < text.length && kinds[to] === kinds[from] && kinds[from] !== 'hidden'; ++to);
    const part = text.slice(from, to);
    result.push({ text: kinds[from] === 'hidden' ? 'U+' + part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0') : part, mark: kinds[from] });
  }
  return result;
}
