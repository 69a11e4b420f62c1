# SPDX-License-Identifier: BSD-2-Clause
"""The series in patches/ and the small git repository in build/qemu-src that it is made from.

That repository (scripts/lib/qemu-tree.sh) holds only the files that patches touch: a commit tagged
`pristine`, then a commit per patch.
"""
import glob
import hashlib
import os
import re
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
PATCHES = os.path.join(TOP, "patches")
TREE = os.path.join(BUILD, "qemu-src")
IDENTITY = ("Arndale testbed", "testbed@localhost")


class Failure(Exception):
    """The world is not as the command needs it; the text is the whole message."""


def git(tree, *args, env=None, stdin=None, ok=True):
    """Runs git in `tree` without the user's configuration; returns its output."""
    full = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1", **(env or {}))
    run = subprocess.run(
        ["git", "-C", tree, "-c", "user.name=" + IDENTITY[0], "-c", "user.email=" + IDENTITY[1],
         "-c", "core.autocrlf=false", *args],
        env=full, input=stdin, text=True, errors="surrogateescape",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if ok and run.returncode:
        raise Failure("git %s: %s" % (" ".join(args[:3]), run.stderr.strip()))
    return run.stdout if ok else run


def patch_files():
    """The patches, in the order in which they apply."""
    return sorted(glob.glob(os.path.join(PATCHES, "[0-9]*.patch")))


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)


def touched(patches):
    """The files of QEMU that `patches` change, sorted."""
    names = set()
    for patch in patches:
        names.update(re.findall(r"^diff --git a/(\S+) b/", read(patch), re.M))
    return sorted(names)


def require_tree():
    if not os.path.exists(os.path.join(TREE, ".git", "applied")):
        raise Failure("%s is not set up: run scripts/qemu-setup" % TREE)


def note_applied():
    """Records that TREE has the present patches, in qemu_tree_patch's form."""
    lines = ["%s %s\n" % (hashlib.sha256(open(p, "rb").read()).hexdigest(), os.path.basename(p))
             for p in patch_files()]
    write(os.path.join(TREE, ".git", "applied"), "".join(lines))
    write(os.path.join(TREE, ".git", "files"), "".join(n + "\n" for n in touched(patch_files())))


def track(names):
    """Adds files to the pristine commit and carries them through the commits above it.

    Only the repository changes, no file in the tree: nothing is rebuilt.
    """
    require_tree()
    have = git(TREE, "ls-files").split()
    names = [n for n in names if n not in have]
    for name in names:
        if not os.path.isfile(os.path.join(TREE, name)):
            raise Failure("QEMU has no file '%s'" % name)
    env = {"GIT_INDEX_FILE": os.path.join(TREE, ".git", "index.track")}
    parent = []
    for commit in git(TREE, "rev-list", "--reverse", "HEAD").split():
        git(TREE, "read-tree", commit, env=env)
        if names:
            git(TREE, "add", "-f", "--", *names, env=env)
        who = git(TREE, "log", "-1", "--format=%an%n%ae%n%ad", commit).split("\n")
        author = dict(zip(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE"), who))
        tree = git(TREE, "write-tree", env=env).strip()
        message = git(TREE, "log", "-1", "--format=%B", commit)
        new = git(TREE, "commit-tree", tree, *parent, env=author, stdin=message).strip()
        if not parent:
            git(TREE, "tag", "-f", "pristine", new)
        parent = ["-p", new]
    git(TREE, "update-ref", "HEAD", parent[1])
    git(TREE, "read-tree", "HEAD")
    return 0


def subject(patch_text):
    """The subject of a patch, unfolded, without [PATCH]."""
    folded = re.search(r"^Subject: (?:\[PATCH\] )?(.*(?:\n .*)*)", patch_text, re.M).group(1)
    return re.sub(r"\n +", " ", folded)


def file_name(previous, text, known):
    """A patch keeps the name that it has in `known` (by subject) as long as that sorts behind the
    name of the `previous` one; a new patch gets the next number."""
    title = subject(text)
    name = known.get(title)
    if name and int(name[:4]) > previous:
        return name
    slug = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-").lower()[:60].rstrip("-")
    return "%04d-%s" % (previous + 1, name[5:] if name else slug + ".patch")


def export(_args):
    """Rewrites patches/ from the commits above `pristine`."""
    require_tree()
    if git(TREE, "status", "--porcelain", "--untracked-files=no"):
        raise Failure("%s has changes that are not committed" % TREE)
    known = {subject(read(p)): os.path.basename(p) for p in patch_files()}
    for patch in patch_files():
        os.remove(patch)
    commits = git(TREE, "rev-list", "--reverse", "pristine..HEAD").split()
    number = 0
    for commit in commits:
        text = git(TREE, "format-patch", "-1", "-U1", "-N", "--zero-commit", "--no-signature",
                   "--stdout", commit)
        name = file_name(number, text, known)
        number = int(name[:4])
        write(os.path.join(PATCHES, name), text)
        print("patches/" + name)
    note_applied()
    return 0


def check(args):
    """See patch_check.py."""
    import patch_check
    return patch_check.check(args)


def rebase(args):
    """See patch_check.py."""
    import patch_check
    return patch_check.rebase(args)
