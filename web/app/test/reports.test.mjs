import assert from 'node:assert/strict';
import test from 'node:test';
import { axes, labelled, middle, ROOM } from '../src/lib/report/axes.js';
import { by_week, by_weeks, CHANGES, duration, hour, percent, short_day } from '../src/lib/report/figures.js';
import { address, asked, runs_rtl, set_direction } from '../src/lib/report/query.js';

const AREA = { width: 600, height: 200, count: 10, most: 93 };

test('the value axis ends at a round number at or above the most, and starts at nought', () => {
  const axis = axes(AREA);
  assert.equal(axis.value.domain()[0], 0);
  assert.equal(axis.value.domain()[1], 100);
  assert.equal(axis.value(0), 200 - ROOM.below);
  assert.equal(axis.value(100), ROOM.above);
  assert.deepEqual(axis.ticks, [0, 20, 40, 60, 80, 100]);
});

test('counts have no ticks between whole numbers, shares do', () => {
  assert.deepEqual(axes({ ...AREA, most: 2 }).ticks, [0, 1, 2]);
  assert.ok(axes({ ...AREA, most: 1, whole: false }).ticks.some((tick) => !Number.isInteger(tick)));
  assert.deepEqual(axes({ ...AREA, most: 0 }).value.domain(), [0, 1], 'nothing at all is drawn too');
});

test('from right to left the first place is the rightmost and the room for the axis is on the right', () => {
  const [ltr, rtl] = [axes(AREA), axes({ ...AREA, rtl: true })];
  assert.ok(middle(ltr, 0) < middle(ltr, 9));
  assert.ok(middle(rtl, 0) > middle(rtl, 9));
  assert.deepEqual(ltr.ends, [ROOM.axis, 600 - ROOM.end]);
  assert.deepEqual(rtl.ends, [ROOM.end, 600 - ROOM.axis]);
  for (let i = 0; i < 10; ++i) assert.ok(Math.abs(middle(ltr, i) + middle(rtl, i) - 600) < 1e-6, 'one is the mirror of the other');
});

test('labels are left out where they would touch', () => {
  assert.deepEqual(labelled(axes({ ...AREA, count: 4 }), 4), [0, 1, 2, 3]);
  const many = labelled(axes({ ...AREA, count: 90 }), 90);
  assert.equal(many[0], 0);
  assert.ok(many.length <= 8 && many.length > 4, String(many));
  assert.equal(labelled(axes({ ...AREA, width: 1, count: 3 }), 3).length, 1, 'a chart without room has one');
});

test('times are told in the unit that people would use', () => {
  assert.match(duration(45), /^45 s/);
  assert.match(duration(1020), /^17 min/);
  assert.match(duration(5400), /^90 min/);
  assert.match(duration(9000), /^2\.5 h/);
  assert.match(duration(3 * 86400), /^3 d/);
  assert.equal(duration(null), '–');
  assert.equal(percent(0.9144), '91.4%');
  assert.equal(percent(null), '–');
  assert.equal(hour(9), '09:00');
  assert.match(short_day('2026-11-08'), /^(8 Nov|Nov 8)$/);
});

test('a change says its direction, and nothing where there is nothing to compare with', () => {
  assert.equal(CHANGES.count(108, 100), '+8%');
  assert.equal(CHANGES.count(5, 0), null);
  assert.equal(CHANGES.count(5, undefined), null);
  assert.equal(CHANGES.share(0.914, 0.935), '-2.1');
  assert.equal(CHANGES.share(null, 0.9), null);
  assert.match(CHANGES.time(780, 1020), /^-4 min/);
  assert.equal(CHANGES.time(60, null), null);
});

test('the days of a long period are added up by seven, shares are reckoned anew', () => {
  const rows = Array.from({ length: 122 }, (_, index) => ({ day: 'd' + index, kept: 1, missed: index % 2 }));
  const weeks = by_weeks(rows, ['kept', 'missed'], (row) => ({ ...row, share: row.kept / (row.kept + row.missed) }));
  assert.ok(by_week(rows));
  assert.equal(weeks.length, 18);
  assert.deepEqual(weeks[0], { day: 'd0', kept: 7, missed: 3, share: 0.7 });
  assert.equal(weeks[17].kept, 3, 'the last one may be short');
  assert.equal(rows[0].kept, 1, 'what was given stays as it is');
  assert.equal(by_weeks(rows.slice(0, 120), ['kept']).length, 120);
});

test('the address holds what is asked, and the usual is left out', () => {
  assert.deepEqual(asked({}), { days: '14' });
  assert.deepEqual(asked({ days: '999' }), { days: '14' });
  assert.deepEqual(asked({ since: '2026-03-01', until: '2026-03-09', days: '7', brand: 'x' }), { since: '2026-03-01', until: '2026-03-09', brand: 'x' });
  assert.equal(address({}, { days: '14' }), '/reports');
  assert.equal(address({ days: '30' }, { compare: 'previous' }), '/reports?days=30&compare=previous');
  assert.equal(address({ since: '2026-03-01', until: '2026-03-09' }, { days: '7' }), '/reports?days=7');
  assert.equal(address({ days: '30', brand: 'قهوة' }, { since: '2026-03-01', until: '2026-03-09' }), '/reports?brand=%D9%82%D9%87%D9%88%D8%A9&since=2026-03-01&until=2026-03-09');
  assert.equal(address({ brand: 'x' }, { brand: '' }), '/reports');
});

test('charts run as the language does until somebody switches them, for each language', () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  assert.ok(runs_rtl('ar', storage));
  assert.ok(!runs_rtl('en', storage));
  set_direction('ar', false, storage);
  assert.ok(!runs_rtl('ar', storage));
  set_direction('en', true, storage);
  assert.ok(runs_rtl('en', storage));
});
