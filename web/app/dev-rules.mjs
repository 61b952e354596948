// Made-up rules for dev-server.mjs: a check that knows a few errors, a backtest over invented days, versions.

const QUEUES = ['care', 'sales'];
const FIELDS = [
  ['author', 'list', []], ['name', 'list', []], ['platform', 'list', ['bluesky', 'mastodon', 'youtube']], ['source', 'list', ['fediverse', 'yt']], ['lang', 'list', ['ar', 'ar-Latn', 'en', 'fr']],
  ['sentiment', 'list', ['negative', 'neutral', 'positive']], ['followers', 'number', []], ['is', 'list', ['reply', 'verified']], ['has', 'list', ['hashtag', 'link', 'mention']],
  ['customer', 'list', ['any', 'none']], ['tier', 'list', ['gold', 'vip']], ['plan', 'list', ['clients for life']], ['stars', 'number', []],
].map(([name, kind, values]) => ({ name, kind, values }));

const blank = { queue: '', priority: 'normal', tags: [], brand: 'nasma', enabled: true, ignore: false, weight: 0, conduct: '' };

function error_of(query, at, what, what_ar, fix) {
  return { line: 1, column: [...query.slice(0, at)].length + 1, what, what_ar, fix };
}

function check(query) {
  const word = /\blangg:/.exec(query);
  if (word) return error_of(query, word.index, 'unknown field `langg:`, did you mean `lang:`?', 'الحقل `langg:` غير معروف، أتقصد `lang:`؟', { replaces: 'langg', with: 'lang', query: query.replace('langg:', 'lang:') });
  const open = query.indexOf('(');
  if (open >= 0 && !query.includes(')')) return error_of(query, open, 'the `(` that stands here is never closed; add `)`', 'القوس `(` هنا لا يُغلق؛ أضف `)`', { replaces: '', with: ')', query: query + ')' });
  return null;
}

const tree_of = (query) => ({ kind: 'all', children: query.split(/\s+/).filter(Boolean).map((text) => ({ kind: /^\w+:/.test(text) ? 'field' : 'term', text })) });

