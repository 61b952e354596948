// What a filter is made of, in words. Pure.

export const CHOICES = {
  state: ['open', 'resolved'],
  priority: ['critical', 'high', 'normal', 'low'],
  sentiment: ['negative', 'neutral', 'positive'],
};

/** The values of one part that the rows have, besides `chosen`, sorted. */
export function values_in(rows, part, chosen) {
  const all = new Set(chosen ? [chosen] : []);
  for (const row of rows) {
    const found = part === 'label' ? (row.labels ?? []) : part === 'tag' ? row.tags : [row[part]];
    for (const value of found) if (value) all.add(value);
  }
  return [...all].sort((a, b) => a.localeCompare(b));
}

/** A filter without what limits nothing. */
export const tidy = (filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
