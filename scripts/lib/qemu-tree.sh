# SPDX-License-Identifier: BSD-2-Clause
# The unpacked QEMU tree: source, our links in it, our patches on it.  Needs lib/common.sh and
# lib/apt.sh.

qemu_series=10.0

# Directories of ours that appear in QEMU's tree: <place in QEMU> <place in the repository>.
qemu_links=(
    "hw/arm/exynos5      hw/arm"
    "target/arm/hyptrace target/arm"
    "tests/qtest/exynos5 tests/qtest"
    "hyptrace/format     hyptrace/format"
    "hyptrace/lib        hyptrace/lib"
    "include/armv7       include/armv7"
)

# qemu_source_fetch: prints the path of a .dsc, tarball or directory with QEMU's source; fetches
# Debian 13's source package if there is none.  apt checks the signatures.
qemu_source_fetch()
{
    if [ -n "${QEMU_SOURCE:-}" ]; then
        [ -e "$QEMU_SOURCE" ] || die "QEMU_SOURCE=$QEMU_SOURCE does not exist"
        readlink -f "$QEMU_SOURCE"
        return
    fi
    local downloads=$build/downloads dsc
    dsc=$(find "$downloads/" -name "qemu_$qemu_series.*.dsc" 2>/dev/null | sort -V | tail -n 1)
    [ -n "$dsc" ] || dsc=$(find "$downloads/" -name "qemu_*$qemu_series.*.dsc" 2>/dev/null | tail -n 1)
    if [ -z "$dsc" ]; then
        step "fetching QEMU's source package from Debian 13" >&2
        apt_private_update
        mkdir -p "$downloads"
        (cd "$downloads" &&
         logged "$build/logs/qemu-source.log" apt_private apt-get source --download-only qemu)
        dsc=$(find "$downloads/" -name "qemu_*$qemu_series.*.dsc" | tail -n 1)
        [ -n "$dsc" ] || die "Debian 13's qemu is not $qemu_series: set QEMU_SOURCE to a $qemu_series tarball"
    fi
    echo "$dsc"
}

# qemu_source_extract SOURCE DIR: unpacks SOURCE into DIR, which does not exist yet.  A tarball is
# made of one top directory.
qemu_source_extract()
{
    case $1 in
    *.dsc)
        logged "$build/logs/qemu-unpack.log" dpkg-source --no-check -x "$1" "$2" ;;
    *)
        mkdir -p "$2"
        if [ -d "$1" ]; then
            cp -a "$1/." "$2"
        else
            tar -C "$2" --strip-components=1 -xf "$1" || die "cannot unpack $1"
        fi ;;
    esac
}

# qemu_tree_unpack TREE: unpacks the source into TREE once; an interrupted run starts again.
qemu_tree_unpack()
{
    local tree=$1 source
    [ ! -e "$tree/VERSION" ] || return 0
    source=$(qemu_source_fetch)
    step "unpacking $(basename "$source")"
    rm -rf "$tree" "$tree.new"
    mkdir -p "$build"
    qemu_source_extract "$source" "$tree.new"
    case $(cat "$tree.new/VERSION" 2>/dev/null) in
    $qemu_series.*) ;;
    *) die "$source is QEMU '$(cat "$tree.new/VERSION" 2>/dev/null)', want $qemu_series.z" ;;
    esac
    mv "$tree.new" "$tree"
}

# qemu_tree_link TREE: makes the links to our directories.
qemu_tree_link()
{
    local tree=$1 link place ours
    for link in "${qemu_links[@]}"; do
        read -r place ours <<<"$link"
        mkdir -p "$tree/$(dirname "$place")"
        [ "$(readlink "$tree/$place" 2>/dev/null)" = "$top/$ours" ] ||
            ln -sfn "$top/$ours" "$tree/$place"
    done
}

# Plain git, without the user's configuration, on the small repository of patched files.
tree_git()
{
    GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git -C "$tree" \
        -c user.name=arndale-testbed -c user.email=testbed@localhost -c core.autocrlf=false "$@"
}

# qemu_tree_patch TREE: brings the patches of patches/ onto TREE.  A repository of just the files
# that they touch holds one commit per patch on top of the pristine files; only patches behind the
# first that changed are applied anew, so that a rebuild stays small.
qemu_tree_patch()
{
    mkdir -p "$build/logs"
    local tree=$1 applied=$1/.git/applied patch sum common=0 i files
    local -a patches want=() have=()
    mapfile -t patches < <(find "$top/patches" -name '[0-9]*.patch' | sort)
    for patch in "${patches[@]}"; do
        sum=$(sha256sum <"$patch" | cut -c1-64)
        want+=("$sum $(basename "$patch")")
    done
    files=$(sed -n 's,^diff --git a/\(.*\) b/.*,\1,p' "${patches[@]}" | sort -u)

    if [ -e "$applied" ] && [ "$files" != "$(cat "$tree/.git/files")" ]; then
        # Other files than before: take the patches off and start from the pristine files again.
        tree_git reset -q --hard pristine
        rm -rf "$tree/.git"
    fi
    if [ ! -e "$applied" ]; then
        rm -rf "$tree/.git"
        tree_git init -q .
        (cd "$tree" && xargs -r git add -f --) <<<"$files" ||
            die "a patch names a file that QEMU $(cat "$tree/VERSION") does not have"
        tree_git commit -q -m "QEMU $(cat "$tree/VERSION"): files that the patches touch"
        tree_git tag pristine
        printf '%s\n' "$files" >"$tree/.git/files"
        : >"$applied"
    fi

    mapfile -t have <"$applied"
    while [ $common -lt ${#have[@]} ] && [ $common -lt ${#want[@]} ] &&
          [ "${have[$common]}" = "${want[$common]}" ]; do
        common=$((common + 1))
    done
    if [ $common -lt ${#have[@]} ]; then
        tree_git reset -q --hard "HEAD~$((${#have[@]} - common))"
        head -n $common "$applied" >"$applied.new"
        mv "$applied.new" "$applied"
    fi
    for ((i = common; i < ${#want[@]}; i++)); do
        step "applying ${want[$i]#* }"
        if ! tree_git am -q -3 "${patches[$i]}" >"$build/logs/qemu-am.log" 2>&1; then
            tree_git am --abort 2>/dev/null || true
            cat "$build/logs/qemu-am.log" >&2
            die "patches/${want[$i]#* } does not apply to QEMU $(cat "$tree/VERSION")"
        fi
        printf '%s\n' "${want[$i]}" >>"$applied"
    done
}