export function rule_routes({ tickets, people, refuse, iso }) {
  const rules = new Map([
    { ...blank, name: 'كلمات السلامة', query: '(تسمم OR حساسية OR "food poisoning") NOT lang:fr', queue: 'care', priority: 'critical', tags: ['safety'] },
    { ...blank, name: 'late orders', query: '(توصيل OR مندوب OR delivery) NEAR/3 (متأخر OR late) sentiment:negative', queue: 'care', priority: 'high', tags: ['complaint', 'delivery'] },
    { ...blank, name: 'job hunters', query: 'وظيفة OR job OR hiring', ignore: true },
    { ...blank, name: 'praise', query: 'sentiment:positive (نسمة OR nasma)', tags: ['praise'], enabled: false },
  ].map((rule) => [rule.name, rule]));
  const versions = new Map();
  let number = 40;

  function keep(name, before, after, me, restores = null) {
    const list = versions.get(name) ?? [];
    list.unshift({ number: ++number, at: iso(), by: { id: me.id, name: me.name }, way: 'page', restores, change: before ? (after ? 'update' : 'remove') : 'add', before, after });
    versions.set(name, list);
  }
  const late = rules.get('late orders');
  keep('late orders', { ...late, query: '(توصيل OR delivery) NEAR/3 late', priority: 'normal', tags: ['complaint'] }, { ...late, query: '(توصيل OR delivery) NEAR/3 (متأخر OR late)' }, people.admin);
  keep('late orders', { ...late, query: '(توصيل OR delivery) NEAR/3 (متأخر OR late)' }, late, people.manager);

  function backtest(rule) {
    const size = rule.query.length % 17;
    const days = [...Array(30).keys()].map((back) => {
      const hits = back % 7 === 5 ? 0 : Math.round(size / 3 + 3 * Math.abs(Math.sin(back + size)) + (back === 8 ? 14 : 0));
      return { date: iso(Date.now() - back * 86400e3).slice(0, 10), heard: 420 + 11 * back, read: 400, hits, estimate: Math.round(hits * 1.2), before: Math.round(hits / 2), present: back % 7 === 5 ? 2 : 9 + (back % 5), added: rule.queue ? Math.round(hits / 2) : 0 };
    });
    const samples = [...tickets.values()].slice(0, 6).map(({ row }) => ({ id: 's' + row.id, platform: row.platform, source: row.source, author: row.author, text: row.text, language: row.language, url: row.url, created_at: row.created_at, ticket: null, hits: [{ start: 0, end: new TextEncoder().encode(row.text.split(' ')[0]).length }] }));
    const sum = (member) => days.reduce((all, day) => all + day[member], 0);
    return {
      heard: sum('heard'), read: sum('read'), complete: true, limited: false, days, samples,
      queue: rule.queue && !rule.ignore ? { name: rule.queue, present: sum('present'), added: sum('added'), target_seconds: 3600, calendar: null, why_not: rule.queue === 'sales' ? 'no_target' : null, speed: { seconds: 380, answers: 214 }, breaches: { real: 11, model: 13, with_rule: 13 + Math.round(sum('added') / 6) } } : null,
    };
  }

  return [
    ['GET', /^setup\/rules$/, () => ({ items: [...rules.values()] })],
    ['GET', /^setup\/rules\/([^/]+)\/history$/, ({ ids: [name] }) => (rules.has(name) || versions.has(name) ? { versions: versions.get(name) ?? [] } : refuse(404, 'not_found'))],
    ['PUT', /^setup\/rules\/([^/]+)$/, ({ ids: [name], body, me, query, request }) => {
      const newest = versions.get(name)?.[0]?.number ?? 0;
      if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== String(newest)) refuse(409, 'stale_version');
      const before = rules.get(name) ?? null;
      const after = { ...blank, ...body, name };
      rules.set(name, after);
      keep(name, before, after, me, Number(query.get('restores')) || null);
      return { changes: [{ change: before ? 'update' : 'add', kind: 'rule', name }], warnings: [] };
    }],
    ['DELETE', /^setup\/rules\/([^/]+)$/, ({ ids: [name], me }) => {
      keep(name, rules.get(name), null, me);
      rules.delete(name);
      return { changes: [{ change: 'remove', kind: 'rule', name }], warnings: [] };
    }],
    ['GET', /^reports\/precision$/, () => ({
      since: iso(Date.now() - 90 * 86400e3),
      languages: [
        { language: 'ar', looked_at: 61, verdicts: [{ what: 'sentiment', was: 'negative', looked_at: 40, confirmed: 34, corrected: 6, precision: 0.85, low: 0.709, high: 0.929 }, { what: 'rule', was: 'hit', looked_at: 21, confirmed: 20, corrected: 1, precision: 0.9524, low: 0.7733, high: 0.9915 }] },
        { language: 'en', looked_at: 3, verdicts: [{ what: 'language', was: 'en', looked_at: 3, confirmed: 3, corrected: 0, precision: 1, low: 0.4385, high: 1 }] },
      ],
    })],
    ['GET', /^corrections\.ndjson$/, ({ answer }) => (answer.setHeader('Content-Type', 'application/x-ndjson'), '{"text":"made up"}\n')],
    ['GET', /^rules\/hits$/, () => ({ days: 30, rules: [{ name: 'كلمات السلامة', mentions: 17 }, { name: 'late orders', mentions: 214 }] })],
    ['GET', /^rules\.toml$/, ({ answer }) => (answer.setHeader('Content-Type', 'application/toml'), [...rules.values()].map(({ name, query }) => `[[rule]]\nname = "${name}"\nquery = '${query}'\n`).join('\n'))],
    ['PUT', /^rules\.toml$/, ({ body }) => ({ changes: [...body.matchAll(/^name = "(.*)"/gm)].map(([, name]) => ({ change: rules.has(name) ? 'update' : 'add', kind: 'rule', name })), warnings: [] })],
    ['GET', /^rules\/completions$/, () => ({ fields: FIELDS, operators: ['AND', 'OR', 'NOT', 'NEAR/3'], queues: QUEUES, tags: ['complaint', 'delivery', 'praise', 'safety'], brands: ['nasma'], conduct: ['be kind'] })],
    ['POST', /^rules\/check$/, ({ body: { query } }) => {
      const error = check(query);
      return { errors: error ? [error] : [], query: error ? null : query, tree: error ? null : tree_of(query) };
    }],
    ['POST', /^rules\/backtest$/, ({ body: { rule } }) => backtest(rule)],
  ];
}
