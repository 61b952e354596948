// The routes about colleagues at one ticket for the dev server: presence, drafts, canned replies, approval. Invented data.

const iso = (ms = Date.now()) => new Date(ms).toISOString();

const REPLIES = [
  { name: 'اعتذار عن التأخير', language: 'ar', queue: 'care', text: 'أهلًا {author}، نعتذر عن التأخير في طلبك {ticket}. راجعناه الآن وسنعود إليك قبل المغرب.\n{person}، {brand}', praise: false },
  { name: 'شكر على الثناء', language: 'ar', queue: '', text: 'شكرًا {author}! كلامك أسعد الفريق. هل تسمح لنا بإعادة نشره؟\n{person}', praise: true },
  { name: 'Late order', language: 'en', queue: 'care', text: 'Hello {author}, we are sorry that your order took so long. Your ticket is {ticket}; {person} looks after it.', praise: false },
  { name: 'Thanks for praise', language: 'en', queue: '', text: 'Thank you {author}! You made our day. May we reshare your words?\n{person}', praise: true },
  { name: 'Refund steps', language: 'en', queue: 'sales', text: 'Hello {author}, please send the invoice number of {ticket} by direct message.', praise: false },
];
const FORMS = {
  mastodon: { limit: 500, unit: 'graphemes', url_length: 23, counts_remote_handles: false, visibilities: ['open', 'unlisted', 'followers', 'direct'] },
  bluesky: { limit: 300, unit: 'graphemes', url_length: 0, counts_remote_handles: true, visibilities: [] },
  x: { limit: 280, unit: 'weighted', url_length: 23, counts_remote_handles: true, visibilities: [] },
};
const OTHER = { limit: 5000, unit: 'bytes', url_length: 0, counts_remote_handles: true, visibilities: [] };
const PARTS = [{ code: 'rule', value: 'high', points: 50 }, { code: 'influence', value: '37', points: 7 }, { code: 'sentiment', value: '', points: 6 }, { code: 'tier', value: 'gold', points: 10 }];

export function colleague_routes({ tickets, people, tell, refuse }) {
  const drafts = new Map();
  const here = new Map([...tickets.keys()].slice(0, 3).map((id, i) => [id, [{ id: 'p9', name: i ? 'Khalid' : 'منى الحربي', state: i === 1 ? 'looking' : 'writing' }]]));
  const at = (id) => here.get(id) ?? [];
  const first = tickets.values().next().value;
  first.extra.proposed_reply = { event: 'e-prop', text: 'أهلًا هند، سلامة ابنك أولًا. أرسلي لنا رقمك وسنتصل بك خلال ربع ساعة.', by: { id: 'p1', name: 'سارة' }, at: iso(Date.now() - 240e3), visibility: 'direct' };

  /** What the pane adds to a ticket here. */
  const story = ({ row }, me) => ({ reply_form: FORMS[row.platform] ?? OTHER, needs_approval: row.queue === 'sales' && me.role === 'moderator', priority_parts: PARTS, priority_reasons: [], proposed_reply: null, status: 'active', guideline: null, written_rules: [], paused_by: [] });

  const routes = [
    ['GET', /^presence$/, () => ({ tickets: [...here].map(([ticket, list]) => ({ ticket, people: list })) })],
    ['PUT', /^tickets\/([^/]+)\/presence$/, ({ ids: [id], body, me }) => {
      const others = at(id).filter((person) => person.id !== me.id);
      here.set(id, body.state === 'away' ? others : [...others, { id: me.id, name: me.name, state: body.state }]);
      tell('presence', { ticket: id, people: at(id) });
      return { people: at(id) };
    }],
    ['GET', /^tickets\/([^/]+)\/draft$/, ({ ids: [id], me }) => ({ drafts: Object.fromEntries(['reply', 'note', 'answered_elsewhere'].map((mode) => [mode, drafts.get(me.id + id + mode)]).filter(([, draft]) => draft)) })],
    ['PUT', /^tickets\/([^/]+)\/draft$/, ({ ids: [id], body, me }) => {
      const draft = body.text ? { text: body.text, saved_at: iso() } : null;
      drafts.set(me.id + id + body.mode, draft);
      return { draft };
    }],
    ['DELETE', /^tickets\/([^/]+)\/draft$/, ({ ids: [id], query, me }) => (drafts.delete(me.id + id + query.get('mode')), null)],
    ['GET', /^setup\/replies$/, () => ({ items: REPLIES })],
    ['GET', /^setup\/people$/, () => ({ items: [...Object.values(people), { id: 'p9', name: 'Khalid Al-Harbi', role: 'moderator', brands: [] }].map(({ id, name, role }) => ({ id, name, role, brands: [] })) })],
  ];

  /** The decisions about a reply that waits; true: it was one. */
  function decide(ticket, body, event) {
    const reply = ticket.extra.proposed_reply;
    if (body.action === 'reply' && event.proposes) return (ticket.extra.proposed_reply = { event: event.id, text: body.text, by: event.by, at: event.at, visibility: body.visibility ?? '' });
    if (!['approve', 'return'].includes(body.action)) return false;
    if (!reply) refuse(409, 'not_possible');
    ticket.extra.proposed_reply = null;
    if (body.action === 'approve') ticket.extra.pending_reply = { event: event.id, text: reply.text, send_at: iso(Date.now() + 10e3) };
    return true;
  }
  return { routes, story, decide };
}
