#!/usr/bin/env bash
# postgrey.sh FOLDER PORT SECONDS: Postgrey as a policy server on 127.0.0.1:PORT, in the foreground, until SIGTERM.
#
# Runs from packages unpacked under build/servers, as whoever starts it. A recipient is put off until the same client, sender
# and recipient come again SECONDS later; no client earns a way around that. Its memory is in FOLDER/grey.
set -euo pipefail
folder=$1 port=$2 seconds=$3
root=$("$(dirname "$0")/unpack.sh" postgrey)
mkdir -p "$folder/grey"
: >"$folder/grey/nobody"
# It takes no modules from the environment.
modules=(-I"$root/usr/share/perl5")
for place in "$root"/usr/lib/*/perl5/*/; do [[ -d $place ]] && modules+=(-I"${place%/}"); done
export LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu
exec perl -T "${modules[@]}" "$root/usr/sbin/postgrey" --inet="127.0.0.1:$port" --delay="$seconds" --auto-whitelist-clients=0 \
    --dbdir="$folder/grey" --user="$(id -un)" --group="$(id -gn)" \
    --whitelist-clients="$folder/grey/nobody" --whitelist-recipients="$folder/grey/nobody"
