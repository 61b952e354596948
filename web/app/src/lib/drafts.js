// Unsent words, kept through reloads and refused writes until they are sent.

const key = (id, mode) => `draft:${mode}:${id}`;

export function draft(id, mode) {
  return sessionStorage.getItem(key(id, mode)) ?? '';
}

export function keep_draft(id, mode, text) {
  if (text) sessionStorage.setItem(key(id, mode), text);
  else sessionStorage.removeItem(key(id, mode));
}
