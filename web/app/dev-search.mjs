// Searching over the made-up tickets: words as they stand, without what the daemon knows of Arabic.
const bytes = (text) => Buffer.byteLength(text);

function hits_in(text, words) {
  const lower = text.toLowerCase();
  return words.flatMap((word) => {
    const at = lower.indexOf(word);
    return at < 0 ? [] : [{ start: bytes(text.slice(0, at)), end: bytes(text.slice(0, at + word.length)) }];
  });
}

const mention_of = ({ row, extra }) => ({ kind: 'mention', id: 'm' + row.number, direction: 'in', platform: row.platform, source: row.source, author: row.author, language: row.language, sentiment: row.sentiment.label, url: row.url, created_at: row.created_at, title: row.platform === 'reviews' ? 'Never again' : '', text: row.text, tags: row.tags, rules: row.rules, brand: row.brand, ticket: { id: row.id, number: row.number, state: row.state }, extra });
const notes_of = ({ row, extra }) => extra.history.filter((event) => event.text && ['noted', 'replied'].includes(event.kind)).map((event) => ({ kind: event.kind === 'noted' ? 'note' : 'reply', id: event.id, direction: 'out', platform: row.platform, source: row.source, author: { name: event.by?.name ?? 'Rasid', handle: '' }, language: 'und', sentiment: null, url: null, created_at: event.at, title: '', text: event.text, tags: row.tags, rules: [], brand: row.brand, ticket: { id: row.id, number: row.number, state: row.state } }));

const TESTS = {
  platform: (text, value) => text.platform === value, source: (text, value) => text.source === value, language: (text, value) => text.language === value,
  sentiment: (text, value) => text.sentiment === value, brand: (text, value) => text.brand === value, tag: (text, value) => text.tags.includes(value), rule: (text, value) => text.rules.includes(value),
  state: (text, value) => text.ticket.state === value, author: (text, value) => `${text.author.name} ${text.author.handle}`.toLowerCase().includes(value.toLowerCase()),
  since: (text, value) => text.created_at >= value, until: (text, value) => text.created_at.slice(0, 10) <= value,
};

export const search_routes = ({ tickets, refuse }) => [
  ['GET', /^search$/, ({ query }) => {
    const typed = (query.get('q') ?? '').toLowerCase();
    if (typed === 'fail') refuse(500, 'internal');
    const words = typed.split(/[\s"*«»]+/).filter((word) => word && !word.startsWith('-'));
    const numbered = [...tickets.values()].find(({ row }) => '#' + row.number === typed || String(row.number) === typed);
    const all = [...tickets.values()].flatMap((ticket) => [mention_of(ticket), ...notes_of(ticket)]).sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
    const found = all.filter((text) => words.every((word) => `${text.title} ${text.text}`.toLowerCase().includes(word)) && Object.entries(TESTS).every(([name, test]) => !query.get(name) || test(text, query.get(name))));
    const from = Number(query.get('after') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    return {
      ticket: numbered ? { ...mention_of(numbered), ...numbered.row, text: numbered.row.text } : null, waiting: typed === 'waiting' ? 84012 : 0, next: from + limit < found.length ? String(from + limit) : null,
      results: found.slice(from, from + limit).map(({ extra, tags, rules, brand, ...text }) => ({ ...text, title_hits: hits_in(text.title, words), hits: hits_in(text.text, words), cut: { before: false, after: text.text.length > 90 } })),
    };
  }],
];
