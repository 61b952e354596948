// The routes about customers and their plans for the dev server, with made-up data. Decides nothing cleverly: the daemon does that.

const iso = (ms = Date.now()) => new Date(ms).toISOString();
const DAY = 86400e3;
const date = (ms) => iso(ms).slice(0, 10);

const FIELDS = [
  ...['language', 'tier', 'brand', 'plan', 'known_as', 'address', 'preferred_channel', 'owner', 'rfm_segment'].map((name) => ({ name, kind: 'text', ops: ['is', 'is_not', 'contains', 'known', 'unknown'] })),
  ...['interests', 'occasions', 'platforms'].map((name) => ({ name, kind: 'list', ops: ['has', 'has_not', 'known', 'unknown'] })),
  ...['age', 'purchases', 'purchases_in_year', 'spent', 'spent_in_year', 'days_since_purchase', 'days_as_customer', 'rfm', 'familiarity', 'risk', 'clv', 'expected_loss'].map((name) => ({ name, kind: 'number', ops: ['is', 'at_least', 'at_most', 'known', 'unknown'] })),
];
const COLUMNS = ['name', 'name_latin', 'emails', 'phones', 'handles', 'language', 'birthday', 'address', 'tier', 'brand', 'purchases', 'interests', 'occasions', 'notes', 'owner', 'plan'];
const GUESSES = { name: 'name', الاسم: 'name', email: 'emails', emails: 'emails', 'البريد': 'emails', phone: 'phones', phones: 'phones', tier: 'tier', birthday: 'birthday' };

function figures(index) {
  const held = index === 0;
  return [
    { name: 'familiarity', value: 0.136, text: '0.136', why_not: null, inputs: [{ name: 'exposures', value: '3' }], steps: ['1 × positive mention, k = 0.1: +0', '1 × negative mention, k = 0.05: +0.0347', '1 × positive call, k = 0.25: +0.1014', 'sum 0.1361'] },
    { name: 'rfm', value: 3.1, text: '3.1', why_not: null, inputs: [{ name: 'last purchase', value: '2026-09-23, 60 days ago' }, { name: 'purchases in 365 days', value: '3' }], steps: ['R = 4, F = 2, M = 3', '0.4 × 4 + 0.3 × 2 + 0.3 × 3 = 3.1', 'segment: promising'] },
    { name: 'clv', value: 2400, text: '2400.00 SAR', why_not: null, inputs: [{ name: 'average purchase', value: '150.00 SAR (1200.00 SAR ÷ 8)' }, { name: 'churn of the segment', value: '0.25' }], steps: ['150.00 SAR × 4 ÷ 0.25 = 2400.00 SAR'] },
    { name: 'risk', value: held ? 0.3333 : 0, text: held ? '0.3333' : '0', why_not: null, inputs: [{ name: 'bad experiences in 365 days', value: held ? '1' : '0' }], steps: [held ? '1 of 3 leaves after one' : 'none'] },
    held ? { name: 'expected_loss', value: 800, text: '800.00 SAR', why_not: null, inputs: [], steps: ['2400.00 SAR × 0.3333 = 800.00 SAR'] } : { name: 'expected_loss', value: null, text: null, why_not: 'no figure because there is no risk: he never complained', inputs: [], steps: [] },
    { name: 'csat', value: 66.7, text: '66.7 %', why_not: null, inputs: [{ name: 'answers', value: '3' }], steps: ['2 ÷ 3 = 66.7 %'] },
    { name: 'nps', value: null, text: null, why_not: 'no figure because nobody was asked', inputs: [], steps: [] },
    { name: 'churn', value: 0.25, text: '25 %', why_not: null, inputs: [{ name: 'customers on 2025-11-22', value: '40' }], steps: ['10 ÷ 40'] },
  ];
}

