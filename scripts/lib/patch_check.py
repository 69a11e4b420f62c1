# SPDX-License-Identifier: BSD-2-Clause
"""Proofs about the series in patches/, on a source tree that nobody has worked in."""
import glob
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile

from patch_series import BUILD, PATCHES, TOP, TREE, Failure, git, patch_files, read, subject, touched

SUBJECT_MAX = 80


def source():
    """QEMU's source: QEMU_SOURCE, or the package that scripts/qemu-setup has fetched."""
    given = os.environ.get("QEMU_SOURCE")
    if given:
        return os.path.realpath(given)
    found = sorted(glob.glob(os.path.join(BUILD, "downloads", "qemu_*10.0.*.dsc")))
    if not found:
        raise Failure("no source package in %s/downloads: run scripts/qemu-setup" % BUILD)
    return found[-1]


def extract(archive, wanted, tree):
    """Extracts from a tarball the files whose path below its top directory is in `wanted`."""
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            if member.isfile() and name in wanted:
                target = os.path.join(tree, name)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as file:
                    shutil.copyfileobj(tar.extractfile(member), file)


def debian_patches(archive):
    """The patches of a .debian.tar, in the order of their series file."""
    with tarfile.open(archive) as tar:
        def content(name):
            return tar.extractfile("debian/patches/" + name).read()
        names = [line.split()[0] for line in content("series").decode().splitlines()
                 if line.strip() and not line.startswith("#")]
        return [content(name) for name in names]


