// What changed between two texts, word by word.

const words = (text) => text.match(/\s+|[()",]|[^\s()",]+/gu) ?? [];

/** Most cells of the table of common words; longer texts are shown as replaced in whole. */
const MOST = 400000;

/** `{text, change}` in order: change is null, "removed" or "added". Without the removed ones it is `after`, without the added ones `before`. */
export function word_diff(before, after) {
  const [a, b] = [words(before), words(after)];
  if (a.length * b.length > MOST) return joined([...a.map((text) => ({ text, change: 'removed' })), ...b.map((text) => ({ text, change: 'added' }))]);
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; --i) {
    for (let j = b.length - 1; j >= 0; --j) common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  }
  const parts = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) parts.push({ text: a[(++j, i++)], change: null });
    else if (i < a.length && (j === b.length || common[i + 1][j] >= common[i][j + 1])) parts.push({ text: a[i++], change: 'removed' });
    else parts.push({ text: b[j++], change: 'added' });
  }
  return joined(parts);
}

function joined(parts) {
  const result = [];
  for (const part of parts) {
    if (result.at(-1)?.change === part.change) result.at(-1).text += part.text;
    else result.push({ ...part });
  }
  return result;
}

const text_of = (value) => (Array.isArray(value) ? value.join(', ') : value === null || value === undefined ? '' : String(value));

/** Members that two items say differently: `{name, parts}`. An item that is null says nothing. */
export function item_diff(before, after) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((name) => name !== 'name');
  return names
    .map((name) => ({ name, from: text_of(before?.[name]), to: text_of(after?.[name]) }))
    .filter(({ from, to }) => from !== to)
    .map(({ name, from, to }) => ({ name, parts: word_diff(from, to) }));
}