function trust(index, now) {
  const first = new Date(now);
  return [...Array(12).keys()].map((turn) => {
    const month = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - 11 + turn, 1)).toISOString().slice(0, 7);
    const wave = (turn * 7 + index * 3) % 5;
    return { month, promises_kept: wave, promises_broken: turn % 4 === 3 ? 1 : 0, answers_in_time: 2 + wave, answers_late: turn % 3 === 1 ? 2 : 0, median_answer_seconds: turn === 2 ? null : 900 + 400 * wave, cases_opened: turn === 4 || turn === 10 ? 1 : 0, cases_recovered: turn === 5 ? 1 : 0, survey_scores: turn === 6 ? [{ kind: 'csat', value: 100 }] : turn === 11 ? [{ kind: 'csat', value: 50 }, { kind: 'nps', value: 14.3 }] : [] };
  });
}

const at_ticket = { id: 't4821', number: 4821 };

const STORIES = { 6: ['نوف العتيبي', 'Nouf Al-Otaibi'], 7: ['طارق حداد', 'Tareq Haddad'], 8: ['حسام البنا', 'Hossam Elbanna'] };

/** The demo's three stories, told shortly: the advocate, the complaint that was saved, the customer who was lost. */
function tell_story(customer, index, now) {
  const [name, name_latin] = STORIES[index];
  const survey = (id, kind, score) => ({ id, kind, laid_at: iso(now - 40 * DAY), send_at: iso(now - 39 * DAY), sent_at: iso(now - 39 * DAY), answered_at: iso(now - 38 * DAY), score, comment: '' });
  const told = (state) => ({ id: 'story' + index, ticket: null, text: 'خلال يومين', made_by: null, made_at: iso(now - 40 * DAY), due_at: iso(now - 38 * DAY), state, broken_at: state === 'broken' ? iso(now - 38 * DAY) : null, kept_at: state === 'kept' ? iso(now - 39 * DAY) : null });
  const open = { id: 'open' + index, ticket: at_ticket, about: ['billing'], opened_at: iso(now - 7200e3), last_at: iso(now - 3600e3), posts: 3, resolved_at: null };
  const old = { id: 'old' + index, ticket: null, about: ['delivery'], opened_at: iso(now - 52 * DAY), last_at: iso(now - 52 * DAY), posts: 1, resolved_at: iso(now - 50 * DAY) };
  Object.assign(customer, { name, name_latin, cases: index === 6 ? [] : [open, old], surveys: index === 6 ? [survey('sn', 'nps', 10)] : index === 7 ? [survey('st', 'csat', 5)] : [survey('sh', 'csat', 1), survey('sh2', 'nps', 2)], promises: index === 6 ? [] : [told(index === 7 ? 'kept' : 'broken')], figures: figures(index === 6 ? 1 : 0) });
  if (index === 6) return customer;
  customer.guard = { held: true, since: iso(now - 7200e3), reason: 'open complaint: ticket #4821' };
  for (const touch of customer.plan.touches) if (touch.state === 'planned' && touch.kind !== 'call') Object.assign(touch, { state: 'held', reason: 'open complaint: ticket #4821' });
  return customer;
}

