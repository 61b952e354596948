import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { compile_messages, loaded_with, problems } from '../build/messages.mjs';

const numbers = { format: (value) => new Intl.NumberFormat('en').format(value) };

async function compiled(language, catalogue) {
  const code = compile_messages(language, catalogue);
  return (await import('data:text/javascript;base64,' + Buffer.from(code).toString('base64'))).default;
}

const six = '{n, plural, zero {Z} one {O} two {T} few {F#} many {M#} other {X#}}';

test('Arabic chooses among all six plural forms', async () => {
  const { 'page.a': message } = await compiled('ar', { 'page.a': six });
  assert.deepEqual([0, 1, 2, 3, 10, 11, 99, 100, 103].map((n) => message({ n }, numbers)), ['Z', 'O', 'T', 'F3', 'F10', 'M11', 'M99', 'X100', 'F103']);
});

test('exact cases come before plural categories, selects and nested plurals work', async () => {
  const { 'page.a': a, 'page.b': b } = await compiled('en', { 'page.a': '{n, plural, =0 {none} one {# thing} other {# things}}', 'page.b': '{who, select, me {I} other {They}} {n, plural, one {see # ticket} other {see # tickets}}' });
  assert.deepEqual([0, 1, 1200].map((n) => a({ n }, numbers)), ['none', '1 thing', '1,200 things']);
  assert.equal(b({ who: 'me', n: 1 }, numbers), 'I see 1 ticket');
  assert.equal(b({ who: 'x', n: 2 }, numbers), 'They see 2 tickets');
});

test('text arguments are isolated from the direction of the sentence and cannot become code', async () => {
  const { 'page.a': message, 'page.q': quoted } = await compiled('en', { 'page.a': 'To {name}.', 'page.q': 'say "`$`" \\ done' });
  assert.equal(message({ name: 'هند' }, numbers), 'To \u2068هند\u2069.');
  assert.equal(quoted, 'say "`$`" \\ done');
});

test('a missing key, an unused key, an unknown key and a missing plural form are each found', () => {
  const good = { ar: { 'page.a': six, 'mail.x': 'م' }, en: { 'page.a': '{n, plural, one {#} other {#}}', 'mail.x': 'm' } };
  assert.deepEqual(problems(good, ["t('page.a', { n })"]), []);
  const first = (catalogues, source = "t('page.a')") => problems(catalogues, [source])[0];
  assert.match(first({ ...good, en: { 'mail.x': 'm' } }), /en\.json: page\.a is missing/);
  assert.match(first({ ar: good.ar, en: { 'page.a': 'a' } }), /en\.json: mail\.x is missing/);
  assert.match(first(good, 't(other)'), /page\.a is used nowhere/);
  assert.match(first(good, "t('page.a'); t('page.b')"), /page\.b is used by the page and in no catalogue/);
  assert.match(first({ ...good, ar: { ...good.ar, 'page.a': six.replace('two {T} ', '') } }), /ar\.json: page\.a lacks the plural form two/);
  assert.match(first({ ...good, ar: { ...good.ar, 'page.a': 'غلط {' } }), /ar\.json: page\.a: /);
});

test('a key built from a prefix counts as used', () => {
  const all = { ar: { 'page.v.x': 'س' }, en: { 'page.v.x': 'x' } };
  assert.deepEqual(problems(all, ['t(`page.v.${name}`)']), []);
  assert.deepEqual(problems(all, ["named('page.v.', name)"]), []);
});

test('what is imported on demand does not load with the page', () => {
  const files = new Map([['main.js', "import a from './lib/a.js';\nconst later = () => import('./b.js');"], ['lib/a.js', "export { c } from '../c.js';"], ['b.js', ''], ['c.js', '']]);
  assert.deepEqual([...loaded_with('main.js', files)], ['main.js', 'lib/a.js', 'c.js']);
});

test('the catalogues are sorted by key, one key a line', () => {
  for (const language of ['ar', 'en']) {
    const text = readFileSync(new URL(`../../../i18n/${language}.json`, import.meta.url), 'utf8');
    const catalogue = JSON.parse(text);
    assert.deepEqual(Object.keys(catalogue), Object.keys(catalogue).sort());
    assert.equal(text.trimEnd().split('\n').length, Object.keys(catalogue).length + 2);
  }
});
