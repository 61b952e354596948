// The trust line as bars: what went well stands up from the base, what did not hangs down. Pure; a place of 0 is the first month.

/** Parts of the line that are drawn, with what stands up and what hangs down. */
export const MEASURES = [
  { name: 'promises', up: 'promises_kept', down: 'promises_broken' },
  { name: 'answers', up: 'answers_in_time', down: 'answers_late' },
  { name: 'cases', up: 'cases_recovered', down: 'cases_opened' },
];

/**
 * Bars of one measure in a box of `height`, its base where both sides have room in proportion. Heights are in the box's units.
 * `{base, bars: [{place, up, down, good, bad}]}`; null where nothing happened in any month.
 */
export function bars(points, { up, down }, height) {
  const most = (name) => Math.max(0, ...points.map((point) => point[name] ?? 0));
  const all = most(up) + most(down);
  if (all === 0) return null;
  const unit = height / all;
  return {
    base: most(up) * unit,
    bars: points.map((point, place) => ({ place, good: point[up] ?? 0, bad: point[down] ?? 0, up: (point[up] ?? 0) * unit, down: (point[down] ?? 0) * unit })),
  };
}
