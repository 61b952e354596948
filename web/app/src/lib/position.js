// Where a line and column of an error are in the text of a field. Columns count from one, in bytes as parsers do.
import { byte_index } from './marks.js';

/** Index into `text`; the nearest place when the column is inside a character or past the line's end. */
export function position(text, line, column) {
  const lines = text.split('\n');
  const row = Math.min(Math.max(1, line), lines.length) - 1;
  const start = lines.slice(0, row).reduce((sum, each) => sum + each.length + 1, 0);
  let at = 0;
  for (const [bytes, index] of byte_index(lines[row])) if (bytes <= column - 1) at = index;
  return start + at;
}
