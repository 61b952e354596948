import { named, t } from './i18n.js';
import { session } from './session.svelte.js';
import { tickets } from './tickets.svelte.js';

/** The name of a person who has one of the rows; a person has no other name here than that. */
const name_of = (id) => (id === session.person?.id ? session.person.name : tickets.rows.find((row) => row.assignee?.id === id)?.assignee.name);

/** One value of a filter as it is shown. */
export function filter_text(part, value, people = []) {
  if (part === 'platform') return named('page.platform.', value);
  if (part === 'priority') return t(`page.priority.${value}`);
  if (part === 'sentiment') return t(`page.sentiment.${value}`);
  if (part === 'assignee') return people.find(({ id }) => id === value)?.name ?? name_of(value) ?? named('page.filter.assignee.', value);
  if (part === 'state') return t(`page.filter.state.${value}`);
  return value;
}
