// Made-up tickets, customers and mails for working on the page. Times hang on the moment the server starts.

const MENTIONS = [
  ['هند الزهراني', 'hind_z', 'youtube', 'حصل لابني تحسس بعد ما شرب من مشروب اللوز وما كان مكتوب على القائمة. أرجو التواصل فورًا', 'ar', 'negative', 'سلامة', 'critical', [['تحسس', -0.7]], 'تحسس'],
  ['Priya Nair', 'priyanair', 'reviews', 'Found plastic in my sandwich at the Olaya branch. I have photos and nobody at the counter wanted to see them.', 'en', 'negative', 'Safety', 'critical', [['plastic', -0.6]], 'plastic'],
  ['أمل باعشن', 'amal_b', 'mastodon', 'طلبت القهوة قبل ساعة ونص ولا أحد رد علي في التطبيق، وين خدمة العملاء؟', 'ar', 'negative', 'تأخر الطلب', 'high', [['وين خدمة العملاء', -0.4]], 'ولا أحد رد'],
  ['Jonas Weber', 'jweber', 'bluesky', 'App update broke Apple Pay again, third release in a row', 'en', 'negative', 'App bug', 'normal', [['broke', -0.5]], 'broke'],
  ['فيصل المطيري', 'faisal_m', 'feed', 'تجربة iced latte عندهم خيال، والتوصيل وصل خلال 18 دقيقة فقط!', 'ar', 'positive', 'إشادة', 'low', [['خيال', 0.8]], 'iced latte'],
  ['Jonas Weber', 'jweber', 'bluesky', 'Great coffee, but why is the عرض اليوم only on the Arabic menu?', 'en', 'neutral', 'Menu', 'normal', [['Great', 0.6]], 'عرض اليوم'],
  ['ريم الشهري', 'reem.sh', 'reddit', 'للمرة الثالثة يوصلني طلب ناقص من فرع العليا. الفاتورة رقمها 88213 ولا أحد عوضني 😡', 'ar', 'negative', 'طلب ناقص', 'high', [['ناقص', -0.5]], 'ناقص'],
  ['Maya Thornton', 'mayathorn', 'mastodon', 'Shout-out to the Jeddah corniche crew, they remembered my order after a whole month ☕', 'en', 'positive', 'Praise', 'low', [['Shout-out', 0.6]], 'order'],
  ['سالم القحطاني', 'salem_q', 'youtube', 'لا تشترون من عندهم، رفضوا يرجعون المبلغ مع إن المنتج منتهي الصلاحية', 'ar', 'negative', 'استرجاع', 'high', [['لا تشترون', -0.8]], 'يرجعون المبلغ'],
  ['نورة العتيبي', 'noura', 'bluesky', 'متى يفتح فرع الخبر؟ ننتظركم من زمان', 'ar', 'neutral', 'سؤال', 'normal', [], 'فرع'],
];
const PEOPLE = [{ id: 'p1', name: 'سارة' }, { id: 'p2', name: 'Dana' }, { id: 'p3', name: 'Omar' }];
const SHARES = [1.9, 1.4, 1.1, 0.98, 0.95, 0.9, 0.86, 0.8, 0.6, 0.4, 0.2, 0.05];
const TARGETS = { critical: 900, high: 1800, normal: 7200, low: 28800 };

const iso = (ms) => new Date(ms).toISOString();
const bytes = (text) => Buffer.byteLength(text);

