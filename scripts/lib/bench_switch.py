# SPDX-License-Identifier: BSD-2-Clause
"""What a world switch costs: ours against stock QEMU, in host instructions and in time."""
import tempfile

from bench_base import BUILD, Row, need, measure
from bench_payload import OURS, STOCK, payload_command, payload_instructions

PAYLOAD = BUILD / 'payloads/bench-switch-virt.elf'
FULL, XEN, HYP = 1, 2, 3
HVC, MMIO, WFI, IRQ = 1, 2, 3, 4


class Case:
    """Arguments of tests/payloads/bench-switch, and two lengths whose difference is measured."""

    def __init__(self, text, mode, exit_kind=HVC, data=16, code=0, cpus=1, lengths=(200, 700),
                 at_most=None):
        self.words = [mode, exit_kind, data, code + 1, cpus]
        self.text, self.lengths, self.cpus, self.at_most = text, lengths, cpus, at_most

    def command(self, qemu, exits):
        return payload_command(qemu, PAYLOAD, [exits, *self.words], ['-m', '512', '-smp', self.cpus])


COUNTED = [
    Case('full, HVC, 16 pages', FULL, at_most=60_000),
    Case('full, HVC, 512 pages', FULL, data=512, lengths=(100, 250), at_most=90_000),
    Case('full, MMIO, 16 pages', FULL, MMIO),
    Case('full, WFI, 16 pages', FULL, WFI),
    Case('full, HVC, 64 pages of data, 32 of code', FULL, data=64, code=32),
    Case('Xen-like, HVC, 16 pages', XEN, at_most=45_000),
    Case('Hyp alone, HVC', HYP, lengths=(1000, 5000), at_most=4_000),
]
TIMED = [
    Case('full, IRQ, 16 pages', FULL, IRQ, lengths=(2_000, 12_000), at_most=1 / 6),
    Case('full, HVC, 16 pages, 2 CPUs', FULL, cpus=2, lengths=(2_000, 12_000)),
]


class Switch:
    """Costs per exit, each the difference of two lengths; counts are taken once, times in each run."""

    name = 'switch'
    rows = [row for case in COUNTED for row in (
        Row(f'{case.text}: host instructions', 'insns', at_most=case.at_most),
        Row(f'{case.text}: the same, stock', 'insns'))]
    rows += [Row(f'{case.text}: CPU time, ours / stock', 'ratio', at_most=case.at_most)
             for case in TIMED]

    def __init__(self, options):
        self.counts = None

    def prepare(self):
        need(OURS, 'run scripts/qemu-setup')
        need(STOCK, 'run scripts/qemu-setup --stock')
        need(PAYLOAD, 'run scripts/build-payloads')

    @staticmethod
    def per_exit(case, cost):
        """@cost of a number of exits, as the slope between the case's two lengths."""
        short, long = case.lengths
        return (cost(long) - cost(short)) / (long - short)

    def count(self, case, qemu, directory):
        return self.per_exit(case, lambda exits: payload_instructions(
            case.command(qemu, exits), f'exits {exits}\n', case.text, directory))

    def time(self, case, qemu):
        return self.per_exit(case, lambda exits: measure(
            *case.command(qemu, exits), '-serial', 'null')[0])

    def run(self):
        if self.counts is None:
            with tempfile.TemporaryDirectory(prefix='switch-') as directory:
                self.counts = [self.count(case, qemu, directory)
                               for case in COUNTED for qemu in (OURS, STOCK)]
        return self.counts + [self.time(case, OURS) / self.time(case, STOCK) for case in TIMED]

    def clean(self):
        pass
