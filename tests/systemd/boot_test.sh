#!/usr/bin/env bash
# boot_test.sh BINARY: boots a Debian under systemd-nspawn, with the unit as it ships, and looks at the daemon's life:
# start, reload, watchdog, kill -9, stop, and that a second start keeps the data. Writes TAP.
#
# Needs root, debootstrap and systemd-nspawn; the tree is kept under build/nspawn (about three minutes the first time). Where it
# cannot run every test is skipped with the reason. The machine has a network of its own, with nothing in it.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
binary=$(readlink -f "$1")
build=$PWD/build/nspawn
tree=$build/tree
names=('the unit starts and serves its page' 'a reload is taken and a bad file keeps the old configuration' 'the first start makes the store'
    'kill -9 is followed by a restart that serves' 'a stalled daemon is restarted by the watchdog' 'a stop takes at most ten seconds'
    'a second start keeps the data' 'a bad configuration is not restarted')

skip_all() {
    local number=0 name
    for name in "${names[@]}"; do number=$((number + 1)) && echo "ok $number - $name # SKIP $1"; done
    printf '# pass 0\n# fail 0\n# skipped %d\n' "$number"
    exit 0
}

[[ $(id -u) -eq 0 ]] || skip_all "systemd-nspawn needs root"
for program in debootstrap systemd-nspawn; do command -v "$program" >/dev/null || skip_all "$program is not installed"; done
[[ -x $binary ]] || { echo "Bail out! no binary at $1"; exit 1; }

# The tree: Debian with systemd and the libraries that the binary is linked with.
mapfile -t libraries < <(ldd "$binary" | awk '$3 ~ /^\// {print $3}' | while read -r file; do
    dpkg-query -S "$(readlink -f "$file")" "$file" "/usr$file" 2>/dev/null | head -n 1 | cut -d: -f1
done | sort -u)
if [[ ! -e $tree/.complete ]]; then
    rm -rf "$tree" && mkdir -p "$build"
    packages=$(printf '%s\n' systemd systemd-sysv dbus curl procps tzdata ca-certificates "${libraries[@]}" | sort -u | paste -sd,)
    debootstrap --variant=minbase --include="$packages" bookworm "$tree" >"$build/debootstrap.log" 2>&1 || {
        tail -n 3 "$build/debootstrap.log" >&2
        rm -rf "$tree"
        skip_all "debootstrap failed, see build/nspawn/debootstrap.log"
    }
    : >"$tree/.complete"
fi

rm -rf "$tree"/etc/rasid "$tree"/var/lib/private/rasid "$tree"/var/lib/rasid
install -m 755 "$binary" "$tree/usr/bin/rasid"
mkdir -p "$tree"/etc/rasid/{credentials,conf.d}
chmod 700 "$tree/etc/rasid/credentials"
head -c 32 /dev/urandom | base64 >"$tree/etc/rasid/credentials/master.key"
chmod 600 "$tree/etc/rasid/credentials/master.key"
install -m 644 systemd/rasid.toml "$tree/etc/rasid/rasid.toml"
install -m 644 systemd/rasid.service systemd/rasid.socket "$tree/lib/systemd/system/"
# A minute of waiting for the watchdog is fifty-five seconds too many for a test.
mkdir -p "$tree/etc/systemd/system/rasid.service.d"
printf '[Service]\nWatchdogSec=5\n' >"$tree/etc/systemd/system/rasid.service.d/fast.conf"
rm -f "$tree/etc/systemd/system/multi-user.target.wants/rasid.service"
install -m 755 tests/systemd/inside.sh "$tree/usr/bin/rasid-inside"
cat >"$tree/etc/systemd/system/rasid-test.service" <<'UNIT'
[Unit]
After=multi-user.target

[Service]
Type=oneshot
ExecStart=/usr/bin/rasid-inside
StandardOutput=file:/result
StandardError=file:/trace
ExecStopPost=/usr/bin/systemctl --no-block poweroff --force
TimeoutStartSec=170
UNIT
mkdir -p "$tree/etc/systemd/system/multi-user.target.wants"
ln -sf ../rasid-test.service "$tree/etc/systemd/system/multi-user.target.wants/rasid-test.service"
rm -f "$tree/result" "$tree/trace"

timeout -k 10 240 systemd-nspawn --quiet --register=no --keep-unit --private-network -D "$tree" -b </dev/null >"$build/console.log" 2>&1
if [[ ! -s $tree/result ]]; then
    # A boot that the kernel or a container forbids never reaches the tests; one that did is judged below.
    grep -q 'rasid-test\|Reached target' "$build/console.log" || skip_all "systemd does not boot here: $(tail -n 1 "$build/console.log" | tr -cd '[:print:]')"
fi
pass=0 fail=0 number=0
for name in "${names[@]}"; do
    number=$((number + 1))
    if grep -qxF "ok $name" "$tree/result" 2>/dev/null; then
        pass=$((pass + 1)) && echo "ok $number - $name"
    else
        fail=$((fail + 1))
        printf 'not ok %d - %s\n  %s\n  ...\n' "$number" "$name" "$(grep -F "$name" "$tree/result" 2>/dev/null || echo 'was not reached')"
    fi
done
((fail == 0)) || { echo '# what happened inside:' && tail -n 60 "$tree/trace" | sed 's/^/# /'; }
printf '# pass %d\n# fail %d\n' "$pass" "$fail"
((fail == 0))
