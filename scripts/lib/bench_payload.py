# SPDX-License-Identifier: BSD-2-Clause
"""Payloads on -M virt whose host instructions are counted."""
import re
import subprocess
from pathlib import Path

from bench_base import BUILD, fail

OURS = BUILD / 'qemu/qemu-system-arm'
STOCK = BUILD / 'qemu-stock/qemu-system-arm'
ARGUMENTS = 0x401ff000      # tests/payloads/lib/args.h
MACHINE = ['-M', 'virt,virtualization=on,gic-version=2', '-cpu', 'cortex-a15',
           '-nic', 'none', '-display', 'none', '-monitor', 'none', '-nodefaults']


def payload_command(qemu, payload, words, options):
    """QEMU with a payload and its arguments; the console is for the caller to say."""
    command = [qemu, *MACHINE, *options, '-kernel', payload]
    for index, word in enumerate(words):
        command += ['-device', f'loader,addr={ARGUMENTS + 4 * index:#x},data={word},data-len=4']
    return command


def payload_instructions(command, expected, what, directory):
    """Host instructions of a whole run; ends unless the guest says what begins with @expected."""
    return payload_run(command, expected, what, directory)[0]


def payload_run(command, expected, what, directory):
    """Host instructions of a whole run, and what the guest said."""
    console = Path(directory) / 'console'
    console.unlink(missing_ok=True)
    done = subprocess.run([str(c) for c in ['valgrind', '--tool=callgrind',
                                            f'--callgrind-out-file={directory}/out', *command,
                                            '-serial', f'file:{console}']],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, check=False)
    collected = re.search(r'Collected : (\d+)', done.stderr)
    said = console.read_text() if console.exists() else ''
    if done.returncode or not collected or not said.startswith(expected):
        fail(f'{what}: the guest said {said!r}, QEMU {done.stderr[-500:]}')
    return int(collected[1]), said
