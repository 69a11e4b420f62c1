# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of the recorder share: payloads under QEMU, and what they and the trace say."""
import collections
import json
import os
import re
import socket
import subprocess
import tempfile
import time
import unittest

import streamfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
QEMU = os.path.join(BUILD, "qemu", "qemu-system-arm")
HYPTRACE = os.path.join(BUILD, "native", "hyptrace", "hyptrace")
ICOUNT = ["-icount", "shift=4,sleep=off"]
ROUNDS = 200

BOARDS = {
    "virt": ["-M", "virt,virtualization=on", "-cpu", "cortex-a15"],
    "vexpress-a15": ["-M", "vexpress-a15,secure=off,virtualization=on", "-audio", "none"],
    "arndale": ["-M", "arndale"],
}


# Where RAM begins.
RAM = {"virt": 0x40000000, "vexpress-a15": 0x80000000, "arndale": 0x40000000}


def argument(board, index, value):
    address = RAM[board] + 0x1ff000 + 4 * index
    return ["-device", "loader,addr=%#x,data=%d,data-len=4" % (address, value)]


def command(payload="traps", board="virt", cpus=1, rounds=ROUNDS, extra=()):
    elf = os.path.join(BUILD, "payloads", "%s-%s.elf" % (payload, board))
    return ([QEMU] + BOARDS[board] +
            ["-smp", str(cpus), "-display", "none", "-nodefaults", "-serial", "stdio"] +
            ["-kernel", elf] + argument(board, 0, rounds) + argument(board, 1, cpus) + list(extra))


def recorder(path, *options):
    return ["-object", ",".join(("hyptrace,id=t0,path=" + path,) + options)]


def run(args, **kwargs):
    return subprocess.run(args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120, text=True, **kwargs)


def payload_counts(console):
    """{cpu: {event name or vectorN: count}} from the payload's own counting."""
    counts = collections.defaultdict(dict)
    for cpu, name, value in re.findall(r"count (\d) (\w+) (\d+)", console):
        if int(value):
            counts[int(cpu)][name] = int(value)
    return dict(counts)


def read(path):
    with open(path, "rb") as f:
        return f.read()


def streams(path, icount=False, registers=True):
    names = sorted(n for n in os.listdir(path) if n.startswith("stream_cpu"))
    return [streamfile.Stream(read(os.path.join(path, n)), icount, registers) for n in names]


class TraceTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory(prefix="recorder-test-")
        self.addCleanup(self.dir.cleanup)
        self.trace = os.path.join(self.dir.name, "trace")

    def babeltrace(self, path):
        result = run(["babeltrace2", "--names", "none", path])
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout.splitlines()

    def compare_files(self, a, b):
        names = sorted(n for n in os.listdir(a) if n != "info")
        self.assertEqual(names, sorted(n for n in os.listdir(b) if n != "info"))
        for name in names:
            self.assertEqual(read(os.path.join(a, name)), read(os.path.join(b, name)), name)


class Qmp:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self.run("qmp_capabilities")

    def run(self, execute, **arguments):
        self.file.write(json.dumps({"execute": execute, "arguments": arguments}) + "\n")
        self.file.flush()
        while True:
            answer = json.loads(self.file.readline())
            if "return" in answer or "error" in answer:
                assert "error" not in answer, answer
                return answer["return"]

    def job(self, execute, **arguments):
        self.run(execute, **{"job-id": execute}, **arguments)
        while True:
            job, = self.run("query-jobs")
            if job["status"] == "concluded":
                assert "error" not in job, job
                self.run("job-dismiss", id=execute)
                return
            time.sleep(0.05)

    def close(self):
        self.file.close()
        self.socket.close()

    def set(self, name, value):
        self.run("qom-set", path="/objects/t0", property=name, value=value)
