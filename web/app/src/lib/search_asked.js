// What the search screen asks for, as it stands in its address.

export const FILTERS = ['state', 'sentiment', 'language', 'platform', 'source', 'brand', 'tag', 'rule', 'author', 'since', 'until'];

/** What a query of an address asks for; what is empty or no filter of searching is left out. */
export function asked_of(query) {
  return Object.fromEntries(['q', ...FILTERS].map((name) => [name, query[name]?.trim()]).filter(([, value]) => value));
}

export function search_address(asked) {
  const query = new URLSearchParams(asked_of(asked));
  return '/search' + ([...query].length ? '?' + query : '');
}

/** The filters that are set. */
export const filters_of = (asked) => FILTERS.filter((name) => asked[name]);

/** Which of three nothings an answer without results is: nothing was asked, the filters let nothing through, or nobody says it. */
export function emptiness(asked) {
  if (filters_of(asked).length) return 'filtered';
  return asked.q ? 'unsaid' : 'unasked';
}
