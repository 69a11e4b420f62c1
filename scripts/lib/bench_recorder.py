# SPDX-License-Identifier: BSD-2-Clause
"""What the recorder costs per event, against QEMU's own text log."""
import json
import subprocess

from bench_base import BUILD, TOP, Row, fail, need


class Recorder:
    """Host instructions and bytes, from tests/trace/recorder-cost (callgrind; repeats to a tenth on a busy machine)."""

    name = 'recorder'
    rows = [
        Row('recorder with registers: host instructions per event', 'insns', at_most=900),
        Row('recorder with registers: bytes per trap', 'B', at_most=96),
        Row('recorder without registers: host instructions', 'insns', at_most=500),
        Row('recorder without registers: bytes per trap', 'B', at_most=56),
        Row('recorder with VFP registers: host instructions per event', 'insns', at_most=1400),
        Row('recorder with VFP registers: bytes per trap', 'B'),
        Row('-d int: host instructions per event', 'insns'),
        Row('-d int: bytes per trap', 'B'),
    ]

    def __init__(self, options):
        self.result = None

    def prepare(self):
        need(BUILD / 'payloads/storm-virt.elf', 'run scripts/build-payloads')

    def run(self):
        if self.result is None:  # counts, not times: once is enough
            done = subprocess.run([TOP / 'tests/trace/recorder-cost', '--json'],
                                  capture_output=True, text=True, check=False)
            if not done.stdout:
                fail(done.stderr.strip())
            self.result = json.loads(done.stdout)
        return [row[key] for row in self.result for key in ('instructions_per_event', 'bytes_per_trap')]

    def clean(self):
        pass
