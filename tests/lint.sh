#!/usr/bin/env bash
# lint.sh [format] [shell] [bans] [tidy] [analyze]: clang-format, shellcheck, the bans of tests/lint_rules.tsv, clang-tidy and
# its path-sensitive analyzer, all by default, over what git knows or would add. Writes TAP.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1

jobs=${RASID_JOBS:-$(nproc)}
pass=0 fail=0
tidied='core rules escalation engagement storage connectors'

# Every check ends in one of these; `verdict NAME OUTPUT` is for checks that are silent when content.
ok() { pass=$((pass + 1)) && echo "ok $((pass + fail)) - $1"; }
not_ok() {
    fail=$((fail + 1))
    printf 'not ok %d - %s\n' $((pass + fail)) "$1"
    sed 's/^/  /' | head -n 60
    echo '  ...'
}
verdict() { if [[ -z $2 ]]; then ok "$1"; else not_ok "$1" <<<"$2"; fi; }

# The files that match the given git pathspecs and still exist.
files() { git ls-files -z -co --exclude-standard -- "$@" | xargs -0 -r ls -d 2>/dev/null | sort -u; }

lint_format() {
    verdict clang-format "$(files '*.cpp' '*.hpp' | xargs -r clang-format-14 --dry-run -Werror 2>&1)"
}

# Scripts in bash; node's are checked by running them.
lint_shell() {
    verdict shellcheck "$(files dev '.ci/*' '*.sh' 'packaging/*' | xargs -r grep -lE '^#!.*\b(ba)?sh( |$)' | xargs -r shellcheck 2>&1)"
}

lint_bans() {
    local name where except pattern example why out allowed found
    while IFS=$'\t' read -r name where except pattern example why; do
        [[ -z $name || $name == '#'* ]] && continue
        if ! grep -qP -- "$pattern" <<<"$example"; then
            not_ok "ban: $name" <<<"the pattern does not match its own example, so it guards nothing: $example"
            continue
        fi
        read -ra where <<<"$where"
        read -ra except <<<"$except"
        allowed=()
        for out in "${except[@]}"; do [[ $out == - ]] || allowed+=(":(exclude)$out"); done
        found=$(files "${where[@]}" "${allowed[@]}" | xargs -r grep -nHP -- "$pattern")
        verdict "ban: $name" "${found:+$why}${found:+$'\n'}$found"
    done <tests/lint_rules.tsv
}

# clang-tidy reads the batches of a unity build, so that headers are read once for twelve files. A batch that passed is not read
# again until a file of it, a header or the checks change.
clang_tidy() {
    local name=$1 out
    export only=$2 headers
    if ! out=$(cmake --preset dev -B build/tidy -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DRASID_SANITIZE= -DCMAKE_CXX_COMPILER_LAUNCHER=env 2>&1); then
        not_ok "$name: configure" <<<"$out"
        return
    fi
    sed -i 's/"command": "[^ ]*env /"command": "/' build/tidy/compile_commands.json
    mkdir -p build/tidy/passed
    headers=$({ cat .clang-tidy && echo "$only" && files '*.hpp' '*.def' | xargs cat; } | sha256sum | cut -c1-20)
    # shellcheck disable=SC2016
    out=$(for folder in $tidied; do find "build/tidy/$folder" -name 'unity_*_cxx.cxx'; done | sort | xargs -r -P "$jobs" -n 1 bash -c '
        sources=$(sed -n "s/^#include \"\(.*\)\"$/\1/p" "$1")
        stamp=build/tidy/passed/$headers-$({ echo "$sources" && xargs cat <<<"$sources"; } | sha256sum | cut -c1-20)
        [[ -e $stamp ]] && exit
        found=$(clang-tidy-16 -p build/tidy --quiet --checks="$only" --extra-arg=-Wno-unknown-warning-option "$PWD/$1" 2>/dev/null) && : >"$stamp" && exit
        printf "%s\n" "${found:-$1: clang-tidy failed without a word}"' tidy)
    verdict "$name" "$out"
}

# The analyzer takes twice as long as all other checks together, so it is a check of its own.
lint_tidy() { clang_tidy clang-tidy '-clang-analyzer-*,-bugprone-suspicious-include'; }
lint_analyze() { clang_tidy clang-analyzer '-*,clang-analyzer-*,-clang-analyzer-core.NullDereference'; }

checks=("$@")
((${#checks[@]} > 0)) || checks=(format shell bans tidy analyze)
for check in "${checks[@]}"; do "lint_$check"; done
printf '# pass %d\n# fail %d\n' "$pass" "$fail"
((fail == 0))
