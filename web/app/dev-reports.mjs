// Made-up reports for working on the page, in the shapes of docs/api.md.

const DAY = 86400e3;
const date = (ms) => new Date(ms).toISOString().slice(0, 10);
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
/** The same numbers for the same day, whatever is asked. */
const wave = (day, seed) => 0.5 + 0.5 * Math.sin(day * 12.9898 + seed * 78.233);
const sum = (rows, name) => rows.reduce((total, row) => total + row[name], 0);

function period(query) {
  const until = Date.parse(query.get('until') ?? date(Date.now()));
  const days = query.get('since') ? Math.round((until - Date.parse(query.get('since'))) / DAY) + 1 : Number(query.get('days') ?? 30);
  return { since: until - (days - 1) * DAY, until, days };
}
const before = ({ since, days }) => ({ since: since - days * DAY, until: since - DAY, days });
const each_day = ({ since, days }, of) => Array.from({ length: days }, (_, index) => ({ day: date(since + index * DAY), ...of(since / DAY + index) }));
const leaning = (day, scale) => {
  const negative = Math.round(scale * (0.2 + 0.5 * wave(day, 1) ** 3));
  const neutral = Math.round(scale * (0.5 + 0.2 * wave(day, 2)));
  const positive = Math.round(scale * (0.25 + 0.2 * wave(day, 3)));
  return { mentions: negative + neutral + positive, negative, neutral, positive };
};
const spread = (list, total, name) => list.map(([key, part]) => ({ [name]: key, ...leaning(part * 100, (total * part) / 1.6) }));
const verdicts = (all, share) => {
  const kept = Math.round(all * share);
  return { kept, missed: all - kept, attainment: all ? Math.round((kept / all) * 1e4) / 1e4 : null, met_late: Math.round((all - kept) * 0.7), kept_by_pausing: Math.round(kept * 0.04) };
};

