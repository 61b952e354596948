import assert from 'node:assert/strict';
import test from 'node:test';
import { right_as_it_is } from '../src/lib/right_as_it_is.js';
import { completed, completion_at, direction_of, error_range, query_pieces } from '../src/lib/query_text.js';
import { bars, form_of, rule_of, same_rule } from '../src/lib/rule.js';
import { item_diff, word_diff } from '../src/lib/word_diff.js';

const known = {
  fields: [
    { name: 'author', kind: 'list', values: [] }, { name: 'lang', kind: 'list', values: ['ar', 'ar-Latn', 'en'] },
    { name: 'plan', kind: 'list', values: ['clients for life', 'advocates'] }, { name: 'platform', kind: 'list', values: ['mastodon', 'youtube'] },
    { name: 'followers', kind: 'number', values: [] },
  ],
  operators: ['AND', 'OR', 'NOT', 'NEAR/3'],
};
const texts = (query, caret = query.length, asked = false) => completion_at(query, caret, known, asked)?.options.map(({ text }) => text) ?? null;

test('the pieces of a query are the query, each of its kind', () => {
  for (const query of ['', '(قهوة OR "too cold"~3) NOT lang:ar -followers>10k /ord\\/er #\\d+/', '"open', '/open', 'a:b"c d"e ) NEAR/3 😡', 'plan:"clients for life",x y']) {
    assert.equal(query_pieces(query).map(({ text }) => text).join(''), query);
  }
  assert.deepEqual(query_pieces('(قهوة OR lang:ar) "x y"').filter(({ kind }) => kind !== 'space').map(({ kind }) => kind), ['bracket', 'word', 'operator', 'field', 'bracket', 'phrase']);
  assert.deepEqual(query_pieces('plan:"clients for life",x y').map(({ text }) => text), ['plan:"clients for life",x', ' ', 'y']);
});

test('an error is underlined from its column, counted in characters, to the end of its word', () => {
  const query = 'قهوة langg:ar\n😡😡 wrong here';
  const at = (line, column) => {
    const { from, to } = error_range(query, line, column);
    return query.slice(from, to);
  };
  assert.equal(at(1, 6), 'langg:ar');
  assert.equal(at(2, 4), 'wrong');
  assert.equal(at(1, 1), 'قهوة');
  assert.equal(at(9, 99), '');
});

test('a field is completed by its values, the last of a list alone', () => {
  assert.deepEqual(texts('coffee lang:'), ['ar', 'ar-Latn', 'en']);
  assert.deepEqual(texts('coffee lang:ar-'), ['ar-Latn']);
  assert.deepEqual(texts('-lang:e'), ['en']);
  assert.deepEqual(texts('platform:mastodon,y'), ['youtube']);
  assert.deepEqual(texts('plan:"clie'), ['"clients for life"']);
  assert.deepEqual(texts('plan:cl'), ['"clients for life"']);
  assert.equal(texts('author:'), null);
  assert.equal(texts('nothing:'), null);
  assert.equal(texts('lang:en'), null, 'what stands there in full is not offered');
});

test('a word is completed by fields, operators only where they are begun or asked for', () => {
  assert.deepEqual(texts('coffee la'), ['lang:']);
  assert.deepEqual(texts('fol'), ['followers>']);
  assert.deepEqual(texts('(pl'), ['plan:', 'platform:']);
  assert.deepEqual(texts('coffee N'), ['NOT ', 'NEAR/3 ']);
  assert.equal(texts('coffee '), null);
  assert.equal(texts('"coffee la'), null, 'a phrase is no field');
  assert.equal(texts('#la'), null);
  assert.equal(texts('coffee ', 7, true).length, known.fields.length + known.operators.length);
  assert.deepEqual(texts('la coffee', 2), ['lang:'], 'the caret decides, not the end');
});

test('an option takes the place of what was begun', () => {
  const query = 'قهوة lang:e OR x';
  const offer = completion_at(query, 11, known);
  assert.deepEqual(completed(query, offer, offer.options[0]), { query: 'قهوة lang:en OR x', caret: 12 });
});

test('a query reads in the direction of its words and not of its fields', () => {
  assert.equal(direction_of('lang:ar قهوة OR latte'), 'rtl');
  assert.equal(direction_of('latte OR قهوة'), 'ltr');
  assert.equal(direction_of('lang:ar'), null);
});

test('a diff loses no word of either side', () => {
  const without = (parts, change) => parts.filter((part) => part.change !== change).map(({ text }) => text).join('');
  for (const [before, after] of [['', ''], ['', 'a b'], ['a b', ''], ['coffee OR قهوة', 'coffee OR شاي'], ['(a OR b) c', '(a OR b OR d) lang:ar'], ['same text', 'same text']]) {
    const parts = word_diff(before, after);
    assert.equal(without(parts, 'added'), before);
    assert.equal(without(parts, 'removed'), after);
  }
  assert.deepEqual(word_diff('coffee OR tea', 'coffee OR قهوة'), [{ text: 'coffee OR ', change: null }, { text: 'tea', change: 'removed' }, { text: 'قهوة', change: 'added' }]);
  assert.deepEqual(word_diff('same', 'same'), [{ text: 'same', change: null }]);
});

test('versions differ in the members that they say differently', () => {
  const before = { name: 'a', query: 'x', tags: ['one'], enabled: true };
  assert.deepEqual(item_diff(before, { ...before, tags: ['one', 'two'], enabled: false }).map(({ name }) => name), ['tags', 'enabled']);
  assert.deepEqual(item_diff(null, { name: 'a', query: 'x' }), [{ name: 'query', parts: [{ text: 'x', change: 'added' }] }]);
  assert.deepEqual(item_diff(before, before), []);
});

test('a rule goes through its form and comes out as it was', () => {
  const rule = { query: 'قهوة', queue: 'care', priority: 'high', tags: ['complaint', 'cold'], brand: 'nasma', enabled: false, ignore: false, weight: -5, conduct: '' };
  assert.deepEqual(rule_of(form_of(rule)), rule);
  assert.deepEqual(rule_of({ ...form_of(rule), tags: ' a، b ,a,, ' }).tags, ['a', 'b']);
  assert.ok(same_rule(rule, { ...rule, name: 'anything' }));
  assert.ok(!same_rule(rule, { ...rule, weight: 5 }));
});

test('bars stand oldest first and the highest fills the chart', () => {
  const days = [{ date: '2026-03-02', estimate: 4 }, { date: '2026-03-01', estimate: 1 }];
  assert.deepEqual(bars(days, 'estimate'), { top: 4, shares: [{ date: '2026-03-01', value: 1, share: 0.25 }, { date: '2026-03-02', value: 4, share: 1 }] });
  assert.equal(bars([{ date: 'x', estimate: 0 }], 'estimate').shares[0].share, 0);
});

test('to confirm a verdict is to say what it says, of each part that can be said', () => {
  assert.deepEqual(right_as_it_is({ sentiment: { label: 'negative' }, language: 'ar', rules: ['a', 'b'] }), [
    { what: 'sentiment', right: 'negative' }, { what: 'language', right: 'ar' }, { what: 'rule', rule: 'a', right: 'hit' }, { what: 'rule', rule: 'b', right: 'hit' },
  ]);
  assert.deepEqual(right_as_it_is({ sentiment: { label: 'neutral' }, language: 'und', rules: [] }), [{ what: 'sentiment', right: 'neutral' }]);
});
