#!/usr/bin/env bash
# page_peer.sh PROGRAM: what the page takes in Chromium, on a queue that PROGRAM fills.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$(readlink -f "$0")")/.."
[[ -d web/app/node_modules ]] || npm --prefix web/app ci --no-audit --no-fund
node bench/page/measure.mjs "$program" build/release/rasid
