# SPDX-License-Identifier: BSD-2-Clause
"""Runs the emulated board for the tests beside this file and reports in TAP."""
import subprocess
import time

WAIT_SECONDS = 30


def console_of(qemu, directory, arguments, until, wait_seconds=WAIT_SECONDS):
    """Runs QEMU until its console or its errors show `until` (bytes, or several, all of them), until it
    ends, or for wait_seconds; returns what both said."""
    wanted = [until] if isinstance(until, bytes) else until
    console = directory / "console"
    errors = directory / "errors"
    console.write_bytes(b"")
    with open(errors, "wb") as error_file:
        process = subprocess.Popen(
            [qemu, "-M", "arndale", "-display", "none", "-monitor", "none", "-nic", "none",
             "-serial", f"file:{console}", *arguments],
            stdin=subprocess.DEVNULL, stderr=error_file)
    try:
        end = time.monotonic() + wait_seconds
        while time.monotonic() < end and process.poll() is None:
            said = console.read_bytes() + errors.read_bytes()
            if all(want in said for want in wanted):
                break
            time.sleep(0.02)
        return console.read_bytes() + errors.read_bytes()
    finally:
        process.kill()
        process.wait()


def report(results):
    """Prints (title, wanted bytes, said bytes) as TAP; returns whether any was missing."""
    number = failed = 0
    for number, (title, want, said) in enumerate(results, 1):
        good = want in said
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {title}", flush=True)
        if not good:
            print(f"# want {want!r} in {said!r}")
    print(f"1..{number}")
    return failed > 0