/** What the record of a customer holds beyond what make_customer gives. */
export function enrich(customer, index, now, people) {
  const owner = { id: people.moderator.id, name: people.moderator.name };
  for (const touch of customer.plan.touches) {
    const call = touch.kind === 'call';
    Object.assign(touch, { owed: touch.state === 'planned' && (touch.kind !== 'follow_up_note' || touch.id.endsWith('-0')), channel: { call: 'phone', gift: 'post', newsletter: 'mail', follow_up_note: 'mail', greeting_card: 'post', personal_card: 'post' }[touch.kind], owner, occasion: touch.kind === 'personal_card' && touch.id.endsWith('-0') ? 'birthday' : '', follows: touch.kind === 'follow_up_note' ? customer.id + '-call-0' : null, draft: touch.kind === 'follow_up_note' ? 'سعدت بالحديث معك اليوم عن حبوب إثيوبيا. إن أردت أي شيء فأنا هنا.' : '', send_at: null });
    if (call && touch.id.endsWith('call-2') && touch.state !== 'done') touch.reason = 'moved from 2026-10-05: by hand';
  }
  if (index > 0 && index < 4) {
    const planned = customer.plan.touches.filter(({ state }) => state === 'planned');
    planned.slice(0, 3).forEach((touch, turn) => Object.assign(touch, { due_on: date(now - turn * 3 * DAY), late: turn > 0, owed: true }));
  }
  Object.assign(customer, {
    anniversaries: index % 2 ? [] : [{ name: 'عيد الزواج', date: '2015-06-01' }], interests: index % 2 ? ['cold brew'] : ['قهوة مختصة', 'filter coffee'], preferred_channel: index % 2 ? '' : 'phone', occasions: ['eid_al_fitr', 'ramadan', 'saudi_national_day'],
    consents: [{ channel: 'mail', granted: true, source: 'import', at: iso(now - 90 * DAY) }, { channel: 'text', granted: index % 2 === 1, source: 'told سارة', at: iso(now - 20 * DAY) }],
    quiet: index === 1 ? [{ from: '2026-12-20', to: '2027-01-03', reason: 'سفر' }] : [], known_as: ['past_client', 'circle', 'referred'][index % 3], referred_by: index === 2 ? 'c1' : '', referred_by_name: index === 2 ? 'أمل باعشن' : '',
    notes: index ? '' : 'تفضل الاتصال بعد العصر.\nلا ترسل لها عينات باللوز.', owner,
    sources: [{ field: 'phones', source: 'import', confirmed_at: iso(now - 200 * DAY) }, { field: 'birthday', source: 'by hand', confirmed_at: iso(now - 12 * DAY) }, { field: `interests/${index % 2 ? 'cold brew' : 'قهوة مختصة'}`, source: 'own mentions', confirmed_at: iso(now - 40 * DAY) }],
    cases: index === 0 ? [{ id: 't4821', ticket: at_ticket, about: ['سلامة', 'اللوز'], opened_at: iso(now - 7200e3), last_at: iso(now - 3600e3), posts: 3, resolved_at: null }, { id: 'old', ticket: null, about: ['تأخر الطلب'], opened_at: iso(now - 200 * DAY), last_at: iso(now - 199 * DAY), posts: 1, resolved_at: iso(now - 198 * DAY) }] : [],
    promises: index < 2 ? [{ id: 'pr' + index, ticket: at_ticket, text: 'سنعود إليك قبل ظهر الغد بنتيجة الفحص', made_by: owner, made_at: iso(now - 3600e3), due_at: iso(now + 2400e3), state: 'running', broken_at: null, kept_at: null }, { id: 'pk' + index, ticket: null, text: 'We will call you on Sunday', made_by: owner, made_at: iso(now - 9 * DAY), due_at: iso(now - 5 * DAY), state: index ? 'broken' : 'kept', broken_at: index ? iso(now - 5 * DAY) : null, kept_at: index ? null : iso(now - 6 * DAY) }] : [],
    surveys: [{ id: 's1', kind: 'csat', laid_at: iso(now - 40 * DAY), send_at: iso(now - 39 * DAY), sent_at: iso(now - 39 * DAY), answered_at: iso(now - 38 * DAY), score: 4, comment: 'خدمة سريعة، شكرًا' }, { id: 's2', kind: 'nps', laid_at: iso(now - DAY), send_at: iso(now + DAY), sent_at: null, answered_at: null, score: null, comment: '' }],
    merges: index === 1 ? [{ id: 'mg1', at: iso(now - 3 * DAY), by: { id: 'p2', name: 'Dana' }, dropped_name: 'Amal B.', undone_at: null }] : [],
    figures: figures(index), trust: trust(index, now),
  });
  return STORIES[index] ? tell_story(customer, index, now) : customer;
}

