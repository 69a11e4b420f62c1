# SPDX-License-Identifier: BSD-2-Clause
"""Benchmarks that boot Xen with a dom0 and a domU: ours against stock QEMU, and the board."""
import re
import signal
import subprocess
import time

from bench_base import BUILD, NATIVE, SCRATCH, Row, fail, measure, need, wait

QEMU = BUILD / 'qemu/qemu-system-arm'
STOCK = BUILD / 'qemu-stock/qemu-system-arm'
TESTBED = NATIVE / 'testbed/testbed'
DOM0_READY, DOMU_DONE = b'testbed: shell ready', b'work: done'
PATIENCE_SECONDS = 600

# Where the modules of dom0 and domU lie in virt's memory.
KERNEL0, INITRD0, KERNEL1, INITRD1 = 0x50000000, 0x52000000, 0x54000000, 0x56000000


def domain_tree(base, modules, xen, dom0, domu):
    """Completes QEMU's device tree at `base` for dom0less Xen; modules are (address, file)."""
    def put(path, name, *values, form='s'):
        subprocess.run(['fdtput', '-p', '-t', form, base, path, name, *values], check=True)

    def module(path, kind, address, file):
        node = f'{path}/module@{address:x}'
        put(node, 'compatible', f'multiboot,{kind}', 'multiboot,module')
        put(node, 'reg', '0', f'{address:x}', '0', f'{file.stat().st_size:x}', form='x')
        return node

    put('/chosen', 'xen,xen-bootargs', xen)
    put('/chosen', 'xen,dom0-bootargs', dom0)
    module('/chosen', 'kernel', KERNEL0, modules['kernel'])
    module('/chosen', 'ramdisk', INITRD0, modules['initrd'])
    guest = '/chosen/domU1'
    put(guest, 'compatible', 'xen,domain')
    put(guest, '#address-cells', '2', form='x')
    put(guest, '#size-cells', '2', form='x')
    put(guest, 'memory', '0', '20000', form='x')
    put(guest, 'cpus', '1', form='x')
    subprocess.run(['fdtput', base, guest, 'vpl011'], check=True)
    put(module(guest, 'kernel', KERNEL1, modules['kernel']), 'bootargs', domu)
    module(guest, 'ramdisk', INITRD1, modules['initrd'])


class StockRatio:
    """The same binaries on -M virt: our build against the stock build.

    Linux does the same work on both. Under Xen ours does more since set/way cache maintenance traps
    (HCR.TSW): docs/performance.md.
    """

    name = 'stock'
    rows = [
        Row('Linux on virt: CPU time, ours / stock', 'ratio', at_most=1.02),
        Row('Xen on virt: CPU time, ours / stock', 'ratio', at_most=1.02),
        Row('Xen on virt: ours', 's'),
        Row('Xen on virt: stock', 's'),
    ]

    def __init__(self, options):
        pass

    def prepare(self):
        need(QEMU, 'run scripts/qemu-setup')
        need(STOCK, 'run scripts/qemu-setup --stock')
        SCRATCH.mkdir(parents=True, exist_ok=True)
        for scenario in ('virt-linux', 'xen-dom0less'):
            measure(TESTBED, 'image', scenario)
        image = BUILD / 'images/virt-linux'
        self.modules = {'kernel': image / 'kernel', 'initrd': image / 'initrd'}
        found = list((BUILD / 'debs/unpacked').glob('xen-hypervisor*/boot/xen-*-armhf'))
        if not found:
            fail('no unpacked xen-hypervisor package in build/debs')
        self.xen = found[0]
        self.tree = SCRATCH / 'xen-virt.dtb'
        measure(STOCK, *self.machine(f',dumpdtb={self.tree}'))
        domain_tree(self.tree, self.modules, 'console=dtuart bootscrub=0 dom0_mem=512M',
                    'console=hvc0 testbed.mode=shell', 'console=ttyAMA0 testbed.mode=auto')

    @staticmethod
    def machine(more=''):
        return ['-M', 'virt,virtualization=on,gic-version=2,highmem=off' + more,
                '-cpu', 'cortex-a15', '-smp', '2', '-m', '1024', '-display', 'none', '-nic', 'none']

    def boot(self, qemu):
        """CPU seconds until dom0 has its shell and domU has done its work."""
        console = SCRATCH / 'xen-virt.console'
        console.write_bytes(b'')
        loaders = []
        for address, file in ((KERNEL0, 'kernel'), (INITRD0, 'initrd'),
                              (KERNEL1, 'kernel'), (INITRD1, 'initrd')):
            loaders += ['-device', f'loader,addr={address:#x},file={self.modules[file]}']
        command = [qemu, *self.machine(), '-nodefaults', '-serial', f'file:{console}',
                   '-kernel', self.xen, '-dtb', self.tree, *loaders]
        process = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE_SECONDS
        while not all(word in console.read_bytes() for word in (DOM0_READY, DOMU_DONE)):
            if time.monotonic() > end or process.poll() is not None:
                process.kill()
                fail(f'Xen on virt does not finish: see {console}')
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        return wait(process, command)[0]

    def boot_linux(self, qemu):
        """CPU seconds of Linux alone: boot, work, power-off."""
        return measure(qemu, '-M', 'virt,highmem=off', '-cpu', 'cortex-a15', '-smp', '2', '-m', '512',
                       '-display', 'none', '-nic', 'none', '-nodefaults', '-serial', 'null',
                       '-kernel', self.modules['kernel'], '-initrd', self.modules['initrd'],
                       '-append', 'console=ttyAMA0 testbed.mode=auto')[0]

    def run(self):
        linux = [self.boot_linux(qemu) for qemu in (STOCK, QEMU)]
        stock = self.boot(STOCK)
        ours = self.boot(QEMU)
        return [linux[1] / linux[0], ours / stock, ours, stock]

    def clean(self):
        pass


