#!/usr/bin/env bash
# The unit and the socket as `systemd-analyze` reads them: no complaint, exposure at most 1.1. Writes TAP.
#
# A machine without systemd-analyze gets it unpacked under build/servers; where even that fails, every check fails.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1

number=0 failed=0
check() { # NAME OUTPUT CODE: passes when the output is empty and the code 0
    number=$((number + 1))
    if [[ -z $2 && $3 -eq 0 ]]; then echo "ok $number - $1"; return; fi
    failed=$((failed + 1))
    printf 'not ok %d - %s\n  %s\n  ...\n' "$number" "$1" "${2//$'\n'/$'\n  '}"
}

analyze=(systemd-analyze)
units=/lib/systemd/system
if ! command -v systemd-analyze >/dev/null; then
    root=$(tests/end_to_end/servers/unpack.sh systemd) || { echo "Bail out! there is no systemd-analyze"; exit 1; }
    libraries=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu:$root/lib/systemd:$root/usr/lib/x86_64-linux-gnu/systemd
    analyze=(env "LD_LIBRARY_PATH=$libraries" "$root/usr/bin/systemd-analyze")
    [[ -x $root/usr/bin/systemd-analyze ]] || analyze[2]=$root/bin/systemd-analyze
    units=$root/lib/systemd/system
fi

# verify wants the programs that a unit names to exist: a stand-in is enough.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '#!/bin/sh\n' >"$folder/program"
chmod +x "$folder/program"
for unit in rasid.service rasid.socket; do
    sed -E "s#/usr/bin/(rasid|kill)( |$)#$folder/program\2#" "systemd/$unit" >"$folder/$unit"
done
# Exec lines only: ExecPaths names the real program.
sed -i -E "s#^ExecPaths=.*#ExecPaths=/usr/lib#" "$folder/rasid.service"

verify() { SYSTEMD_LOG_LEVEL=notice SYSTEMD_UNIT_PATH="$folder:$units" "${analyze[@]}" verify --man=no "$@" 2>&1; }
for unit in rasid.service rasid.socket; do
    out=$(verify "$folder/$unit")
    check "systemd-analyze verify is silent about $unit" "$out" $?
done

sed 's/^WatchdogSec=.*/WatchdogSecond=60/' "$folder/rasid.service" >"$folder/broken.service"
out=$(verify "$folder/broken.service")
[[ $out == *WatchdogSecond* ]] && out='' || out="a misspelt directive went unnoticed: $out"
check "a misspelt directive is noticed" "$out" 0

security() { "${analyze[@]}" security --offline=true --threshold="$1" --no-pager "$folder/rasid.service" 2>&1; }
out=$(security 11)
code=$?
echo "# $(grep -a 'Overall exposure' <<<"$out")"
[[ $code -eq 0 ]] && out=''
check "the exposure is at most 1.1" "$out" "$code"
out=$(security 1) && out="a threshold of 0.1 was kept: the check does not check" || out=''
check "a stricter threshold is not kept" "$out" 0

printf '# pass %d\n# fail %d\n' $((number - failed)) "$failed"
((failed == 0))
