// Finding a row among those already here. Arabic is folded the way people type it: without vowel signs, one alef, one yeh.

export function fold(text) {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه');
}

/** True when every word of `query` is somewhere in the text. */
export function has_words(text, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

/** True when every word of `query` is somewhere in the row. */
export function matches(row, query) {
  return has_words([row.text, row.author.name, '@' + (row.author.handle ?? ''), '#' + row.number, row.customer?.name ?? '', ...row.tags].join(' '), query);
}
