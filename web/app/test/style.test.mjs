import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const src = new URL('../src/', import.meta.url);
const names = readdirSync(src, { recursive: true }).map(String);
const read = (name) => readFileSync(new URL(name, src), 'utf8');
const tokens_css = read('styles/tokens.css');

const pairs = [...tokens_css.matchAll(/--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const THEMES = { light: Object.fromEntries(pairs.map(([, name, light]) => [name, light])), dark: Object.fromEntries(pairs.map(([, name, , dark]) => [name, dark])) };

function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = [
  ...['ink', 'ink2', 'ink3', 'accent', 'late', 'soon', 'done', 'neg', 'pos', 'mix'].flatMap((ink) => ['canvas', 'surface'].map((ground) => [ink, ground])),
  ['ink', 'sunk'], ['ink2', 'sunk'], ['ink3', 'sunk'], ['ok', 'ok-soft'], ['accent', 'accent-soft'], ['ink', 'accent-soft'], ['ink2', 'accent-soft'],
  ['late', 'late-soft'], ['late', 'accent-soft'], ['soon', 'soon-soft'], ['ink', 'soon-soft'], ['done', 'done-soft'], ['on-accent', 'accent'], ['on-bar', 'bar'],
  ['neg', 'accent-soft'], ['pos', 'accent-soft'], ['ink3', 'accent-soft'],
];
const EDGES = [['line-strong', 'surface'], ['line-strong', 'canvas'], ['accent', 'sunk'], ['accent', 'surface'], ['soon', 'soon-soft']];

test('the contrast formula gives the known extremes', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#777777', '#777777'), 1);
});

for (const [theme, colours] of Object.entries(THEMES)) {
  test(`every text pair of the ${theme} theme has a contrast of 4.5 or more, every edge 3 or more`, () => {
    for (const [least, pairs] of [[4.5, TEXT], [3, EDGES]]) {
      for (const [front, back] of pairs) {
        assert.ok(colours[front] && colours[back], `${front} and ${back} are tokens`);
        const found = contrast(colours[front], colours[back]);
        assert.ok(found >= least, `${theme}: ${front} on ${back} is ${found.toFixed(2)}`);
      }
    }
  });
}

test('every colour is defined for both themes', () => {
  const defined = [...tokens_css.matchAll(/--([a-z0-9-]+):/g)].map(([, name]) => name);
  assert.deepEqual(defined.filter((name) => name !== 'shadow').sort(), Object.keys(THEMES.light).sort());
});

const styles = names.filter((name) => /\.(css|svelte)$/.test(name)).map((name) => [name, name.endsWith('.css') ? read(name) : (/<style>([\s\S]*)<\/style>/.exec(read(name))?.[1] ?? '')]);

test('styles name no side but start and end', () => {
  for (const [name, css] of styles) assert.doesNotMatch(css, /(^|[\s;{(-])(left|right)\s*[:;-]|:\s*(left|right)\b|[\s;{](width|height|top|bottom|margin-top|margin-bottom)\s*:/m, name);
});

test('colours are written only as tokens', () => {
  for (const [name, css] of styles) if (!name.endsWith('tokens.css')) assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b/i, name);
});

test('markup is never made from text and no element carries a style attribute', () => {
  for (const name of names.filter((each) => /\.(js|svelte)$/.test(each))) {
    const text = read(name);
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\{@html/, name);
    if (name.endsWith('.svelte')) assert.doesNotMatch(text.split('<style>')[0], /\sstyle(:[a-z-]+)?=/, name);
  }
});
