// A rule as the fields of a form, and back.

export const PRIORITIES = ['low', 'normal', 'high', 'critical'];

export const form_of = (rule = {}) => ({
  query: rule.query ?? '', queue: rule.queue ?? '', priority: rule.priority ?? 'normal', tags: (rule.tags ?? []).join(', '), brand: rule.brand ?? '',
  enabled: rule.enabled ?? true, ignore: rule.ignore ?? false, weight: rule.weight ?? 0, conduct: rule.conduct ?? '',
});

/** Tags are separated by commas of either script. */
const list = (text) => [...new Set(text.split(/[,،]/).map((each) => each.trim()).filter(Boolean))];

export const rule_of = (form) => ({ ...form, query: form.query.trim(), tags: list(form.tags), brand: form.brand.trim(), weight: Math.round(Number(form.weight) || 0) });

export const same_rule = (a, b) => JSON.stringify(rule_of(form_of(a))) === JSON.stringify(rule_of(form_of(b)));

/** Heights of the days of a backtest, oldest first, as shares of the highest. */
export function bars(days, member) {
  const top = Math.max(1, ...days.map((day) => day[member]));
  return { top, shares: [...days].reverse().map((day) => ({ date: day.date, value: day[member], share: day[member] / top })) };
}