const REPORTS = {
  volume(span) {
    const days = each_day(span, (day) => leaning(day, 150));
    const total = Object.fromEntries(['mentions', 'negative', 'neutral', 'positive'].map((name) => [name, sum(days, name)]));
    const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, ...leaning(hour, total.mentions * (0.01 + 0.05 * Math.exp(-(((hour - 20) / 5) ** 2)))) }));
    const sources = [['youtube', 'القناة', 0.4], ['mastodon', 'toots', 0.25], ['reviews', 'Google', 0.2], ['feed', 'news', 0.15]].map(([platform, source, part]) => ({ platform, source, ...leaning(part * 10, (total.mentions * part) / 1.3) }));
    return { total, days, hours, sources };
  },
  sla(span) {
    const days = each_day(span, (day) => verdicts(Math.round(20 + 30 * wave(day, 4)), clamp(0.8 + 0.25 * wave(day, 5) - 0.05, 0, 1)));
    const all = sum(days, 'kept') + sum(days, 'missed');
    const share = sum(days, 'kept') / all;
    const of = (list, name) => list.map(([key, part, ahead, more = {}]) => ({ [name]: key, ...more, ...verdicts(Math.round(all * part), clamp(share + ahead, 0, 1)) }));
    return {
      total: { ...verdicts(all, share), late_now: 5 }, days,
      queues: of([['care', 0.7, 0.01], ['safety', 0.2, 0.06], ['sales', 0.1, -0.2]], 'queue'),
      people: of([['p1', 0.4, 0.05, { name: 'سارة' }], ['p2', 0.35, -0.02, { name: 'Dana' }], ['p9', 0.05, -0.1, { name: null }], [null, 0.2, -0.3, { name: null }]], 'person'),
      hours: Array.from({ length: 24 }, (_, hour) => ({ hour, ...verdicts(Math.round(all * (0.005 + 0.09 * Math.exp(-(((hour - 14) / 4) ** 2)))), clamp(share + (hour > 8 && hour < 19 ? 0.05 : -0.25), 0, 1)) })),
      targets: of([['first_response', 0.6, 0.02], ['resolution', 0.3, -0.05], ['next_response', 0.1, 0]], 'target'),
    };
  },
  speed(span) {
    const fast = 900 + (span.days % 7) * 60;
    return {
      total: { answers: 320, mean_seconds: fast * 2, median_seconds: fast + 120, p90_seconds: fast * 5 },
      classes: [
        { class: 'live', answers: 41, mean_seconds: 140, median_seconds: 95, p90_seconds: 300, negative_answers: 12, negative_mean_seconds: 120, negative_median_seconds: 80, negative_p90_seconds: 240 },
        { class: 'social', answers: 210, mean_seconds: 1900, median_seconds: fast, p90_seconds: fast * 5, negative_answers: 57, negative_mean_seconds: 1500, negative_median_seconds: fast - 300, negative_p90_seconds: fast * 4 },
        { class: 'email', answers: 0, mean_seconds: null, median_seconds: null, p90_seconds: null, negative_answers: 0, negative_mean_seconds: null, negative_median_seconds: null, negative_p90_seconds: null },
      ],
      warnings: [], promised: [{ line: 0, column: 0, what: 'queue `letters` (email) promises an answer in 4h, no later than queue `posts` (social) in 1d', what_ar: 'القائمة `letters` (email) تعد بجواب خلال 4h، أي ليس بعد القائمة `posts` (social) خلال 1d' }],
    };
  },
  workload(span) {
    const days = each_day(span, (day) => ({ opened: Math.round(25 + 30 * wave(day, 6)), answered: Math.round(22 + 25 * wave(day, 7)), resolved: Math.round(20 + 25 * wave(day, 8)) }));
    const total = { opened: sum(days, 'opened'), answered: sum(days, 'answered'), resolved: sum(days, 'resolved'), open: 42 };
    const people = [['p1', 'سارة', 0.45], ['p2', 'Dana', 0.35], [null, null, 0.2]].map(([person, name, part]) => ({ person, name, opened: Math.round(total.opened * part), answered: Math.round(total.answered * part), resolved: Math.round(total.resolved * part), open: Math.round(42 * part) }));
    return { total, people, queues: people.map(({ name, person, ...row }, index) => ({ queue: ['care', 'safety', 'sales'][index], ...row })), hours: Array.from({ length: 24 }, (_, hour) => ({ hour, opened: Math.round(total.opened / 24) })), days };
  },
  pauses: () => ({ total: { seconds: 61200 }, people: [{ id: 'p2', name: 'Dana', seconds: 43200, tickets: 11, kept_by_pausing: 2 }, { id: 'p1', name: 'سارة', seconds: 18000, tickets: 4, kept_by_pausing: 0 }] }),
  voice(span) {
    const total = span.days * 160;
    const rows = [['نسمة', false, 0.52], ['Saba', false, 0.14], ['Bean & Co', true, 0.34]].map(([brand, competitor, share]) => ({ brand, competitor, share, ...leaning(share, (total * share) / 1.2) }));
    return { brands: rows };
  },
  topics: (span) => ({ tags: spread([['تأخر الطلب', 1], ['استرجاع', 0.6], ['سلامة', 0.35], ['App bug', 0.2], ['إشادة', 0.5]], span.days * 15, 'tag').sort((a, b) => b.negative - a.negative) }),
  authors: () => ({ authors: [['هند الزهراني', 'hind_z', 'youtube', 184120], ['Priya Nair', 'priyanair', 'reviews', 66045], [null, '=cmd', 'mastodon', 8412], ['Jonas Weber', 'jweber', 'bluesky', 1204]].map(([name, handle, platform, followers], index) => ({ platform, handle, name, followers, last_at: new Date(Date.now() - index * 7e6).toISOString(), mentions: 6 - index, negative: 3, neutral: 1, positive: 2 - Math.min(index, 2) })) }),
  incidents: () => ({ total: { incidents: 1, seconds: 7200 }, incidents: [{ ticket: 't1', number: 1042, brand: 'nasma', series: 'rule:late order', kind: 'volume', began_at: new Date(Date.now() - 2 * DAY).toISOString(), found_at: new Date(Date.now() - 2 * DAY + 9e5).toISOString(), ended_at: new Date(Date.now() - 2 * DAY + 72e5).toISOString(), seconds: 7200, expected: 4.2, peak: 90, mentions: 412, tickets: 38 }] }),
};

function report(name, query) {
  const span = period(query);
  const of = (each) => ({ since: date(each.since), until: date(each.until), ...REPORTS[name](each) });
  const answer = { ...of(span), time_zone: 'Asia/Riyadh', choices: { brands: ['Saba', 'نسمة'], queues: ['care', 'safety', 'sales'] } };
  return query.get('compare') ? { ...answer, previous: of(before(span)) } : answer;
}

export const report_routes = ({ refuse, allow }) => [
  ['GET', /^reports\/(\w+)$/, ({ me, ids, query }) => allow(me, 'manager') ?? (REPORTS[ids[0]] ? report(ids[0], query) : refuse(404, 'not_found'))],
];
