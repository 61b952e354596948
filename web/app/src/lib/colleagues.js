// @colleague in a note. Pure.

/** The name that is being typed before the caret: `{from, typed}`, or null. */
export function name_at(text, caret) {
  const before = text.slice(0, caret);
  const at = before.lastIndexOf('@');
  if (at < 0 || (at > 0 && /[\p{L}\p{N}_]/u.test(before[at - 1]))) return null;
  const typed = before.slice(at + 1);
  return typed.length > 40 || /[\n@]/.test(typed) || /\s{2}|^\s/.test(typed) ? null : { from: at, typed };
}

/** Colleagues who see the ticket and whose name, or a later part of it, begins so. */
export function suggested(people, brand, me, typed) {
  const wanted = typed.toLocaleLowerCase();
  const fits = ({ name }) => name.toLocaleLowerCase().startsWith(wanted) || name.toLocaleLowerCase().split(' ').some((part) => wanted && part.startsWith(wanted));
  return people.filter((person) => person.id !== me && (!person.brands?.length || person.brands.includes(brand)) && person.name !== typed.trim() && fits(person)).slice(0, 6);
}

/** The text with the name written out; `caret` stands behind it. */
export function with_name(text, { from, typed }, name) {
  const written = `@${name} `;
  return { text: text.slice(0, from) + written + text.slice(from + 1 + typed.length).replace(/^ /, ''), caret: from + written.length };
}
