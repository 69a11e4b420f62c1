# SPDX-License-Identifier: BSD-2-Clause
# Shared by the shell scripts: where things are, how a step is announced, how a script gives up.
# Source it after `set -euo pipefail`.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${BUILD_DIR:-$top/build}
prog=$(basename "$0")

# step TEXT: announces what is about to happen, with the seconds since the script began.
step()
{
    printf '[%4ds] %s\n' "$SECONDS" "$*"
}

# die TEXT: says in one line what is wrong and what to do, and ends with status 1.
die()
{
    printf '%s: %s\n' "$prog" "$*" >&2
    exit 1
}

# have COMMAND: true if it is on the PATH.
have()
{
    command -v "$1" >/dev/null 2>&1
}

# logged LOG COMMAND…: runs COMMAND into LOG; if it fails, shows the end of LOG and gives up.
logged()
{
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        tail -n 25 "$log" >&2
        die "failed: $* (whole log: $log)"
    fi
}

# build_native: builds the trace tools, the testbed and their tests into build/native.
build_native()
{
    [ -e "$build/native/build.ninja" ] ||
        logged "$build/logs/native-setup.log" meson setup "$build/native" "$top"
    logged "$build/logs/native-build.log" ninja -C "$build/native"
}