/** Routes as the dev server keeps them, over its customers and tickets. */
export function engagement_routes({ customers, tickets, people, refuse, allow, customer_view, iso: clock = iso }) {
  const customer_of = (id) => customers.get(id) ?? refuse(404, 'not_found');
  const touch_of = (customer, id) => customer.plan.touches.find((touch) => touch.id === id) ?? refuse(404, 'not_found');
  const ref = ({ id, name }) => ({ id, name });
  let made = 0;
  const proposals = new Map([
    ['c6', 'move_plan', 'advocates', 'advocates', 'NPS 10 on 2026-08-18'], ['c1', 'move_plan', 'advocates', 'advocates', 'referred somebody on 2026-11-02'], ['c2', 'reshare', 'm4825', 'تجربة iced latte عندهم خيال، والتوصيل وصل خلال 18 دقيقة فقط!', 'praised in public'],
    ['c2', 'thank', 'm4825', 'تجربة iced latte عندهم خيال', 'praised in public'], ['c0', 'add_interest', 'almond milk', 'almond milk', 'own mentions: 2 with almond latte'],
    ['c3', 'link_account', 'mastodon:reem_sh', 'mastodon:reem_sh', 'e-mail in the profile: reem.sh@example.org'], ['c1', 'merge', 'c4', 'سالم القحطاني', 'both have the phone +966500000101'],
  ].map(([customer, kind, subject, shown, reason], index) => ['q' + index, { id: 'q' + index, customer: ref(customers.get(customer)), kind, subject, shown, reason, made_at: clock(Date.now() - (index + 1) * 5 * 3600e3), state: 'open', decided_by: null, decided_at: null }]));
  const segments = new Map([['gold in Riyadh', { all: [{ field: 'tier', op: 'is', value: 'gold' }, { any: [{ field: 'address', op: 'contains', value: 'الرياض' }, { field: 'language', op: 'is', value: 'en' }] }, { field: 'age', op: 'at_least', value: 30 }] }], ['محبو القهوة المختصة', { all: [{ field: 'interests', op: 'has', value: 'قهوة مختصة' }] }]]);
  const pilots = new Map([['أربع مكالمات', { name: 'أربع مكالمات', segment: 'gold in Riyadh', plan: 'advocates', share: 0.5, from: '2026-03-01', until: null }]]);
  const all = () => [...customers.values()];
  const open_of = (id) => [...proposals.values()].filter((each) => each.customer.id === id && each.state === 'open');
  const view = (customer) => ({ ...customer_view(customer), proposals: open_of(customer.id) });
  const promise_of = (id) => all().flatMap(({ promises }) => promises).concat([...tickets.values()].flatMap(({ extra }) => extra.promises ?? [])).find((each) => each.id === id) ?? refuse(404, 'not_found');

  function add(body) {
    const id = 'n' + ++made;
    customers.set(id, { ...structuredClone(customers.get('c5')), id, name_latin: '', emails: [], phones: [], cases: [], promises: [], surveys: [], merges: [], interests: [], ledger: [], ...body });
    return customers.get(id);
  }

  function act(customer, touch, body) {
    if (body.action === 'done' && touch.state !== 'planned') refuse(409, 'not_possible');
    if (body.action === 'done') Object.assign(touch, { state: 'done', late: false, done_at: clock() });
    if (body.action === 'skip') Object.assign(touch, { state: 'skipped', late: false });
    if (body.action === 'reopen') Object.assign(touch, touch.send_at ? { send_at: null } : { state: 'planned', done_at: null });
    if (body.action === 'send') Object.assign(touch, { send_at: clock(Date.now() + 10e3) });
    if (body.action === 'move') Object.assign(touch, { due_on: body.to ?? date(Date.now() + 2 * DAY), late: false, reason: `moved from ${touch.due_on}: by hand` });
    if (body.action === 'done' && touch.kind === 'call') customer.ledger.unshift({ id: 'l' + ++made + 'x', at: clock(), direction: 'outbound', channel: 'phone', kind: 'call', polarity: 'neutral', text: body.text ?? '', ticket: null });
    return view(customer);
  }

  const count = (predicate) => all().filter((customer) => fits(customer, predicate));
  function fits(customer, predicate) {
    if (predicate.all) return predicate.all.every((part) => fits(customer, part));
    if (predicate.any) return predicate.any.some((part) => fits(customer, part));
    if (predicate.none) return !predicate.none.some((part) => fits(customer, part));
    const value = customer[predicate.field];
    if (predicate.op === 'is' || predicate.op === 'has') return [value].flat().includes(predicate.value);
    if (predicate.op === 'contains') return String(value ?? '').includes(predicate.value);
    return predicate.op !== 'unknown';
  }

  function today(person) {
    const day = date(Date.now());
    const items = all().flatMap((customer) => customer.plan.touches.filter((touch) => touch.owed && touch.state === 'planned' && !touch.send_at && touch.due_on <= day && (person === 'nobody' ? !touch.owner : touch.owner?.id === person)).map((touch) => ({
      touch, customer: { id: customer.id, name: customer.name, name_latin: customer.name_latin, tier: customer.tier, language: customer.language, phones: customer.phones, address: customer.address },
      days_late: Math.round((Date.parse(day) - Date.parse(touch.due_on)) / DAY), expected_loss: customer.id === 'c1' ? { amount: 800, currency: 'SAR' } : null,
      content: { value_item: 'قسيمة لفنجان من محصول الشهر', asks_for_referral: touch.kind === 'call', referral_reminder: 'إن عرفت من يحب القهوة مثلك فأخبره عنا.', referral_steps: ['أعطه رمزك', 'يذكره عند أول طلب', 'لكما فنجان'] },
      brief: touch.kind === 'call' ? { last_mentions: customer.ledger.filter(({ kind }) => kind === 'mention').map(({ at, text, polarity }) => ({ at, text, polarity })), last_calls: customer.ledger.filter(({ kind }) => kind === 'call').map(({ at, text }) => ({ at, text })), open_tickets: [{ id: 't4821', number: 4821, priority: 'high' }], open_cases: customer.cases.filter(({ resolved_at }) => !resolved_at), promises: customer.promises.filter(({ state }) => state === 'running'), interests: customer.interests } : null,
    })));
    return { date: day, calendar: `/calendar/8f3a0c5b7d21e94f.ics`, items: items.sort((a, b) => (b.expected_loss?.amount ?? 0) - (a.expected_loss?.amount ?? 0) || (b.touch.kind === 'call') - (a.touch.kind === 'call') || b.days_late - a.days_late), done_today: 3 };
  }

  function plan_import({ csv, mapping }) {
    const [header, ...lines] = csv.replace(/^\ufeff/, '').split(/\r?\n/).filter(Boolean).map((line) => line.split(','));
    const columns = header.map((name) => ({ header: name, column: mapping?.[name] ?? GUESSES[name.toLowerCase()] ?? '-', suggested: !mapping && Boolean(GUESSES[name.toLowerCase()]) }));
    const at = (column) => columns.findIndex((each) => each.column === column);
    const rows = lines.map((cells, index) => {
      const name = cells[at('name')] ?? '';
      const known = all().find((customer) => customer.name === name || customer.name_latin === name);
      const email = cells[at('emails')];
      if (!name) return { line: index + 2, outcome: 'refused', name: '', customer: null, changes: [], errors: [{ column: 1, what: 'a customer needs a name' }] };
      if (email && !email.includes('@')) return { line: index + 2, outcome: 'refused', name, customer: null, changes: [], errors: [{ column: 2, what: `"${email}" is no e-mail address` }] };
      if (!known) return { line: index + 2, outcome: 'add', name, customer: null, changes: [], errors: [] };
      const tier = cells[at('tier')];
      return tier && tier !== known.tier ? { line: index + 2, outcome: 'update', name, customer: known.id, changes: [{ field: 'tier', from: known.tier, to: tier }], errors: [] } : { line: index + 2, outcome: 'same', name, customer: known.id, changes: [], errors: [] };
    });
    const counts = Object.fromEntries(['add', 'update', 'same', 'refused'].map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length]));
    const refused = rows.filter(({ outcome }) => outcome === 'refused').map((row) => [row.line, row.errors[0].what, ...lines[row.line - 2]].join(','));
    return { columns, known_columns: COLUMNS, counts, rows, errors: at('name') < 0 ? [{ line: 1, column: 1, what: 'no column is the name' }] : [], refused_csv: refused.length ? ['line,reason,' + header.join(','), ...refused].join('\n') : '' };
  }

  const named_arm = (mean, spread, n) => ({ mean, low: mean - spread, high: mean + spread, n });
  const comparison = [['done rate', 0.82, 0.71, 'no difference shown'], ['answered', 0.6, 0.3, 'better'], ['praised', 0.21, 0.2, 'no difference shown'], ['complained', 0.12, 0.05, 'worse'], ['referred', 0.1, 0.08, 'no difference shown'], ['NPS', 8.2, 7.9, 'too few to tell (12 and 9, 30 needed)']].map(([measure, changed, old, verdict]) => ({ measure, changed: named_arm(changed, 0.06, 200), old: named_arm(old, 0.07, 200), difference: changed - old, low: changed - old - 0.1, high: changed - old + 0.1, verdict }));

  return { view, routes: [
    ['POST', /^customers\/import$/, ({ me, body, query }) => {
      allow(me, 'manager');
      const plan = plan_import(body);
      if (!query.get('dry_run') && plan.counts.refused && !body.accept_refused) refuse(409, 'refused_lines');
      if (!query.get('dry_run')) for (const { name } of plan.rows.filter(({ outcome }) => outcome === 'add')) add({ name });
      return plan;
    }],
    ['GET', /^customers\.csv$/, ({ answer }) => (answer.setHeader('Content-Type', 'text/csv; charset=utf-8'), answer.setHeader('Content-Disposition', 'attachment; filename="customers.csv"'), all().map(({ name, tier }) => `${name},${tier}`).join('\n'))],
    ['GET', /^customers\/([^/]+)\/export$/, ({ ids: [id], answer }) => (answer.setHeader('Content-Disposition', 'attachment; filename="customer.json"'), customer_of(id))],
    ['POST', /^customers$/, ({ body }) => {
      if (!body.name) refuse(400, 'bad_request');
      return view(add(body));
    }],
    ['PATCH', /^customers\/([^/]+)$/, ({ ids: [id], body, me }) => {
      const customer = customer_of(id);
      const { consents, owner, plan, ...rest } = body;
      Object.assign(customer, rest);
      if (owner !== undefined) customer.owner = Object.values(people).map(ref).find((person) => person.id === owner) ?? null;
      if (plan !== undefined) customer.plan.name = plan;
      for (const each of consents ?? []) customer.consents.push({ ...each, at: clock(), source: 'told ' + me.name });
      for (const field of Object.keys(rest)) customer.sources = [...customer.sources.filter((each) => each.field !== field), { field, source: 'by hand', confirmed_at: clock() }];
      return view(customer);
    }],
    ['DELETE', /^customers\/([^/]+)$/, ({ ids: [id], body, me }) => {
      allow(me, 'manager');
      if (body.confirm !== customer_of(id).name) refuse(409, 'not_confirmed');
      customers.delete(id);
      return { erased: true };
    }],
    ['GET', /^customers\/([^/]+)$/, ({ ids: [id] }) => view(customer_of(id))],
    ['POST', /^customers\/([^/]+)\/touches\/([^/]+)$/, ({ ids: [id, touch], body }) => act(customer_of(id), touch_of(customer_of(id), touch), body)],
    ['POST', /^customers\/([^/]+)\/contacts$/, ({ ids: [id], body }) => {
      const customer = customer_of(id);
      const touch = customer.plan.touches.find((each) => each.kind === body.kind && each.state === 'planned');
      customer.ledger.unshift({ id: 'l' + ++made + 'c', at: body.at ?? clock(), direction: 'outbound', channel: body.channel ?? 'phone', kind: body.kind, polarity: 'neutral', text: body.text, ticket: null });
      return touch ? act(customer, touch, { action: 'done' }) : view(customer);
    }],
    ['POST', /^customers\/([^/]+)\/cases\/([^/]+)\/resolve$/, ({ ids: [id, one] }) => {
      const customer = customer_of(id);
      customer.cases.find((each) => each.id === one).resolved_at = clock();
      customer.guard = { held: false, since: null, reason: null };
      customer.plan.touches.filter(({ state }) => state === 'held').forEach((touch) => Object.assign(touch, { state: 'planned', reason: 'released: a complaint was resolved' }));
      customer.plan.touches.push({ ...customer.plan.touches.find(({ kind }) => kind === 'call'), id: 'recovery-1', kind: 'recovery_call', state: 'planned', owed: true, due_on: date(Date.now() + DAY), reason: 'a complaint was resolved', done_at: null });
      return view(customer);
    }],
    ['POST', /^customers\/([^/]+)\/merge$/, ({ ids: [id], body, query, me }) => {
      allow(me, 'manager');
      const [kept, dropped] = [customer_of(id), customer_of(body.drop)];
      const choose = body.choose ?? {};
      const fields = ['name', 'name_latin', 'birthday', 'address', 'tier'].map((field) => ({ field, kept: kept[field] ?? '', dropped: dropped[field] ?? '', merged: (choose[field] === 'dropped' ? dropped : kept)[field] ?? '', conflict: kept[field] !== '' })).filter((each) => each.kept !== each.dropped);
      if (query.get('dry_run')) return { kept: ref(kept), dropped: ref(dropped), fields, moves: { identities: dropped.identities.length, ledger: dropped.ledger.length, touches: dropped.plan.touches.filter(({ state }) => state === 'planned').length } };
      const merge = { id: 'mg' + ++made + 'm', at: clock(), by: ref(me), dropped_name: dropped.name, undone_at: null, before: { kept: structuredClone(kept), dropped } };
      for (const { field, merged } of fields) kept[field] = merged;
      kept.merges.push(merge);
      customers.delete(dropped.id);
      return view(kept);
    }],
    ['POST', /^merges\/([^/]+)\/undo$/, ({ ids: [id] }) => {
      const kept = all().find(({ merges }) => merges.some((merge) => merge.id === id)) ?? refuse(404, 'not_found');
      const merge = kept.merges.find((each) => each.id === id);
      merge.undone_at = clock();
      if (merge.before) {
        const { merges } = kept;
        Object.assign(kept, merge.before.kept, { merges });
        customers.set(merge.before.dropped.id, merge.before.dropped);
      }
      return view(kept);
    }],
    ['GET', /^proposals$/, () => ({ proposals: [...proposals.values()].filter(({ state }) => state === 'open'), next: null })],
    ['POST', /^proposals\/([^/]+)$/, ({ ids: [id], body, me }) => {
      const proposal = proposals.get(id) ?? refuse(404, 'not_found');
      if (proposal.state !== 'open') refuse(409, 'not_possible');
      return { proposal: Object.assign(proposal, { state: body.decision === 'confirm' ? 'confirmed' : 'dismissed', decided_by: ref(me), decided_at: clock() }) };
    }],
    ['GET', /^today$/, ({ me, query }) => {
      const person = query.get('person') ?? me.id;
      if (person !== me.id) allow(me, 'manager');
      return today(person);
    }],
    ['GET', /^segments$/, () => ({ segments: [...segments].map(([name, predicate]) => ({ name, predicate })) })],
    ['GET', /^segments\/fields$/, () => ({ fields: FIELDS })],
    ['POST', /^segments\/preview$/, ({ body }) => ({ count: count(body.predicate).length, customers: count(body.predicate).slice(0, 20).map(ref) })],
    ['PUT', /^segments\/([^/]+)$/, ({ ids: [name], body, me }) => (allow(me, 'manager'), segments.set(name, body.predicate), { name, predicate: body.predicate })],
    ['DELETE', /^segments\/([^/]+)$/, ({ ids: [name], me }) => (allow(me, 'manager'), segments.delete(name), null)],
    ['GET', /^pilots$/, () => ({ pilots: [...pilots.values()] })],
    ['GET', /^pilots\/([^/]+)$/, ({ ids: [name] }) => ({ pilot: pilots.get(name) ?? refuse(404, 'not_found'), comparison })],
    ['PUT', /^pilots\/([^/]+)$/, ({ ids: [name], body, me }) => (allow(me, 'manager'), pilots.set(name, { name, ...body }), pilots.get(name))],
    ['DELETE', /^pilots\/([^/]+)$/, ({ ids: [name], me }) => (allow(me, 'manager'), pilots.delete(name), null)],
    ['GET', /^setup\/people$/, () => ({ items: Object.values(people) })],
    ['GET', /^setup\/plans$/, () => ({ items: [{ name: 'clients for life' }, { name: 'advocates' }] })],
    ['POST', /^promises\/([^/]+)$/, ({ ids: [id], body }) => {
      const promise = promise_of(id);
      if (body.action === 'kept') Object.assign(promise, { state: promise.broken_at ? 'broken' : 'kept', kept_at: clock() });
      if (body.action === 'withdrawn') promise.state = 'withdrawn';
      if (body.action === 'moved') promise.due_at = body.due_at;
      return { promise };
    }],
  ] };
}
