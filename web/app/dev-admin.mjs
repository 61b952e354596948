// What dev-server.mjs answers about settings, tokens, the audit, sources and the parts of the setup.
const iso = (ms = Date.now()) => new Date(ms).toISOString();
const MINUTE = 60e3;

export const usual_choices = { quiet: null, time_zone: null, updates: true, digest: true, theme: 'system', digits: 'latin', calendar: 'gregorian', single_keys: true, keys: {} };

const items = {
  people: [{ id: 'p1', name: 'سارة', email: 'sara@example.org', role: 'moderator', language: 'ar', brands: [], languages: ['ar', 'en'], skills: ['refund'], capacity: 20, quiet: '22:00-07:00', time_zone: 'Asia/Riyadh', second: 'slack:desk', updates: true, digest: false }, { id: 'p3', name: 'Omar', email: 'omar@example.org', role: 'admin', language: 'en', brands: ['saba'], languages: [], skills: [], capacity: 0, quiet: null, time_zone: null, second: null, updates: true, digest: true }],
  rotas: [{ name: 'night', time_zone: 'Asia/Riyadh', first_day: '2026-03-01', handover: '09:00', days: 7, people: ['سارة', 'Omar'], overrides: [{ from: '2026-03-08T06:00:00.000Z', to: '2026-03-09T06:00:00.000Z', person: 'Omar' }] }],
  calendars: [{ name: 'riyadh', time_zone: 'Asia/Riyadh', hours: { sun: ['09:00-17:00'], mon: ['09:00-17:00'], thu: ['09:00-12:30', '13:30-16:00'] }, holidays: ['2026-09-23', 'hijri:10-01'] }],
  ladders: [{ name: 'care', steps: [{ at: '50%', to: 'role:moderator', by: 'mail' }, { at: '80%', to: 'on-call:night', by: 'slack:desk' }, { unacknowledged: '30m', to: 'role:manager', by: 'mail' }] }],
  queues: [{ name: 'care', channel: 'social', first_response: '15m', next_response: null, periodic_update: null, resolution: '8h', calendar: 'riyadh', ladder: 'care', auto_acknowledge: false, brand: 'nasma', assign: 'least_loaded', skills: [], approval: false }],
  targets: [], guidelines: [], conduct: [{ name: 'no insults', version: 2, text: 'We criticise the coffee, not people.', training: '' }],
  plans: [{ name: 'clients for life', touches: [{ kind: 'newsletter', count: 12 }, { kind: 'call', count: 5 }], occasions: ['eid_al_fitr'], value_items: [], referral_steps: [] }],
};
const kind_of = `(${Object.keys(items).join('|')})`;
const USED = new Set(['ladders/care', 'calendars/riyadh', 'people/سارة']);

