import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

// The module loads its messages by names that only the build knows; they are not needed to write dates.
globalThis.document = { documentElement: {} };
const text = readFileSync(new URL('../src/lib/i18n.js', import.meta.url), 'utf8').replace(/import\('messages:[^']*'\)/g, 'Promise.resolve({ default: {} })');
const i18n = await import('data:text/javascript,' + encodeURIComponent(text));
const NOON = '2026-03-01T12:00:00Z';

test('digits are Latin or Arabic-Indic, as the person chose, in numbers, dates and countdowns', async () => {
  await i18n.use_language('ar', { digits: 'latin' });
  assert.equal(i18n.number(1234), '1,234');
  assert.equal(i18n.with_digits('12:05'), '12:05');
  await i18n.use_language('ar', { digits: 'arabic' });
  assert.equal(i18n.number(1234), '١٬٢٣٤');
  assert.equal(i18n.with_digits('12:05'), '١٢:٠٥');
  assert.match(i18n.date_time(NOON), /١٢/);
  assert.doesNotMatch(i18n.date_time(NOON) + i18n.day('2026-03-01') + i18n.ago(NOON, Date.parse(NOON) + 7200e3), /[0-9]/);
});

test('dates are Umm al-Qura where the person chose so; months that are counted stay Gregorian', async () => {
  await i18n.use_language('en', { calendar: 'umm_al_qura' });
  assert.match(i18n.day('2026-03-01'), /12 Ram.* 1447/);
  assert.match(i18n.month_of('2026-03'), /Mar 2026/);
  assert.equal(i18n.month(2), 'March');
  await i18n.use_language('en', {});
  assert.match(i18n.day('2026-03-01'), /1 Mar 2026/);
});
