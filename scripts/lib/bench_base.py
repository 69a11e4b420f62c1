# SPDX-License-Identifier: BSD-2-Clause
"""What every benchmark of scripts/bench uses: rows, places, measured commands."""
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
BUILD = Path(os.environ.get('BUILD_DIR', TOP / 'build'))
NATIVE = BUILD / 'native'
SCRATCH = BUILD / 'bench'


class Row:
    """One line of the table: a measured number and its bound."""

    def __init__(self, text, unit, at_least=None, at_most=None):
        self.text, self.unit, self.at_least, self.at_most = text, unit, at_least, at_most

    def bound(self):
        if self.at_least is not None:
            return f'>= {self.at_least:g}'
        return '-' if self.at_most is None else f'<= {self.at_most:g}'

    def holds(self, value):
        return ((self.at_least is None or value >= self.at_least) and
                (self.at_most is None or value <= self.at_most))


def fail(what):
    sys.exit(f'bench: {what}')


def need(path, how):
    """The path, if it exists; else tells how to make it and ends."""
    if not Path(path).exists():
        fail(f'{path} is missing: {how}')
    return Path(path)


def wait(process, command, statuses=(0,)):
    """Waits for a process; returns CPU seconds (its children included) and peak memory in MiB."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        fail(f'status {process.returncode}: {" ".join(map(str, command))}')
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(*command, output=None, statuses=(0,)):
    """Runs a command, its output thrown away or into a file; returns what wait() does.

    The memory is never below what this script has (15 MiB): a child starts as its copy.
    """
    target = open(output, 'wb') if output else subprocess.DEVNULL
    return wait(subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL,
                                 stdout=target, stderr=subprocess.STDOUT if output else None),
                command, statuses)
