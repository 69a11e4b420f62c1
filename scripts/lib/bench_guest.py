# SPDX-License-Identifier: BSD-2-Clause
"""What a guest's instructions cost: ours against stock QEMU, in host instructions."""
import tempfile

from bench_base import BUILD, Row, fail, need
from bench_payload import OURS, STOCK, payload_command, payload_run

PAYLOAD = BUILD / 'payloads/loops-virt.elf'
# Loops, stages and lengths of tests/payloads/loops: at least 60 million host instructions between them.
KINDS = {'cpu': (1, 1_000_000), 'memory': (2, 300_000), 'walks': (3, 2_000),
         'mmio': (4, 100_000), 'svc': (5, 50_000)}
STAGE1 = {'MMU off': 1, 'short': 2, 'long': 3}
LEAST_DIFFERENCE = 10_000_000


class Case:
    """One loop with its stages of translation; @a bound of ours / stock, or None."""

    def __init__(self, kind, stage1='long', stage2=False, device=False, cpus=1, bound=1.01):
        self.kind, self.stage1, self.stage2, self.device, self.cpus = kind, stage1, stage2, device, cpus
        memory = f', {"Device" if device else "Normal"}' if kind == 'memory' else ''
        smp = f', -smp {cpus}' if cpus > 1 else ''
        self.row = Row(f'{kind}{memory}, {stage1}{" + stage 2" if stage2 else ""}{smp}: ours / stock',
                       'ratio', at_most=bound)


# Without a bound: what ours must do and stock does not.  docs/performance.md says what it is.
CASES = [
    Case('cpu'),
    Case('cpu', stage2=True),
    Case('memory'),
    Case('memory', 'short'),
    Case('memory', stage2=True),
    Case('memory', 'short', stage2=True),
    Case('memory', stage2=True, cpus=2),
    Case('memory', device=True),
    Case('memory', 'MMU off', stage2=True, device=True),
    Case('memory', 'short', device=True, bound=None),
    Case('memory', stage2=True, device=True, bound=None),
    Case('mmio'),
    Case('mmio', 'short', stage2=True),
    Case('walks'),
    Case('walks', stage2=True),
    Case('walks', 'short'),
    Case('walks', 'short', stage2=True),
    Case('svc'),
    Case('svc', stage2=True),
]


class GuestLoops:
    """Loops of a guest at PL1, the difference of two lengths under callgrind: counts, so once is enough."""

    name = 'guest-loops'
    rows = [case.row for case in CASES]

    def __init__(self, options):
        self.result = None

    def prepare(self):
        need(OURS, 'run scripts/qemu-setup')
        need(STOCK, 'run scripts/qemu-setup --stock')
        need(PAYLOAD, 'run scripts/build-payloads')

    @staticmethod
    def instructions(qemu, case, count, directory):
        """Host instructions of a whole run, and the sum that the guest printed."""
        words = [count, KINDS[case.kind][0], STAGE1[case.stage1], int(case.stage2), int(case.device)]
        command = payload_command(qemu, PAYLOAD, words, ['-m', '128', '-smp', case.cpus])
        return payload_run(command, 'done ', case.row.text, directory)

    def cost(self, qemu, case, directory):
        """Host instructions between the two lengths, and what the guest said of the longer."""
        count = KINDS[case.kind][1]
        short, _ = self.instructions(qemu, case, count // 10, directory)
        long, said = self.instructions(qemu, case, count, directory)
        if long - short < LEAST_DIFFERENCE:
            fail(f'{case.row.text}: {long - short} instructions are too few to compare')
        return long - short, said

    def ratio(self, case, directory):
        stock, stock_said = self.cost(STOCK, case, directory)
        ours, ours_said = self.cost(OURS, case, directory)
        if ours_said != stock_said:
            fail(f'{case.row.text}: the guest computed {ours_said!r}, with stock {stock_said!r}')
        return ours / stock

    def run(self):
        if self.result is None:
            with tempfile.TemporaryDirectory(prefix='guest-loops-') as directory:
                self.result = [self.ratio(case, directory) for case in CASES]
        return self.result

    def clean(self):
        pass