export function admin_routes({ refuse, allow, sources }) {
  const tokens = [{ id: 'tok1', name: 'night report', person: { id: 'p3', name: 'Omar' }, scopes: ['read'], created_at: iso(Date.now() - 9e8), expires_at: iso(Date.now() + 5e9), last_used_at: iso(Date.now() - 8 * MINUTE), revoked_at: null }, { id: 'tok0', name: 'old CRM', person: { id: 'p3', name: 'Omar' }, scopes: ['customers:write'], created_at: iso(Date.now() - 9e9), expires_at: iso(Date.now() + 5e9), last_used_at: null, revoked_at: iso(Date.now() - 9e6) }];
  const audit = [['sign_in', 'p3', 'ok'], ['setup_changed', 'rules/كلمات الشكوى', 'ok'], ['source_paused', 'youtube', 'ok'], ['customer_erased', '01J9', 'ok'], ['refused', '/api/v1/setup', 'forbidden'], ['sign_in', 'stranger@example.org', 'wrong credentials']]
    .map(([action, object, result], i) => ({ sequence: 900 - i, at: iso(Date.now() - i * 13 * MINUTE), actor: result === 'wrong credentials' ? null : { id: 'p3', name: 'Omar' }, client: '203.0.113.9', action, object, result, erased: action === 'customer_erased', hash: 'f'.repeat(64) }));
  const paused = new Set();
  let signed_in = true;
  const grant = () => ({ signed_in, account: signed_in ? 'nasma' : null, until: signed_in ? iso(Date.now() + 90 * MINUTE) : null, renews: signed_in });
  const more = (source, i) => ({ ...source, paused: paused.has(source.name), configured: true, brand: 'nasma', streams: source.kind === 'jetstream', sign_in: source.kind === 'mastodon' ? grant() : undefined, polling: false, failures: i, every_seconds: 60, last_mention_at: i === 3 ? null : iso(Date.now() - (i + 1) * 7 * MINUTE), lag_seconds: [42, 5400, 2, null][i], last_warning: i === 0 ? 'the feed no longer holds what was last seen: there may be a gap' : null, last_warning_at: i === 0 ? iso(Date.now() - 50 * MINUTE) : null, promised_until: i === 1 ? iso(Date.now() + 4 * MINUTE) : null, budget: { requests: 300, left: 280 - 70 * i, window_seconds: 900 } });
  const all = () => sources(Date.now()).map(more);
  return [
    ['PATCH', /^session\/person$/, ({ me, body }) => ({ person: Object.assign(me, body) })],
    ['GET', /^tokens$/, () => ({ tokens, areas: ['audit', 'customers', 'setup', 'sources', 'tickets'] })],
    ['POST', /^tokens$/, ({ me, body }) => {
      const token = { id: 'tok' + tokens.length + 1, person: { id: me.id, name: me.name }, created_at: iso(), last_used_at: null, revoked_at: null, ...body };
      tokens.unshift(token);
      return { token, secret: 'rasid_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF' };
    }],
    ['DELETE', /^tokens\/([^/]+)$/, ({ ids: [id] }) => ({ token: Object.assign(tokens.find((token) => token.id === id), { revoked_at: iso() }) })],
    ['GET', /^audit$/, ({ me, query }) => (allow(me, 'admin'), { entries: audit.filter((entry) => !query.get('action') || entry.action === query.get('action')), next: null, actions: [...new Set(audit.map(({ action }) => action))].sort() })],
    ['GET', /^sources$/, () => ({ sources: all() })],
    ['POST', /^sources\/[^/]+\/sign-in$/, ({ me }) => {
      allow(me, 'admin');
      signed_in = true;
      return { url: 'https://social.example/oauth/authorize?state=made-up' };
    }],
    ['DELETE', /^sources\/[^/]+\/sign-in$/, ({ me }) => (allow(me, 'admin'), (signed_in = false), {})],
    ['POST', /^sources\/([^/]+)$/, ({ me, body, ids: [name] }) => {
      allow(me, 'manager');
      const source = all().find((each) => each.name === name) ?? refuse(404, 'not_found');
      if (body.action === 'test') return { test: { mentions: 3, newest: iso(), warnings: [], took_ms: 420 } };
      if (body.action === 'pause') paused.add(name);
      if (body.action === 'resume') paused.delete(name);
      return { source };
    }],
    ['GET', /^mail-previews$/, ({ me }) => (allow(me, 'manager'), { kinds: ['escalation', 'digest'] })],
    ['GET', /^mail-previews\/(\w+)$/, ({ query, ids: [kind] }) => ({ kind, language: query.get('language'), subject: '[Rasid] #4821', text: 'Late by 12 min.\n', html: '<p>Late by 12 min.</p>' })],
    ['GET', new RegExp(`^setup/${kind_of}$`), ({ ids: [kind] }) => ({ items: items[kind] })],
    ['PUT', new RegExp(`^setup/${kind_of}/([^/]+)$`), ({ body, ids: [kind, name] }) => {
      items[kind] = [...items[kind].filter((item) => item.name !== name), { ...body, name }];
      return { changes: [{ change: 'update', kind, name }], warnings: [] };
    }],
    ['DELETE', new RegExp(`^setup/${kind_of}/([^/]+)$`), ({ ids: [kind, name] }) => {
      if (USED.has(kind + '/' + name)) refuse(409, 'in_use');
      items[kind] = items[kind].filter((item) => item.name !== name);
      return { changes: [], warnings: [] };
    }],
  ];
}
