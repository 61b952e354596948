/** Corrections that say of all that the machine made of a mention what the machine says itself. */
export function right_as_it_is({ sentiment, language, rules }) {
  return [
    { what: 'sentiment', right: sentiment.label },
    ...(language === 'und' ? [] : [{ what: 'language', right: language }]),
    ...rules.map((rule) => ({ what: 'rule', rule, right: 'hit' })),
  ];
}
