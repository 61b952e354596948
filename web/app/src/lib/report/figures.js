// Numbers of reports as people read them, and what is added up of them on the page.
import { format } from '../i18n.js';

const style = (name, options) => (value) => format('report-' + name, (locale) => new Intl.NumberFormat(locale, options)).format(value);

const whole_percent = style('percent', { style: 'percent', maximumFractionDigits: 0 });
const fine_percent = style('percent.1', { style: 'percent', maximumFractionDigits: 1 });
const points = style('points', { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const change = style('change', { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });
const in_unit = (unit, digits, sign) => style(unit + sign, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits, signDisplay: sign });
const UNITS = { day: [86400, 1], hour: [3600, 1], minute: [60, 0], second: [1, 0] };
const TIMES = Object.fromEntries(['auto', 'exceptZero'].map((sign) => [sign, Object.fromEntries(Object.entries(UNITS).map(([unit, [, digits]]) => [unit, in_unit(unit, digits, sign)]))]));

export const percent = (share) => (share === null || share === undefined ? '–' : fine_percent(share));
export const percent_tick = whole_percent;

/** In the unit in which it is told: days from two on, hours from two on, minutes, seconds below one. */
const unit_of = (seconds) => Object.keys(UNITS).find((unit) => seconds >= (unit === 'minute' ? 60 : 2 * UNITS[unit][0])) ?? 'second';

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const unit = unit_of(seconds);
  return TIMES.auto[unit](seconds / UNITS[unit][0]);
}

/** What changed since the earlier period: mentions by share, attainment by points, times by time. Null where nothing can be said. */
export const CHANGES = {
  count: (now, before) => (before ? change(now / before - 1) : null),
  share: (now, before) => (typeof now === 'number' && typeof before === 'number' ? points((now - before) * 100) : null),
  time: (now, before) => {
    if (typeof now !== 'number' || typeof before !== 'number') return null;
    const unit = unit_of(Math.abs(now - before));
    return TIMES.exceptZero[unit]((now - before) / UNITS[unit][0]);
  },
};

const WEEKS_FROM = 120;

/** Days of a long period by seven: their counts added up under the first of them; `of` makes what no sum gives. */
export function by_weeks(rows, counts, of = (row) => row) {
  if (rows.length <= WEEKS_FROM) return rows;
  const weeks = [];
  rows.forEach((row, index) => {
    if (index % 7 === 0) weeks.push({ ...row });
    else for (const name of counts) weeks[weeks.length - 1][name] += row[name];
  });
  return weeks.map(of);
}

export const by_week = (rows) => rows.length > WEEKS_FROM;

/** Day and month of "2026-03-01", for an axis. */
export const short_day = (date) => format('report-day', (locale) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' })).format(new Date(date));

const clock = (locale) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const hour = (index) => format('report-hour', clock).format(Date.UTC(2026, 0, 1, index));
