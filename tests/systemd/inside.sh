#!/usr/bin/env bash
# Runs inside the booted machine of boot_test.sh; a line for each test on stdout: `ok NAME` or `failed NAME: why`.
set -u
set -x
export LC_ALL=C.UTF-8
page=http://127.0.0.1:8080

until_true() { # SECONDS COMMAND…
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.2
    done
}
ready() { [[ $(curl -s -m 3 -o /dev/null -w '%{http_code}' "$page/readyz") == 200 ]]; }
main_pid() { systemctl show -p MainPID --value rasid; }
state() { systemctl show -p ActiveState --value rasid; }
restarts() { systemctl show -p NRestarts --value rasid; }
say() { if [[ $2 -eq 0 ]]; then echo "ok $1"; else echo "failed $1: $(systemctl show -p ActiveState,SubState,Result,NRestarts rasid | paste -sd' ') $(journalctl -u rasid -n 3 -o cat | paste -sd' ')"; fi; }
instance() { stat -c %i /var/lib/private/rasid/rasid.db; }

systemctl start rasid.socket
systemctl start rasid.service && ready
say 'the unit starts and serves its page' $?

systemctl show -p StatusText rasid
cp /etc/rasid/rasid.toml /tmp/good.toml
before=$(main_pid)
systemctl reload rasid && until_true 5 ready && [[ $(main_pid) == "$before" ]] &&
    { echo '[nonsense]' >>/etc/rasid/rasid.toml; systemctl reload rasid; until_true 5 ready; } && [[ $(main_pid) == "$before" && $(state) == active ]] &&
    until_true 5 bash -c 'systemctl show -p StatusText --value rasid | grep -q refused || journalctl -u rasid -o cat | grep -q nonsense'
say 'a reload is taken and a bad file keeps the old configuration' $?
cp /tmp/good.toml /etc/rasid/rasid.toml
systemctl reload rasid

[[ -s /var/lib/private/rasid/rasid.db ]] && file=$(instance) && /usr/bin/rasid import /dev/stdin --dry-run </dev/null >/dev/null 2>&1
printf '[[queue]]\nname = "kept"\nfirst_response = "15m"\nresolution = "8h"\n' >/tmp/queue.toml
/usr/bin/rasid import /tmp/queue.toml && /usr/bin/rasid export | grep -q kept
say 'the first start makes the store' $?

before=$(main_pid)
kill -9 "$before"
until_true 10 bash -c "[[ \$(systemctl show -p MainPID --value rasid) != $before && \$(systemctl show -p ActiveState --value rasid) == active ]]" && until_true 5 ready
say 'kill -9 is followed by a restart that serves' $?

count=$(restarts)
kill -STOP "$(main_pid)"
until_true 40 bash -c "[[ \$(systemctl show -p NRestarts --value rasid) -gt $count ]]" && until_true 10 ready
say 'a stalled daemon is restarted by the watchdog' $?

started=$(date +%s%N)
systemctl stop rasid.service
took=$((($(date +%s%N) - started) / 1000000))
echo "the stop took $took ms" >&2
[[ $took -le 10000 && $(systemctl show -p Result --value rasid) == success ]]
say 'a stop takes at most ten seconds' $?

systemctl start rasid.service && until_true 5 ready && [[ $(instance) == "$file" ]] && /usr/bin/rasid export | grep -q kept
say 'a second start keeps the data' $?

systemctl stop rasid.service rasid.socket
echo '[nonsense]' >>/etc/rasid/rasid.toml
! systemctl start rasid.service && sleep 3 && [[ $(state) == failed && $(restarts) -eq 0 ]]
say 'a bad configuration is not restarted' $?
exit 0