def unpack(origin, directory):
    """Unpacks what is needed of a .dsc, tarball or directory; returns the tree."""
    if os.path.isdir(origin):
        return origin
    tree = os.path.join(directory, "source")
    wanted = set(touched(patch_files()))
    if not origin.endswith(".dsc"):
        extract(origin, wanted, tree)
        return tree
    # As dpkg-source does: the original, then Debian's patches.
    base = re.sub(r"-[^-]+\.dsc$", "", origin)
    patches = debian_patches(glob.glob(glob.escape(origin[:-len(".dsc")]) + ".debian.tar.*")[0])
    for patch in patches:
        wanted.update(re.findall(r"^--- [^/]+/(\S+)", patch.decode(errors="replace"), re.M))
    extract(glob.glob(glob.escape(base) + ".orig.tar.*")[0], wanted, tree)
    for patch in patches:
        run = subprocess.run(["patch", "-s", "-p1", "-F0", "-N", "-d", tree], input=patch,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if run.returncode:
            raise Failure("a patch of Debian's does not apply: %s" % run.stdout.decode().strip())
    return tree


def small_repository(tree, directory):
    """A git repository of the files of `tree` that the patches touch, committed once."""
    repository = os.path.join(directory, "touched")
    os.mkdir(repository)
    missing = []
    for name in touched(patch_files()):
        if not os.path.isfile(os.path.join(tree, name)):
            missing.append(name)
            continue
        os.makedirs(os.path.dirname(os.path.join(repository, name)) or ".", exist_ok=True)
        shutil.copyfile(os.path.join(tree, name), os.path.join(repository, name))
    git(repository, "init", "-q", ".")
    git(repository, "add", "-f", ".")
    git(repository, "commit", "-q", "-m", "pristine")
    git(repository, "tag", "pristine")
    return repository, missing


def check_message(patch, readme, complain):
    """What a reader of the patch, here or upstream, must find in it."""
    text = read(patch)
    name = os.path.basename(patch)
    message = text.split("\n---\n", 1)[0]
    if not re.match(r"[\w./-]+: \S", subject(text)) or len(subject(text)) > SUBJECT_MAX:
        complain("%s: the subject is not 'area: what it does' in %d characters" % (name, SUBJECT_MAX))
    if "Test:" not in message:
        complain("%s: the message has no 'Test:'" % name)
    for test in re.findall(r"\b(?:exynos5\w*|arndale\w*|s5m\w*)-test\b", message):
        if not os.path.exists(os.path.join(TOP, "tests", "qtest", test + ".c")):
            complain("%s: there is no test %s" % (name, test))
    for path in re.findall(r"\btests/payloads/\w+", message):
        if not os.path.exists(os.path.join(TOP, path)):
            complain("%s: there is no test %s" % (name, path))
    if "| `%s` |" % re.sub(r"^\d+-|\.patch$", "", name) not in readme:
        complain("%s: patches/README.md has no row for it" % name)
    if re.search(r"^(new file|deleted file|rename) ", text, re.M):
        complain("%s: adds or removes files; ours live in the linked directories" % name)


def check_budget(repository, complain):
    """No file of QEMU is changed by more lines than patches/budget.tsv allows."""
    budget = {}
    for line in read(os.path.join(PATCHES, "budget.tsv")).splitlines():
        if line and not line.startswith("#"):
            name, lines = line.split("\t")
            budget[name] = int(lines)
    for line in git(repository, "diff", "--numstat", "pristine").splitlines():
        added, deleted, name = line.split("\t")
        changed = int(added) + int(deleted)
        if changed > budget.get(name, 0):
            complain("%s: %d changed lines, patches/budget.tsv allows %d"
                     % (name, changed, budget.get(name, 0)))
        budget.pop(name, None)
    for name in sorted(budget):
        complain("%s: in patches/budget.tsv, but no patch changes it" % name)


def apply_all(repository, complain):
    """Applies the series in order, without fuzz, as far as that goes; True if all of it."""
    for patch in patch_files():
        run = git(repository, "apply", patch, ok=False)
        if run.returncode:
            complain("%s does not apply: %s" % (os.path.basename(patch), run.stderr.strip()))
            return False
        git(repository, "commit", "-q", "-a", "-m", subject(read(patch)))
    return True


def our_types():
    """The QOM types that the linked directories define."""
    names = set()
    for directory in ("hw/arm", "target/arm"):
        for path in glob.glob(os.path.join(TOP, directory, "*.[ch]")):
            names.update(re.findall(r'^#define TYPE_\w+ +"([^"]+)"', read(path), re.M))
    return sorted(names)


def qemu_binary():
    binary = os.path.join(BUILD, "qemu", "qemu-system-arm")
    if not os.path.exists(binary):
        raise Failure("no %s: run scripts/qemu-setup" % binary)
    return binary


def qemu_help(*args):
    return subprocess.run([qemu_binary(), *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=60).stdout


def registered_types():
    """All QOM types of the built QEMU, by QMP."""
    command = [qemu_binary(), "-M", "none", "-nodefaults", "-display", "none", "-qmp", "stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        def ask(request):
            run.stdin.write(json.dumps(request) + "\n")
            run.stdin.flush()
            # The answer may be longer than a pipe holds: QEMU must not end before it is read.
            for line in run.stdout:
                answer = json.loads(line)
                if "return" in answer:
                    return answer["return"]
            raise Failure("QEMU does not answer %s" % request["execute"])

        ask({"execute": "qmp_capabilities"})
        types = ask({"execute": "qom-list-types", "arguments": {"abstract": True}})
        ask({"execute": "quit"})
    return {entry["name"] for entry in types}


def check_seams(complain):
    """The linked directories are in the QEMU that was built."""
    if not re.search(r"^arndale ", qemu_help("-M", "help"), re.M):
        complain("-M help does not list arndale")
    if os.path.exists(os.path.join(TOP, "target", "arm", "recorder.c")) and \
            not re.search(r"^ *hyptrace\b", qemu_help("-object", "help"), re.M):
        complain("-object help does not list hyptrace")
    registered = registered_types()
    for name in our_types():
        if name not in registered:
            complain("the type %s of our sources is not in QEMU" % name)


def check(_args):
    """Prints every offence; status 1 if there is one."""
    offences = []

    def complain(text):
        print(text)
        offences.append(text)

    readme = read(os.path.join(PATCHES, "README.md"))
    for patch in patch_files():
        check_message(patch, readme, complain)
    with tempfile.TemporaryDirectory(prefix="patches-", dir=BUILD) as directory:
        repository, missing = small_repository(unpack(source(), directory), directory)
        for name in missing:
            complain("QEMU has no file %s" % name)
        if not missing and apply_all(repository, complain):
            check_budget(repository, complain)
    check_seams(complain)
    print("%d patches, %d files, %d types: %d offences"
          % (len(patch_files()), len(touched(patch_files())), len(our_types()), len(offences)))
    return 1 if offences else 0


def rebase(args):
    """Tries each patch on another tree and says how it went; changes nothing there."""
    if len(args) != 1 or not os.path.isfile(os.path.join(args[0], "VERSION")):
        raise Failure("rebase wants the directory of a QEMU source tree")
    # For three-way merges git looks for the files as the patches knew them.
    env = {"GIT_ALTERNATE_OBJECT_DIRECTORIES": os.path.join(TREE, ".git", "objects")}
    failed = 0
    with tempfile.TemporaryDirectory(prefix="patches-", dir=BUILD) as directory:
        repository, missing = small_repository(args[0], directory)
        for name in missing:
            print("gone      %s" % name)
        for patch in patch_files():
            verdict = "applies"
            if git(repository, "apply", "--index", patch, ok=False).returncode:
                verdict = "merges"
                run = git(repository, "apply", "--3way", patch, env=env, ok=False)
                if run.returncode:
                    verdict = "CONFLICTS"
                    failed += 1
                    git(repository, "reset", "-q", "--hard")
            print("%-9s %s" % (verdict, os.path.basename(patch)))
            git(repository, "commit", "-q", "--allow-empty", "-m", subject(read(patch)))
    print("on QEMU %s: %d of %d patches need work"
          % (read(os.path.join(args[0], "VERSION")).strip(), failed, len(patch_files())))
    return 1 if failed else 0