class Board:
    """xen-dom0less on the board: to both shells, and the cost of a guest instruction."""

    name = 'board'
    rows = [
        Row('arndale: power-on to both shells', 's'),
        Row('arndale: the same with the recorder', 's'),
        Row('arndale: the whole run, CPU time with / without recorder', 'ratio'),
        Row('arndale: bytes per trap on disk', 'B', at_most=96),
        Row('arndale: CPU time per guest instruction (-icount)', 'ns'),
    ]

    def __init__(self, options):
        pass

    def prepare(self):
        SCRATCH.mkdir(parents=True, exist_ok=True)
        measure(TESTBED, 'image', 'xen-dom0less')

    def boot(self, *options):
        """CPU seconds of one run of the scenario, and what testbed said."""
        log = SCRATCH / 'board.log'
        cpu_s, _ = measure(TESTBED, 'run', '--timeout-scale', '4', '--out', SCRATCH / 'board',
                           *options, 'xen-dom0less', output=log)
        return cpu_s, log.read_text(errors='replace')

    @staticmethod
    def shells(text):
        """Seconds from power-on until the later of the two shells was there."""
        return max(int(m) for m in re.findall(
            r'\[ *(\d+)s\] step \S+ ok, [\d.]+ s: expect@DOM. \d+ testbed: shell', text))

    def bytes_per_trap(self, trace):
        summary = subprocess.run([NATIVE / 'hyptrace/hyptrace', 'summary', '--json', trace],
                                 check=True, capture_output=True, text=True).stdout
        entries = int(re.search(r'"entries": *(\d+)', summary)[1])
        return sum(f.stat().st_size for f in trace.glob('stream_*')) / entries

    def run(self):
        trace = SCRATCH / 'board-trace'
        subprocess.run(['rm', '-rf', trace], check=True)
        plain_s, plain = self.boot()
        traced_s, traced = self.boot('--trace', trace)
        counted_s, counted = self.boot('--deterministic')
        instructions = int(re.search(r'^instructions (\d+)', counted, re.MULTILINE)[1])
        return [self.shells(plain), self.shells(traced), traced_s / plain_s,
                self.bytes_per_trap(trace), counted_s / instructions * 1e9]

    def clean(self):
        subprocess.run(['rm', '-rf', SCRATCH / 'board-trace'], check=True)
