#!/usr/bin/env bash
# pipeline_peer.sh PROGRAM: what pipeline_bench measures, done in Python, on fewer pages.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$(readlink -f "$0")")"
[[ -d sentiment/node_modules ]] || npm --prefix sentiment ci --no-audit --no-fund
"$program" --pages 25 | /usr/bin/python3 pipeline_peer.py sentiment/node_modules/vader-sentiment/vader_lexicon.txt
