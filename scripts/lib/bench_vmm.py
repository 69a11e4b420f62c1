# SPDX-License-Identifier: BSD-2-Clause
"""What exits cost in vmm-model and in Xen: guest instructions between entry and return, and time."""
import json
import re
import shutil
import subprocess
import sys

from bench_base import BUILD, NATIVE, SCRATCH, TOP, Row, fail, measure, need

sys.path.insert(0, str(TOP / 'tests/boot'))
import vmm_tree  # noqa: E402

QEMU = BUILD / 'qemu/qemu-system-arm'
TESTBED = NATIVE / 'testbed/testbed'
HYPTRACE = NATIVE / 'hyptrace/hyptrace'
VMM = BUILD / 'vmm'
IMAGE = 0x54000000
KINDS = ('hypercall', 'MMIO read in the core', 'SGI to another vCPU', 'timer interrupt')
# Operations of build/vmm/bench-N.bin, and how many exits one makes: an SGI is the write and the kick of
# the other CPU.
COUNT = (400_000, 400_000, 2_000, 20_000)
EXITS = (1, 1, 2, 1)
# The distributors that Xen emulates: dom0's is the board's own, domU has one vCPU.
XEN_DOM0_GICD, XEN_DOMU_GICD, OUR_GICD = '0x10481000', '0x03001000', '0x2c001000'


def summary(trace):
    """The causes of a trace, and its machine-readable whole."""
    text = subprocess.run([HYPTRACE, 'summary', '--json', trace], check=True, capture_output=True,
                          text=True).stdout
    return json.loads(text)


def median_of(found, wanted):
    """The median instructions of the cause with most entries among those that wanted() takes."""
    rows = [row for row in found['causes'] if wanted(row['class'], row['detail'])]
    if not rows:
        fail('the trace has no exit of the kind that is measured')
    return max(rows, key=lambda row: row['entries'])['hyp']['median']


class Vmm:
    """Instructions from traces under -icount, which repeat exactly; rates from CPU time, one vCPU's loop."""

    name = 'vmm'
    rows = [
        Row('vmm-model: hypercall (PSCI_VERSION)', 'insns'),
        Row('Xen 4.17: the same of its guests', 'insns'),
        Row('hypercall, vmm-model / Xen', 'ratio', at_most=1),
        Row('vmm-model: SGI through the distributor', 'insns'),
        Row('Xen 4.17: access to dom0\'s distributor (two vCPUs)', 'insns'),
        Row('SGI of vmm-model / distributor access of Xen', 'ratio', at_most=1),
        Row('vmm-model: distributor access of Linux, one vCPU', 'insns'),
        Row('Xen 4.17: the same', 'insns'),
        Row('vmm-model: MMIO read handled in the core', 'insns'),
        Row('vmm-model: virtual timer interrupt', 'insns'),
        Row('vmm-model: interrupt from another vCPU', 'insns'),
        Row('stub mode: a run of the guest, there and back', 'insns'),
        *[Row(f'vmm-model: {kind}, thousand exits per CPU second', 'k/s') for kind in KINDS],
        Row('Linux in vmm-model / on the board, instructions', 'ratio', at_most=1.25),
    ]

    def __init__(self, options):
        self.counted = None

    def prepare(self):
        need(VMM / 'bench-0.bin', 'run scripts/build-vmm')
        SCRATCH.mkdir(parents=True, exist_ok=True)

    def guest(self, kind, *more):
        """CPU seconds of a run of the benchmark's guest."""
        image = VMM / f'bench-{kind}.bin'
        module = vmm_tree.module('vmm-model,image', IMAGE, image.stat().st_size)
        tree = vmm_tree.make(SCRATCH / 'bench.dtb',
                             [vmm_tree.guest('bench', [module], memory_kib=0x800, cpus=2)])
        console = SCRATCH / 'vmm.console'
        seconds = measure(QEMU, '-M', 'arndale', '-smp', 2, '-display', 'none', '-monitor', 'none',
                          '-nic', 'none', '-no-reboot', '-serial', f'file:{console}',
                          '-kernel', VMM / 'vmm.elf', *tree, *vmm_tree.loader(image, IMAGE), *more)[0]
        if b'bench ends' not in console.read_bytes():
            fail(f'the guest did not end: see {console}')
        return seconds

    def scenario(self, name):
        """Summary and instructions of a deterministic, traced run of a scenario."""
        trace = SCRATCH / f'vmm-{name}'
        shutil.rmtree(trace, ignore_errors=True)
        log = SCRATCH / 'vmm.log'
        measure(TESTBED, 'run', '--timeout-scale', 8, '--deterministic', '--trace', trace,
                '--out', SCRATCH / f'run-{name}', name, output=log)
        found = summary(trace)
        shutil.rmtree(trace)
        return found, int(re.search(r'^instructions (\d+)', log.read_text(errors='replace'),
                                    re.MULTILINE)[1])

    def count(self):
        trace = SCRATCH / 'vmm-trace'
        shutil.rmtree(trace, ignore_errors=True)
        self.guest(0, '-icount', 'shift=4,sleep=off', '-object', f'hyptrace,id=t0,path={trace}')
        ours = summary(trace)
        xen, _ = self.scenario('xen-dom0less')
        hosted, _ = self.scenario('vmm-hosted')
        linux, guest = self.scenario('vmm-linux')
        _, bare = self.scenario('linux')
        def gicd(found, address):
            return median_of(found, lambda kind, what: kind == 'dabt-s2' and what.startswith(address))

        hvc, xen_hvc = (median_of(found, lambda kind, what: kind == 'hvc' and what == '#0x0')
                        for found in (ours, xen))
        sgi, xen_gicd = gicd(ours, OUR_GICD), gicd(xen, XEN_DOM0_GICD)
        away = [row for row in hosted['causes'] if row['class'] == 'hvc' and row['detail'] == '#0x1']
        return [hvc, xen_hvc, hvc / xen_hvc, sgi, xen_gicd, sgi / xen_gicd,
                gicd(linux, OUR_GICD), gicd(xen, XEN_DOMU_GICD),
                median_of(ours, lambda kind, what: what.startswith('0x1c090000')),
                median_of(ours, lambda kind, what: what.startswith('intid 27')),
                median_of(ours, lambda kind, what: what == 'intid 1'),
                away[0]['away']['median'] if away else fail('no exit of stub mode'), guest / bare]

    def rates(self):
        rates = []
        for kind in range(1, len(KINDS) + 1):
            rates.append(COUNT[kind - 1] * EXITS[kind - 1] / self.guest(kind) / 1e3)
        return rates

    def run(self):
        if self.counted is None:  # counts, not times: once is enough
            self.counted = self.count()
        return self.counted[:-1] + self.rates() + self.counted[-1:]

    def clean(self):
        shutil.rmtree(SCRATCH / 'vmm-trace', ignore_errors=True)