export function make_ticket(index, number, now, share = SHARES[index % SHARES.length]) {
  const [name, handle, platform, text, language, label, tag, priority, words, hit] = MENTIONS[index % MENTIONS.length];
  const target = TARGETS[priority];
  const created = now - share * target * 1000 + (index % 7) * 1300;
  const due = created + target * 1000;
  const late = due < now;
  const paused = index % 17 === 16;
  const met = index % 13 === 12 ? created + target * 400 : index % 19 === 18 ? due + 720000 : null;
  const at = text.indexOf(hit);
  const row = {
    id: 't' + number, number, version: 3, state: 'open', priority, queue: index % 4 === 3 ? 'sales' : 'care', brand: 'nasma',
    author: { name, handle, followers: index % 5 === 4 ? null : 812 + ((index * 7919) % 66000), verified: index % 6 === 1 },
    platform, source: platform, text, language, sentiment: { label, score: label === 'negative' ? -0.62 : label === 'positive' ? 0.7 : 0 },
    tags: [tag], rules: [label === 'positive' ? 'اسم العلامة' : 'كلمات الشكوى'], url: index % 9 === 5 ? null : 'https://example.org/' + number,
    created_at: iso(created), updated_at: iso(created), mentions: index % 8 === 2 ? 2 : 1, assignee: index % 3 === 1 ? PEOPLE[index % 2 ? 1 : 0] : null, acknowledged_by: null,
    clocks: [
      { target: 'first_response', state: met ? 'met' : paused ? 'paused' : late ? 'breached' : 'running', started_at: iso(created), due_at: iso(due), met_at: met && iso(met), breached_at: late && (!met || met > due) ? iso(due) : null, target_seconds: target, resumes_at: paused ? iso(now + 14 * 3600e3) : null },
      { target: 'resolution', state: 'running', started_at: iso(created), due_at: iso(created + 28800e3 * 2), met_at: null, breached_at: null, target_seconds: 28800, resumes_at: null },
    ],
    customer: index % 2 === 0 ? { id: 'c' + ((index / 2) % 6), name, tier: 'gold' } : null, can: platform === 'reviews' || platform === 'feed' ? [] : ['reply', 'like'],
  };
  const mention = (id, direction, words_text, when) => ({ id, direction, author: row.author, platform, source: platform, text: words_text, language, created_at: iso(when), edited_at: null, deleted: false, url: row.url, rules: row.rules, corrected_by: null, hits: [], sentiment: { label, score: 0, words: [] }, stars: platform === 'reviews' ? 1 : null });
  const newest = { ...mention('m' + number, 'in', text, created), hits: [{ rule: row.rules[0], text: hit, start: bytes(text.slice(0, at)), end: bytes(text.slice(0, at) + hit) }] };
  newest.sentiment.words = words.map(([word, weight]) => ({ text: word, weight }));
  const extra = {
    thread: row.mentions === 2 ? [mention('m0' + number, 'in', 'السلام عليكم، عندكم رقم تواصل؟', created - 3600e3), newest] : [newest],
    reasons: [`القاعدة «${row.rules[0]}» طابقت «${hit}»`, 'Sentiment decided by: ' + (words[0]?.[0] ?? 'nothing')], influence: { score: 37, reasons: [`${row.author.followers ?? 0} followers`], parts: [{ name: 'reach', points: 30 }, { name: 'verified', points: 7 }] },
    history: [{ id: 'e1' + number, at: iso(created), kind: 'opened', by: null, text: null, undone: false, detail: {} }, { id: 'e2' + number, at: iso(created + 60e3), kind: 'notified', by: null, text: null, undone: false, detail: {} }],
    pending_reply: null,
    promises: index === 0 ? [{ id: 'prt', ticket: { id: row.id, number }, text: 'سنعود إليك قبل ظهر الغد بنتيجة الفحص', made_by: PEOPLE[0], made_at: iso(now - 3600e3), due_at: iso(now + 2400e3), state: 'running', broken_at: null, kept_at: null }] : [],
    suggested_promise: index === 2 ? { due_at: iso(now + 86400e3), words: 'نعود إليك غدًا ظهرًا' } : null,
  };
  return { row, extra };
}

export const people = {
  moderator: { id: 'p1', name: 'سارة', email: 'sara@example.org', role: 'moderator', language: 'ar' },
  manager: { id: 'p2', name: 'Dana', email: 'dana@example.org', role: 'manager', language: 'en' },
  admin: { id: 'p3', name: 'Omar', email: 'omar@example.org', role: 'admin', language: 'en' },
};

const KINDS = [['newsletter', 12], ['greeting_card', 7], ['call', 5], ['follow_up_note', 3], ['personal_card', 4], ['gift', 2]];

