// Where things stand in a chart. Lengths are pixels, the origin is the upper corner on the left whatever the language.
import { scaleBand, scaleLinear } from 'd3-scale';

export const ROOM = { above: 10, below: 26, axis: 48, end: 6 };
const TICKS = 4;
const LABEL_PX = 64;

/**
 * Scales of a chart of `count` places with values from 0 to `most`. With `rtl` the first place stands on the right, where the
 * value axis is too. `whole` values have no ticks between whole numbers.
 */
export function axes({ width, height, count, most, rtl, whole = true }) {
  const value = scaleLinear([0, most > 0 ? most : 1], [height - ROOM.below, ROOM.above]).nice(TICKS);
  const ends = [ROOM.axis, Math.max(ROOM.axis + 1, width - ROOM.end)];
  const place = scaleBand(range(count), rtl ? ends.map((each) => width - each) : ends).paddingInner(count > 60 ? 0.1 : 0.28).paddingOuter(0.1);
  const ticks = value.ticks(TICKS).filter((tick) => !whole || Number.isInteger(tick));
  return { value, place, ticks, base: value(0), ends: rtl ? ends.map((each) => width - each).reverse() : ends, rtl };
}

const range = (count) => Array.from({ length: count }, (_, index) => index);

export const middle = (axis, index) => axis.place(index) + axis.place.bandwidth() / 2;

/** Which places get a label: the first and every so many, so that labels do not touch. */
export function labelled(axis, count) {
  const fitting = Math.max(1, Math.floor((axis.ends[1] - axis.ends[0]) / LABEL_PX));
  const step = Math.max(1, Math.ceil(count / fitting));
  return range(count).filter((index) => index % step === 0);
}
