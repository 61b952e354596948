// Which rows of a long list are drawn. Pure. Rows have one height; `extras`, [[index, height]] in order, is what a few of
// them show below themselves.

/** Where a row begins, from the top of the list. */
export const offset_of = (index, size, extras) => extras.reduce((sum, [at, more]) => (at < index ? sum + more : sum), index * size);

/** The row at a height. */
export function index_at(y, count, size, extras) {
  let low = 0;
  let high = Math.max(0, count - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (offset_of(middle, size, extras) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

const AROUND = 12;

/** First and last row to draw, some around those in sight included. */
export function window_of({ count, size, extras = [], top, height }) {
  if (!count) return { from: 0, to: -1 };
  const from = Math.max(0, index_at(top, count, size, extras) - AROUND);
  return { from, to: Math.min(count - 1, index_at(top + height, count, size, extras) + AROUND) };
}

/**
 * The drawn rows and the gaps between them, from the top: `{index}` or `{gap, key}` with a height. `keep` are further
 * rows to draw, out of sight: the one that has the focus.
 */
export function pieces_of({ count, size, extras = [], from, to, keep = [] }) {
  const drawn = new Set(keep.filter((index) => index >= 0 && index < count));
  for (let index = from; index <= to; ++index) drawn.add(index);
  const pieces = [];
  let next = 0;
  const gap = (until, key) => until > next && pieces.push({ gap: offset_of(until, size, extras) - offset_of(next, size, extras), key });
  for (const index of [...drawn].sort((a, b) => a - b)) {
    gap(index, 'before-' + index);
    pieces.push({ index });
    next = index + 1;
  }
  gap(count, 'end');
  return pieces;
}
