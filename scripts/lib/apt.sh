# SPDX-License-Identifier: BSD-2-Clause
# A private apt: own sources, lists and cache under build/apt, so that packages of another suite or
# architecture can be fetched while the machine's sources and dpkg database stay as they are.
# The mirror, proxies and transport options are the machine's own.  Needs lib/common.sh.

apt_dir=$build/apt
apt_keyring=/usr/share/keyrings/debian-archive-keyring.gpg
apt_guest_arches=armhf,arm64    # of the packages that guests are made of

# apt_mirror SUITE-PATTERN: the URI from which this machine fetches that suite, or nothing.
apt_mirror()
{
    apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
        awk -v want="$1" '$1 ~ want { print $2; exit }'
}

# apt_private_init: writes the private configuration.
apt_private_init()
{
    local codename mirror security arch
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
    arch=$(dpkg --print-architecture)
    mirror=$(apt_mirror "^($codename|stable|oldstable)$")
    [ -n "$mirror" ] || die "no Debian mirror in this machine's apt sources for '$codename'"
    security=$(apt_mirror "-security$")
    mkdir -p "$apt_dir"/lists/partial "$apt_dir"/cache/archives/partial
    touch "$apt_dir/status"
    {
        echo "deb-src [signed-by=$apt_keyring] $mirror trixie main"
        echo "deb [signed-by=$apt_keyring arch=$arch] $mirror bookworm-backports main"
        echo "deb [signed-by=$apt_keyring arch=$apt_guest_arches] $mirror bookworm main"
        [ -z "$security" ] ||
            echo "deb [signed-by=$apt_keyring arch=$apt_guest_arches] $security bookworm-security main"
    } >"$apt_dir/sources.list"
    cat >"$apt_dir/apt.conf" <<EOF
Dir::State "$apt_dir";
Dir::State::lists "$apt_dir/lists";
Dir::State::status "$apt_dir/status";
Dir::Cache "$apt_dir/cache";
Dir::Etc::sourcelist "$apt_dir/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
APT::Architectures { "$arch"; "${apt_guest_arches//,/\"; \"}"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
EOF
}

# apt_private COMMAND ARG…: runs an apt command on the private state.
apt_private()
{
    APT_CONFIG="$apt_dir/apt.conf" "$@"
}

# apt_update COMMAND…: runs an `apt-get update` command.  A mirror that is being synchronised
# answers with files of the wrong size: retry for a while, then go on with the lists that are
# there; what is really missing is reported by whoever needs it.
apt_update()
{
    local log try
    mkdir -p "$build/logs"
    log=$build/logs/apt-update.log
    for try in 1 2 3; do
        if "$@" >"$log" 2>&1 && ! grep -qE '^(E|Err):' "$log"; then
            return 0
        fi
        [ "$try" = 3 ] || sleep $((try * 5))
    done
    printf '%s: the mirror did not answer for every list (it may be synchronising); ' "$prog" >&2
    printf 'going on with what is there. See %s\n' "$log" >&2
}

# apt_private_update: refreshes the private lists, at most once in six hours.
apt_private_update()
{
    apt_private_init
    if cmp -s "$apt_dir/sources.list" "$apt_dir/sources.list.updated" &&
       [ -n "$(find "$apt_dir/sources.list.updated" -mmin -360)" ]; then
        return 0
    fi
    apt_update apt_private apt-get update
    cp "$apt_dir/sources.list" "$apt_dir/sources.list.updated"
}
