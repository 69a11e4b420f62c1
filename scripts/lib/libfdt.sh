# SPDX-License-Identifier: BSD-2-Clause
# The source of libfdt, for the board: Debian's libraries are for hosts.  Needs lib/common.sh and
# lib/apt.sh.

# libfdt_source: prints the directory with libfdt's source; fetches Debian's source package of dtc
# and unpacks it if it is not there.
libfdt_source()
{
    local downloads=$build/downloads tree=$build/dtc-src tarball
    if [ ! -e "$tree/libfdt/fdt.c" ]; then
        mkdir -p "$downloads"
        tarball=$(find "$downloads/" -name 'device-tree-compiler_*.orig.tar.xz' | tail -n 1)
        if [ -z "$tarball" ]; then
            step "fetching libfdt's source from Debian" >&2
            apt_private_update
            (cd "$downloads" && logged "$build/logs/libfdt-source.log" \
                apt_private apt-get source --download-only --tar-only device-tree-compiler)
            tarball=$(find "$downloads/" -name 'device-tree-compiler_*.orig.tar.xz' | tail -n 1)
        fi
        [ -n "$tarball" ] || die "there is no source package device-tree-compiler"
        rm -rf "$tree" "$tree.new"
        mkdir -p "$tree.new"
        tar -C "$tree.new" --strip-components=1 -xf "$tarball" || die "cannot unpack $tarball"
        mv "$tree.new" "$tree"
    fi
    echo "$tree/libfdt"
}
