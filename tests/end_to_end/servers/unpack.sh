#!/usr/bin/env bash
# unpack.sh PACKAGE…: unpacks Debian packages, with the libraries of theirs that this machine lacks, under build/servers/root
# and prints that folder. Nothing is installed and nothing that the machine has is touched.
set -euo pipefail
build=${RASID_BUILD_DIR:-$(readlink -f "$(dirname "$0")/../../..")/build}
root=$build/servers/root
mkdir -p "$build/servers/packages" "$root"
exec 9>"$build/servers/lock"
flock 9

stamp=$build/servers/$(printf '%s\n' "$@" | sort | paste -sd_)
if [[ ! -e $stamp ]]; then
    # What an installation would bring in is what the machine lacks; the named packages are wanted in any case.
    mapfile -t wanted < <({
        printf '%s\n' "$@"
        apt-get install -s --no-install-recommends "$@" 2>/dev/null | awk '$1 == "Inst" {print $2}'
    } | sort -u)
    cd "$build/servers/packages"
    download=(apt-get -o APT::Sandbox::User=root -qq download "${wanted[@]}")
    # Root may refresh a package list that names files the mirror has dropped; anybody else is told by apt-get.
    "${download[@]}" >&2 || { [[ $(id -u) -eq 0 ]] && apt-get -o DPkg::Lock::Timeout=300 -qq update >&2 && "${download[@]}" >&2; }
    for package in "${wanted[@]}"; do
        for file in "$package"_*.deb; do dpkg -x "$file" "$root" && rm "$file"; done
    done
    : >"$stamp"
fi
echo "$root"
