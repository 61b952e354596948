// A customer's record as the fields of a form, and back: only what was changed is sent.

export const CHANNELS = ['mail', 'phone', 'text', 'post'];
export const KNOWN_AS = ['past_client', 'circle', 'referred'];
export const OCCASIONS = [
  'eid_al_fitr', 'eid_al_adha', 'ramadan', 'hijri_new_year', 'mawlid', 'new_year', 'mothers_day', 'teachers_day', 'saudi_founding_day', 'saudi_national_day',
  'uae_national_day', 'jordan_independence_day', 'egypt_revolution_day', 'morocco_throne_day', 'coptic_christmas', 'christmas',
];

const TEXTS = ['name', 'name_latin', 'language', 'birthday', 'address', 'tier', 'brand', 'plan', 'owner', 'preferred_channel', 'known_as', 'referred_by', 'notes'];
const LINES = ['emails', 'phones', 'interests'];
/** Lists of small records, with what each holds. */
export const ROWS = { anniversaries: ['name', 'date'], purchases: ['date', 'amount', 'currency'], quiet: ['from', 'to', 'reason'] };

/** One value a line, without blanks and doubles. */
export const lines = (text) => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))];

const text_of = (value) => String(value ?? '');

/** Fields filled in from a customer; empty ones for a new one. */
export function form_of(customer = {}) {
  const value = { ...customer, plan: customer.plan?.name, owner: customer.owner?.id };
  return {
    ...Object.fromEntries(TEXTS.map((name) => [name, text_of(value[name])])),
    ...Object.fromEntries(LINES.map((name) => [name, (value[name] ?? []).join('\n')])),
    ...Object.fromEntries(Object.entries(ROWS).map(([name, columns]) => [name, (value[name] ?? []).map((row) => Object.fromEntries(columns.map((column) => [column, text_of(row[column])])))])),
    occasions: [...(value.occasions ?? [])],
  };
}

function member(name, form) {
  const value = form[name];
  if (LINES.includes(name)) return lines(value);
  if (name === 'occasions') return [...value];
  if (name === 'birthday') return value || null;
  if (!ROWS[name]) return value.trim();
  const filled = value.filter((row) => Object.values(row).some((cell) => cell.trim()));
  return filled.map((row) => Object.fromEntries(ROWS[name].map((column) => [column, column === 'amount' ? Number(row[column]) : row[column].trim()])));
}

/** Members of the record that `form` says otherwise than `before` did. */
export function changes(before, form) {
  const changed = {};
  for (const name of Object.keys(before)) {
    const value = member(name, form);
    if (JSON.stringify(value) !== JSON.stringify(member(name, before))) changed[name] = value;
  }
  return changed;
}

/** Where a field came from: of a list its value is asked for first, as "interests/coffee". */
export function source_of(customer, field, value) {
  const sources = customer.sources ?? [];
  return sources.find((each) => each.field === `${field}/${value}`) ?? sources.find((each) => each.field === field) ?? null;
}
