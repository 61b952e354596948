#!/usr/bin/env bash
# What ./dev test runs, stage by stage; the last line is `N passed, M failed`, and the exit code 1 when M is not 0.
#
# A stage that cannot run is a failure, and so is a program that ran and left no count: silence never passes.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1

reports=$PWD/build/reports
jobs=${RASID_JOBS:-$(nproc)}
passed=0 failed=0 skipped=0
failures=()

broken() { failed=$((failed + 1)) && failures+=("$1") && echo "FAILED $1"; }

# tally NAME PASSED FAILED SKIPPED
tally() {
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
    (($3 == 0)) || failures+=("$1: $3 failed")
}

build() {
    local log=$reports/build-$1.log
    if cmake --preset "$1" >"$log" 2>&1 && cmake --build "build/$1" -j "$jobs" >>"$log" 2>&1; then return 0; fi
    grep -nE 'error|FAILED|Error' "$log" | head -n 20
    broken "build of $1 (see build/reports/build-$1.log)"
    return 1
}

number() { sed -n "s/.*<testsuites[^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

stage_unit() {
    local name report ran tests bad off skips
    build dev || return
    rm -rf "$reports/unit" && mkdir -p "$reports/unit"
    GTEST_OUTPUT="xml:$reports/unit/" ctest --test-dir build/dev -j "$jobs" --output-on-failure --no-tests=error >"$reports/ctest.log" 2>&1
    ran=$?
    local before=$failed
    for name in $(ctest --test-dir build/dev -N | sed -n 's/^ *Test *#[0-9]*: //p'); do
        report=$reports/unit/${name}_tests.xml
        tests=$(number tests "$report" 2>/dev/null)
        if [[ -z $tests || $tests -eq 0 ]]; then
            broken "$name tests (no count: they crashed, hung or are none)"
            continue
        fi
        bad=$(($(number failures "$report") + $(number errors "$report")))
        off=$(number disabled "$report")
        skips=$(grep -c 'result="skipped"' "$report")
        printf '%-14s %4d tests, %d failed, %d skipped\n' "$name" "$tests" "$bad" $((skips + off))
        tally "$name tests" $((tests - bad - off - skips)) "$bad" $((skips + off))
    done
    ((ran == 0 || failed > before)) || broken "ctest ended with $ran though every program counted no failure"
    ((ran == 0)) || grep -E -A 12 '^\[  FAILED|Failure$|ERROR: |runtime error' "$reports/ctest.log" | head -n 80
}

# A TAP report: the footer of node --test, or of the scripts beside this one.
read_tap() {
    local name=$1 log=$2 code=$3 pass bad skips
    pass=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$log" | tail -n 1)
    bad=$(($(sed -n 's/^# \(fail\|cancelled\) \([0-9]*\)$/\2/p' "$log" | paste -sd+ | sed 's/^$/0/')))
    skips=$(($(sed -n 's/^# \(skipped\|todo\) \([0-9]*\)$/\2/p' "$log" | paste -sd+ | sed 's/^$/0/')))
    if [[ -z $pass ]] || ((pass + bad + skips == 0)); then
        tail -n 20 "$log"
        broken "$name (no count; exit code $code)"
        return
    fi
    tally "$name" "$pass" "$bad" "$skips"
    ((bad == 0)) || sed -n '/^ *not ok/,/^ *\.\.\.$/p' "$log" | head -n 120
    ((code == 0 || bad > 0)) || { tail -n 20 "$log" && broken "$name (exit code $code)"; }
}

# node_files LIMIT FILE…: one process a file, one after another: they start servers and measure time. Not `node --test`: that counts a
# file without tests, or one that leaves half-way with 0, as passed; by itself such a file writes no footer.
node_files() {
    local limit=$1 file log started
    shift
    for file in "$@"; do
        log=$reports/$(tr '/ ' '__' <<<"${file%.*}").tap
        started=$SECONDS
        timeout -k 20 "$limit" node --test-reporter=tap "$file" >"$log" 2>&1
        local code=$?
        ((code != 124)) || echo "$file was stopped after $limit s"
        read_tap "$file" "$log" "$code"
        echo "$file, $((SECONDS - started)) s"
    done
}

# Installs a folder's locked npm packages unless they are there already.
npm_packages() {
    [[ $1/node_modules/.package-lock.json -nt $1/package-lock.json ]] && return
    npm --prefix "$1" ci --no-audit --no-fund >"$reports/npm.log" 2>&1 && touch "$1/node_modules/.package-lock.json" && return
    tail -n 15 "$reports/npm.log"
    broken "npm ci in $1"
    return 1
}

# The path-sensitive analyzer is left to `./dev lint`: on two cores it takes as long as the tests.
stage_lint() {
    tests/lint.sh format shell bans tidy >"$reports/lint.tap" 2>&1
    read_tap lint "$reports/lint.tap" $?
}

stage_systemd() {
    tests/systemd/verify_test.sh >"$reports/systemd.tap" 2>&1
    read_tap systemd "$reports/systemd.tap" $?
}

stage_page() {
    local -a files
    npm_packages web/app || return
    mapfile -t files < <(find web/app/test -name '*.test.js' -o -name '*.test.mjs' -o -name '*_test.mjs' -o -name '*_test.js' | sort)
    ((${#files[@]} > 0)) || { broken "page tests (there are none under web/app/test)" && return; }
    node_files 300 "${files[@]}"
}

stage_end_to_end() {
    local -a files
    npm_packages tests/end_to_end && npm_packages web/app && build release || return
    mapfile -t files < <(find tests/end_to_end \( -name node_modules -o -name page \) -prune -o -name '*_test.mjs' -print | sort)
    ((${#files[@]} > 0)) || { broken "end-to-end tests (there are none under tests/end_to_end)" && return; }
    RASID_BINARY=$PWD/build/release/rasid node_files 1200 "${files[@]}"
}

# The page in a real browser, on a demo of its own.
stage_browser() {
    local demo url=$reports/demo.out
    npm_packages web/app && build release || return
    : >"$url"
    build/release/rasid demo >"$url" 2>"$reports/demo.err" &
    demo=$!
    for _ in {1..300}; do
        grep -qx ready "$url" && break
        kill -0 "$demo" 2>/dev/null || break
        sleep 0.2
    done
    if grep -qx ready "$url"; then
        mkdir -p "$reports/screens"
        RASID_SCREENSHOTS=$reports/screens RASID_MODERATOR_URL=$(sed -n 's/^moderator: //p' "$url") RASID_MANAGER_URL=$(sed -n 's/^manager: //p' "$url") \
            node_files 900 tests/end_to_end/page/*_test.mjs
        kill "$demo"
        wait "$demo" || broken "the demo did not end with 0 at SIGTERM"
    else
        cat "$reports/demo.err"
        kill "$demo" 2>/dev/null
        broken "browser tests (the demo was not ready within 60 s)"
    fi
}

stage_boot() {
    build release || return
    tests/systemd/boot_test.sh build/release/rasid >"$reports/boot.tap" 2>&1
    read_tap boot "$reports/boot.tap" $?
    grep -E '^ok .*# SKIP' "$reports/boot.tap"
}

mkdir -p "$reports"
stages=()
for argument in "$@"; do stages+=("${argument#--}"); done
[[ ${stages[*]} == boot ]] && [[ " $* " == *" --boot "* ]] && stages=(unit lint systemd page end_to_end browser boot)
((${#stages[@]} > 0)) || stages=(unit lint systemd page end_to_end browser)
for stage in "${stages[@]}"; do
    declare -F "stage_$stage" >/dev/null || { broken "there is no stage called $stage" && continue; }
    started=$SECONDS
    echo "== $stage"
    "stage_$stage"
    echo "== $stage took $((SECONDS - started)) s"
done
printf '\n'
((skipped == 0)) || echo "$skipped skipped"
((${#failures[@]} == 0)) || printf 'failed: %s\n' "${failures[@]}"
echo "$passed passed, $failed failed"
((failed == 0))
