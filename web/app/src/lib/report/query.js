// What the reports are about, as it stands in the address: /reports?days=30&brand=nasma&compare=previous.

export const PRESETS = ['7', '14', '30', '90', '365'];
const USUAL = '14';
const NAMES = ['brand', 'queue', 'target', 'compare'];

/** The query of the API for that of the address. Two dates go before a number of days. */
export function asked(query) {
  const period = query.since ? { since: query.since, until: query.until } : { days: PRESETS.includes(query.days) ? query.days : USUAL };
  return { ...period, ...Object.fromEntries(NAMES.filter((name) => query[name]).map((name) => [name, query[name]])) };
}

/** The address with some of it changed; what is empty is left out. */
export function address(query, changes) {
  const next = { ...asked(query), ...changes };
  if (changes.days) next.since = next.until = '';
  if (changes.since) next.days = '';
  if (next.days === USUAL) next.days = '';
  const search = new URLSearchParams(Object.entries(next).filter(([, value]) => value));
  return '/reports' + ([...search].length ? '?' + search : '');
}

const KEY = 'chart-direction-';

/** Whether charts run from right to left: as the language does, unless this person has switched it. */
export function runs_rtl(language, storage = localStorage) {
  return (storage.getItem(KEY + language) ?? (language === 'ar' ? 'rtl' : 'ltr')) === 'rtl';
}

export function set_direction(language, rtl, storage = localStorage) {
  storage.setItem(KEY + language, rtl ? 'rtl' : 'ltr');
}
