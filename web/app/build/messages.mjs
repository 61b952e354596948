// ICU MessageFormat at build time: checks the catalogues and turns the page's messages into small functions.
import { posix } from 'node:path';
import { parse } from '@messageformat/parser';

const PLURALS = { ar: ['zero', 'one', 'two', 'few', 'many', 'other'], en: ['one', 'other'] };
const PAGE = 'page.';

/** The parser takes a brace without its partner for text. */
function no_loose_brace(tokens) {
  for (const token of tokens) {
    if (token.type === 'content' && /[{}]/.test(token.value)) throw new Error('a brace without its partner');
    for (const branch of token.cases ?? []) no_loose_brace(branch.tokens);
  }
}

/** Every plural of a parsed message, nested ones too. */
function* plurals(tokens) {
  for (const token of tokens) {
    if (token.type === 'plural') yield token;
    for (const branch of token.cases ?? []) yield* plurals(branch.tokens);
  }
}

/** The page's keys that sources name, in full or by the part before `${`. */
export function used_keys(sources) {
  const whole = new Set();
  const starts = new Set();
  for (const source of sources) {
    for (const [, key] of source.matchAll(/['"`](page\.[a-z0-9_.]*[a-z0-9_])['"`]/g)) whole.add(key);
    for (const [, start] of source.matchAll(/[`'](page\.[a-z0-9_.]*\.)(?:\$\{|')/g)) starts.add(start);
  }
  return { whole, starts };
}

/** Names of the files that `entry` imports, itself included; what is imported only when asked for is not. */
export function loaded_with(entry, files) {
  const found = new Set([entry]);
  for (const name of found) {
    for (const [, path] of files.get(name).matchAll(/(?:^|\n)\s*(?:import|export)[^'"(]*['"](\.[^'"]+)['"]/g)) {
      const imported = posix.join(posix.dirname(name), path);
      if (files.has(imported)) found.add(imported);
    }
  }
  return found;
}

/** Whether sources name a key. */
export function is_used(key, { whole, starts }) {
  return whole.has(key) || [...starts].some((start) => key.startsWith(start));
}

/** What is wrong with the catalogues, one sentence each. */
export function problems(catalogues, sources) {
  const found = [];
  const languages = Object.keys(catalogues);
  const keys = new Set(languages.flatMap((language) => Object.keys(catalogues[language])));
  const used = used_keys(sources);
  for (const key of keys) {
    for (const language of languages) {
      const text = catalogues[language][key];
      if (text === undefined) {
        found.push(`${language}.json: ${key} is missing`);
        continue;
      }
      try {
        const tokens = parse(text);
        no_loose_brace(tokens);
        for (const plural of plurals(tokens)) {
          const missing = PLURALS[language].filter((form) => !plural.cases.some((branch) => branch.key === form));
          if (missing.length) found.push(`${language}.json: ${key} lacks the plural form ${missing.join(', ')}`);
        }
      } catch (error) {
        found.push(`${language}.json: ${key}: ${error.message}`);
      }
    }
    if (key.startsWith(PAGE) && !is_used(key, used)) found.push(`${key} is used nowhere in the page`);
  }
  for (const key of used.whole) if (!keys.has(key)) found.push(`${key} is used by the page and in no catalogue`);
  return found;
}

function expression(tokens, counted) {
  const parts = tokens.map((token) => {
    switch (token.type) {
      case 'content': return JSON.stringify(token.value);
      case 'octothorpe': return `n.format(${counted})`;
      case 'argument': return `v(a.${token.arg},n)`;
      case 'plural': return choice(token, (branch) => expression(branch.tokens, 'a.' + token.arg), `p(a.${token.arg})`);
      case 'select': return choice(token, (branch) => expression(branch.tokens, counted), 'a.' + token.arg);
      default: throw new Error(`${token.type} is not supported`);
    }
  });
  return parts.length ? parts.join('+') : '""';
}

function choice(token, branch_expression, selector) {
  const exact = token.cases.filter((branch) => branch.key.startsWith('=')).map((branch) => `a.${token.arg}===${branch.key.slice(1)}?${branch_expression(branch)}:`);
  const named = token.cases.filter((branch) => !branch.key.startsWith('=') && branch.key !== 'other');
  const other = token.cases.find((branch) => branch.key === 'other');
  const tests = named.map((branch) => `s===${JSON.stringify(branch.key)}?${branch_expression(branch)}:`);
  return `(${exact.join('')}(s=>${tests.join('')}${branch_expression(other)})(${selector}))`;
}

/**
 * A module whose default export maps the page's wanted keys to text or to `(arguments, number format) => text`.
 * Text arguments are isolated, so that a name in the other script does not disturb the sentence.
 */
export function compile_messages(language, catalogue, wanted = () => true) {
  const entries = Object.entries(catalogue)
    .filter(([key]) => key.startsWith(PAGE) && wanted(key))
    .map(([key, text]) => {
      const tokens = parse(text);
      const plain = tokens.every((token) => token.type === 'content');
      return `${JSON.stringify(key)}:${plain ? JSON.stringify(tokens.map((token) => token.value).join('')) : `(a,n)=>${expression(tokens)}`}`;
    });
  return `const r=new Intl.PluralRules(${JSON.stringify(language)}),p=x=>r.select(x),v=(x,n)=>typeof x==='number'?n.format(x):'\\u2068'+x+'\\u2069';export default{${entries.join(',\n')}};`;
}
