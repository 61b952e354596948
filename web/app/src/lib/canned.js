// Canned replies: which are offered, and their words with the variables filled in. Pure.
import { has_words } from './matches.js';

/** What stands in braces, filled in from a ticket; what nobody knows stays as it is, for whoever writes to see. */
export function fill(text, { ticket, person }) {
  const values = { author: ticket.author.name || ticket.author.handle, handle: ticket.author.handle && '@' + ticket.author.handle, ticket: '#' + ticket.number, brand: ticket.brand, person: person.name, customer: ticket.customer?.name };
  return text.replace(/\{([a-z_]+)\}/g, (whole, name) => values[name] || whole);
}

const same_language = (one, other) => one.split('-')[0] === other.split('-')[0];

/** Those that fit a ticket: in the mention's language first, thanks first where somebody praises, then by name. */
export function offered(replies, ticket, wanted = '') {
  const rank = (reply) => (same_language(reply.language, ticket.language ?? '') ? 0 : 2) + (reply.praise === (ticket.sentiment.label === 'positive') ? 0 : 1);
  return replies
    .filter((reply) => (!reply.queue || reply.queue === ticket.queue) && has_words(reply.name + ' ' + reply.text, wanted))
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

/** The thanks that a praising mention is answered with; null: none is kept in its language. */
export const thanks = (replies, ticket) => offered(replies, ticket).find((reply) => reply.praise && same_language(reply.language, ticket.language ?? '')) ?? null;
