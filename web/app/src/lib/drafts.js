// Unsent words. The server keeps them; here stand those that it does not have yet, through reloads and lost connections.

const key = (id, mode) => `draft:${mode}:${id}`;

/** What the server has not got yet; null: it has everything. */
export const unsaved = (id, mode) => sessionStorage.getItem(key(id, mode));

export const keep_draft = (id, mode, text) => sessionStorage.setItem(key(id, mode), text);

export const forget_unsaved = (id, mode) => sessionStorage.removeItem(key(id, mode));
