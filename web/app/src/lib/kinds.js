// What the items of a setup are made of: one description a kind, from which one form is drawn. Members are named as in the TOML of
// docs/setup.md; what a member means is judged by the server alone.

const text = (name, more = {}) => ({ name, type: 'text', ...more });
const area = (name, more = {}) => ({ name, type: 'area', ...more });
const number = (name, more = {}) => ({ name, type: 'number', ...more });
const flag = (name) => ({ name, type: 'flag' });
const words = (name, more = {}) => ({ name, type: 'words', ...more });
const choice = (name, options, more = {}) => ({ name, type: 'choice', options, ...more });
/** The name of an item of another kind. */
const of = (name, kind, more = {}) => ({ name, type: 'choice', kind, options: [], ...more });
const rows = (name, columns) => ({ name, type: 'rows', columns });

const TARGETS = ['first_response', 'next_response', 'periodic_update', 'resolution'].map((name) => text(name, { ltr: true, hint: '15m' }));
const PRIORITIES = ['low', 'normal', 'high', 'critical'];
const TOUCHES = ['newsletter', 'greeting_card', 'call', 'follow_up_note', 'personal_card', 'gift'];
export const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** `by`: the role that changes them. */
export const KINDS = {
  people: {
    by: 'admin',
    fields: [text('email', { ltr: true, needed: true }), choice('role', ['moderator', 'manager', 'admin'], { needed: true }), choice('language', ['ar', 'en'], { needed: true }), words('brands'), words('languages', { ltr: true, hint: 'ar, en' }), words('skills'), number('capacity', { least: 0 }), text('quiet', { ltr: true, hint: '22:00-07:00' }), text('time_zone', { ltr: true, hint: 'Asia/Riyadh' }), text('second', { ltr: true, hint: 'webhook:desk' }), flag('updates'), flag('digest')],
    fresh: { role: 'moderator', language: 'ar', capacity: 20, updates: true, digest: true },
  },
  rotas: {
    by: 'manager',
    fields: [text('time_zone', { ltr: true, needed: true, hint: 'Asia/Riyadh' }), { name: 'first_day', type: 'date', needed: true }, { name: 'handover', type: 'time', needed: true }, number('days', { least: 1 }), words('people', { kind: 'people', needed: true }), rows('overrides', [text('from', { ltr: true, hint: '2026-03-08T09:00:00+03:00' }), text('to', { ltr: true, hint: '2026-03-09T09:00:00+03:00' }), of('person', 'people')])],
    fresh: { handover: '09:00', days: 7 },
  },
  calendars: {
    by: 'admin',
    fields: [text('time_zone', { ltr: true, needed: true, hint: 'Asia/Riyadh' }), { name: 'hours', type: 'hours' }, words('holidays', { ltr: true, hint: '2026-09-23, hijri:10-01' })],
    fresh: { hours: Object.fromEntries(WEEK.slice(0, 5).map((day) => [day, ['09:00-17:00']])) },
  },
  ladders: {
    by: 'manager',
    fields: [rows('steps', [text('at', { ltr: true, hint: '50%' }), text('unacknowledged', { ltr: true, hint: '30m' }), text('to', { ltr: true, hint: 'role:manager', needed: true }), text('by', { ltr: true, hint: 'mail', needed: true })])],
    fresh: { steps: [{ at: '50%', to: 'role:moderator', by: 'mail' }] },
  },
  queues: {
    by: 'manager',
    fields: [choice('channel', ['phone', 'chat', 'social', 'email']), ...TARGETS, of('calendar', 'calendars'), of('ladder', 'ladders'), text('brand'), choice('assign', ['round_robin', 'least_loaded']), words('skills'), flag('auto_acknowledge'), flag('approval')],
    fresh: { channel: 'social' },
  },
  targets: { by: 'admin', fields: [of('queue', 'queues'), choice('priority', PRIORITIES), text('tier'), ...TARGETS, of('calendar', 'calendars')], fresh: {} },
  replies: { by: 'manager', fields: [choice('language', ['ar', 'en']), of('queue', 'queues'), area('text', { needed: true }), flag('praise')], fresh: { language: 'ar' } },
  guidelines: { by: 'admin', fields: [of('rule', 'rules'), text('tier'), area('text', { needed: true }), text('voice')], fresh: {} },
  conduct: { by: 'admin', fields: [number('version', { least: 1 }), area('text', { needed: true }), area('training')], fresh: { version: 1 } },
  plans: { by: 'admin', fields: [rows('touches', [choice('kind', TOUCHES), number('count', { least: 0 })]), words('occasions', { ltr: true }), rows('value_items', [choice('kind', TOUCHES), text('text')]), words('referral_steps')], fresh: { touches: [{ kind: 'call', count: 5 }] } },
};

/** The other kinds whose names a form offers. */
export const kinds_named = ({ fields }) => [...new Set(fields.flatMap((field) => [field, ...(field.columns ?? [])]).map(({ kind }) => kind).filter(Boolean))];

const listed = (value) => value.split(/[,،\n]/).map((word) => word.trim()).filter(Boolean);

/** What a field of a form holds for a member. */
export function to_field({ type, columns }, value) {
  if (type === 'words') return (value ?? []).join(', ');
  if (type === 'flag') return value ?? false;
  if (type === 'rows') return (value ?? []).map((row) => Object.fromEntries(columns.map((column) => [column.name, to_field(column, row[column.name])])));
  if (type === 'hours') return Object.fromEntries(WEEK.map((day) => [day, (value?.[day] ?? []).join(', ')]));
  return value === null || value === undefined ? '' : String(value);
}

/** The member that a field means; undefined: none, the usual holds. */
export function from_field({ type, columns }, held) {
  if (type === 'words') return listed(held);
  if (type === 'flag') return held;
  if (type === 'number') return held === '' || held === null ? undefined : Number(held);
  if (type === 'rows') return held.map((row) => members(columns, row)).filter((row) => Object.keys(row).length);
  if (type === 'hours') return Object.fromEntries(WEEK.map((day) => [day, listed(held[day])]).filter(([, hours]) => hours.length));
  return held.trim() === '' ? undefined : held.trim();
}

/** The item that a form means. */
export const members = (fields, held) => Object.fromEntries(fields.map((field) => [field.name, from_field(field, held[field.name])]).filter(([, value]) => value !== undefined));

/** Errors of the server by the field that they name (in backticks); those that name none under ''. */
export function by_field(errors, fields) {
  const found = {};
  for (const error of errors) {
    const named = [...error.what.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
    const at = fields.find(({ name, columns = [] }) => named.includes(name) || columns.some((column) => named.includes(column.name)))?.name ?? '';
    (found[at] ??= []).push(error);
  }
  return found;
}