export function make_customer(index, now) {
  const [name, handle, platform] = MENTIONS[(index * 2) % MENTIONS.length];
  const year = new Date(now).getUTCFullYear();
  const today = iso(now).slice(0, 10);
  const touches = KINDS.flatMap(([kind, count]) => [...Array(count).keys()].map((turn) => {
    const month = Math.floor(((turn + 0.3) * 12) / count);
    const due_on = `${year}-${String(month + 1).padStart(2, '0')}-${String(3 + ((turn * 5 + kind.length) % 24)).padStart(2, '0')}`;
    const past = due_on < today;
    const late = past && kind === 'call' && month >= 9;
    return { id: `c${index}-${kind}-${turn}`, kind, due_on, state: past && !late ? (kind === 'follow_up_note' && turn === 1 ? 'skipped' : 'done') : index === 0 ? 'held' : 'planned', late, reason: !past && index === 0 ? 'شكوى مفتوحة' : null, done_at: past && !late ? due_on + 'T09:00:00.000Z' : null };
  }));
  return {
    id: 'c' + index, name, name_latin: ['Hind Al-Zahrani', 'Amal Baashen', 'Faisal Al-Mutairi', 'Reem Al-Shehri', 'Salem Al-Qahtani', 'Noura'][index % 6], emails: [handle + '@example.org'], phones: ['+966500000' + (100 + index)], language: 'ar', birthday: '1990-05-01', address: 'حي العليا، الرياض', tier: 'gold', brand: 'nasma',
    identities: [{ platform, handle, linked_by: 'import', linked_at: iso(now - 9e9) }, { platform: 'bluesky', handle: handle + '.bsky.social', linked_by: 'hand', linked_at: iso(now - 4e9) }],
    purchases: [{ date: `${year}-01-10`, amount: 120.5, currency: 'SAR' }, { date: `${year}-06-02`, amount: 64, currency: 'SAR' }],
    plan: { name: 'clients for life', year, touches }, guard: index === 0 ? { held: true, since: iso(now - 7200e3), reason: 'شكوى مفتوحة: التذكرة #4821' } : { held: false, since: null, reason: null },
    ledger: [
      { id: 'l1', at: iso(now - 7200e3), direction: 'inbound', channel: platform, kind: 'mention', polarity: 'negative', text: MENTIONS[(index * 2) % MENTIONS.length][3], ticket: { id: 't4821', number: 4821 } },
      { id: 'l2', at: iso(now - 9e8), direction: 'outbound', channel: 'mail', kind: 'newsletter', polarity: 'neutral', text: 'نشرة نوفمبر: محاصيل إثيوبيا وصلت', ticket: null },
      { id: 'l3', at: iso(now - 3e9), direction: 'inbound', channel: 'phone', kind: 'call', polarity: 'positive', text: 'شكرت الفريق على البطاقة', ticket: null },
    ],
  };
}

export const sources = (now) => [
  { name: 'youtube', kind: 'feed', platform: 'youtube', state: 'healthy', last_success_at: iso(now - 20e3), last_error: null, next_poll_at: iso(now + 40e3), mentions: 1412, silent: false },
  { name: 'mastodon social', kind: 'mastodon', platform: 'mastodon', state: 'failing', last_success_at: iso(now - 5400e3), last_error: 'https://mastodon.example: 503 Service Unavailable, next try in 4 min', next_poll_at: iso(now + 240e3), mentions: 388, silent: false },
  { name: 'بلوسكاي', kind: 'jetstream', platform: 'bluesky', state: 'healthy', last_success_at: iso(now - 1e3), last_error: null, next_poll_at: null, mentions: 96, silent: true },
  { name: 'reviews', kind: 'feed', platform: 'reviews', state: 'needs_authorisation', last_success_at: null, last_error: '401 Unauthorized', next_poll_at: null, mentions: 0, silent: false },
];

export const setup = `[[queue]]\nname = "care"\nchannel = "social"\nfirst_response = "15m"\nresolution = "8h"\nladder = "care"\nbrand = "nasma"\n\n[[rule]]\nname = "كلمات الشكوى"\nquery = 'قهوة AND sentiment:negative'\nqueue = "care"\npriority = "high"\ntags = ["شكوى"]\nenabled = true\n`;

export const mails = (now) => ['sent', 'waiting', 'dead'].map((state, index) => ({
  id: 'mail' + index, kind: 'escalation', to: 'dana@example.org', subject: `[راصد] #${4821 + index} شكوى سلامة في فرع العليا`, state, created_at: iso(now - 600e3 * (index + 1)), sent_at: state === 'sent' ? iso(now - 590e3) : null, attempts: 1 + index * 4, last_error: state === 'dead' ? '550 5.1.1 no such user' : null, ticket: 't' + (4821 + index),
  text: 'تأخر الرد 12 دقيقة.\n\nهند الزهراني @hind_z: حصل لابني تحسس بعد ما شرب من مشروب اللوز.\n\nسأتولى الرد: https://rasid.example/m/ack?t=…', html: '<!doctype html><html dir="rtl" lang="ar"><body><p style="color:#a61b12">تأخر الرد 12 دقيقة</p></body></html>',
}));
