// The text of a rule's query while it is being written: its pieces for the eye, what may follow, where an error is.

const OPERATORS = ['AND', 'OR', 'NOT'];
const PIECE = /\s+|"(?:[^"\\]|\\.)*(?:"|$)(?:~\w*|\*)?|\/(?:[^/\\]|\\.)*(?:\/|$)|[()]|(?:[A-Za-z_]+(?::|[<>]=?)(?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s()"])*)|[^\s()"]+/gu;

function kind_of(text) {
  if (/^\s/.test(text)) return 'space';
  if (text.startsWith('"')) return 'phrase';
  if (text.startsWith('/')) return 'pattern';
  if (/^[()]$/.test(text)) return 'bracket';
  if (OPERATORS.includes(text) || /^NEAR(\/\d*)?$/.test(text)) return 'operator';
  if (/^[-]?[A-Za-z_]+(:|[<>])/.test(text)) return 'field';
  return 'word';
}

/** `{kind, text, from, to}` one behind the other; together they are the query. */
export function query_pieces(query) {
  const pieces = [];
  for (const { 0: text, index } of query.matchAll(PIECE)) {
    const before = pieces.at(-1);
    if (before && before.to < index) pieces.push({ kind: 'word', text: query.slice(before.to, index), from: before.to, to: index });
    pieces.push({ kind: kind_of(text), text, from: index, to: index + text.length });
  }
  return pieces;
}

/** Where the server's line and column, in characters from one, are in the query: `{from, to}` up to the end of that piece. */
export function error_range(query, line, column) {
  const lines = query.split('\n');
  const row = Math.min(Math.max(1, line), lines.length) - 1;
  const start = lines.slice(0, row).reduce((sum, each) => sum + each.length + 1, 0);
  const from = start + [...lines[row]].slice(0, Math.max(0, column - 1)).join('').length;
  const piece = query_pieces(query).find((each) => from >= each.from && from < each.to);
  return { from, to: piece ? piece.to : from };
}

const quoted = (value) => (/[\s,"()\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value);
const begins = (value, start) => value.toLowerCase().startsWith(start.toLowerCase());

/**
 * What may stand at the caret: `{from, to, options: [{text, kind}]}`; the option replaces [from, to). `known` is the answer of
 * `rules/completions`. Without `asked` (Ctrl+Space) nothing is offered where nothing was begun.
 */
export function completion_at(query, caret, known, asked = false) {
  const before = /(?:"(?:[^"\\]|\\.)*"|[^\s()"])*(?:"(?:[^"\\]|\\.)*)?$/.exec(query.slice(0, caret))[0];
  const word = before.replace(/^-/, '');
  const value = /^([A-Za-z_]+):(.*)$/s.exec(word);
  if (value) return values_at(value[1], value[2], caret, known);
  if (/["/:<>#@$=]/.test(word) || (!word && !asked)) return null;
  const options = [
    ...known.fields.filter(({ name }) => begins(name, word)).map(({ name, kind }) => ({ text: kind === 'number' ? name + '>' : name + ':', kind: 'field' })),
    ...(asked || /^[A-Z]+$/.test(word) ? known.operators.filter((each) => begins(each, word)).map((text) => ({ text: text + ' ', kind: 'operator' })) : []),
  ];
  return options.length ? { from: caret - word.length, to: caret, options } : null;
}

function values_at(name, list, caret, { fields }) {
  const field = fields.find((each) => each.name === name.toLowerCase());
  if (!field) return null;
  const part = /(?:^|,)("(?:[^"\\]|\\.)*|[^,"]*)$/.exec(list)?.[1];
  if (part === undefined) return null;
  const start = part.replace(/^"/, '');
  const options = field.values.filter((value) => begins(value, start) && value !== start).map((value) => ({ text: quoted(value), kind: 'value' }));
  return options.length ? { from: caret - part.length, to: caret, options } : null;
}

/** The query with an option in its place, and where the caret then stands. */
export function completed(query, { from, to }, option) {
  return { query: query.slice(0, from) + option.text + query.slice(to), caret: from + option.text.length };
}

/** The direction of the first letter that has one; a query that begins with a field still reads as its words do. */
export function direction_of(query) {
  const words = query_pieces(query).filter(({ kind }) => kind !== 'field' && kind !== 'operator').map(({ text }) => text).join('');
  const letter = /[\p{Script=Arabic}\p{Script=Hebrew}]|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.exec(words);
  if (!letter) return null;
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(letter[0]) ? 'rtl' : 'ltr';
}
