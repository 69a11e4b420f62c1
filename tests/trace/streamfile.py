# SPDX-License-Identifier: BSD-2-Clause
"""A small independent decoder of the trace format (docs/trace-format.md) for tests: no TSDL, no
shared headers.  Yields packets with their events; keeps the registers by their row numbers."""
import struct

PACKET = struct.Struct("<I16sIQQQQQQQQI")
PACKET_FIELDS = ("magic uuid stream_id time_begin time_end content_bits packet_bits seq_num "
                 "discarded seq_begin insns_begin cpu").split()
ENTRIES = {8: "hyp_entry_sync", 9: "hyp_entry_dabt", 10: "hyp_entry_dabt_s2", 11: "hyp_entry_iabt",
           12: "hyp_entry_iabt_s2", 13: "hyp_entry_irq", 14: "hyp_entry_fiq",
           15: "hyp_entry_serror"}
NAMES = dict(ENTRIES)
NAMES.update({1: "registers", 2: "hyp_activation", 3: "hyp_return", 4: "hyp_nested_return",
              20: "gic_ack", 21: "gic_eoi", 22: "gic_dir", 23: "gich_lr"})
# Fields between the fixed ones and the instruction, as the rows that they set.
ELR_HYP, SPSR_HYP, HSR, HDFAR, HIFAR, HPFAR, GICH_LR0 = 37, 38, 92, 93, 94, 95, 128
SYNDROME = {8: [HSR], 9: [HSR, HDFAR], 10: [HSR, HDFAR, HPFAR], 11: [HSR, HIFAR],
            12: [HSR, HIFAR, HPFAR], 13: [], 14: [], 15: [HSR]}


class Event:
    def __init__(self, **fields):
        self.__dict__.update(fields)


class Cursor:
    def __init__(self, data, at):
        self.data, self.at = data, at

    def take(self, fmt):
        value = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return value[0] if len(value) == 1 else value


class Stream:
    """One stream_cpuN.  `regs` is what the events so far say; a snapshot is compared with it."""

    def __init__(self, data, icount=False, registers=True):
        self.data, self.icount, self.registers = data, icount, registers
        self.regs = [0] * 256
        self.time = 0
        self.snapshot_errors = []
        self.packets = []
        self.cut = False

    def events(self):
        at = 0
        while at < len(self.data):
            packet = dict(zip(PACKET_FIELDS, PACKET.unpack_from(self.data, at)))
            assert packet["magic"] == 0xC1FC1FC1, "no packet at byte %d" % at
            end = at + packet["packet_bits"] // 8
            self.packets.append(packet)
            self.time = packet["time_begin"]
            cursor = Cursor(self.data, at + PACKET.size)
            if end > len(self.data):
                yield from self.whole_events(cursor)
                return
            while cursor.at < end:
                yield self.event(cursor)
            assert cursor.at == end, "event passes the end of its packet at byte %d" % end
            at = end

    def whole_events(self, cursor):
        """Of a packet that was cut off, because a SIGKILL came within the write."""
        self.cut = True
        try:
            while True:
                yield self.event(cursor)
        except struct.error:
            pass

    def event(self, c):
        e = Event(id=c.take("B"), insns=0)
        if e.id == 255:
            e.id, self.time = c.take("BQ")
        else:
            low = c.take("I")
            high = self.time & ~0xffffffff
            self.time = high + low + (0x100000000 if low < (self.time & 0xffffffff) else 0)
        e.time, e.name = self.time, NAMES[e.id]
        e.seq = c.take("I")
        if self.icount:
            e.insns = c.take("I")
        self.payload(e, c)
        return e

    def payload(self, e, c):
        if e.id == 1:
            self.snapshot(e, c)
        elif e.id in (2, 3, 4):
            e.kind = c.take("B") if e.id == 2 else None
            e.pc, e.cpsr = c.take("II")
            self.regs[ELR_HYP], self.regs[SPSR_HYP] = e.pc, e.cpsr
            self.delta(c)
        elif e.id in ENTRIES:
            self.entry(e, c)
        elif e.id == 23:
            e.lr, e.value = c.take("BI")
            self.regs[GICH_LR0 + e.lr] = e.value
        else:
            e.value = c.take("I")

    def entry(self, e, c):
        bits = c.take("B")
        e.vector, halfwords, e.depth = bits & 7, bits >> 3 & 3, bits >> 5
        for row in [ELR_HYP, SPSR_HYP] + SYNDROME[e.id]:
            self.regs[row] = c.take("I")
        e.elr, e.spsr, e.hsr = self.regs[ELR_HYP], self.regs[SPSR_HYP], self.regs[HSR]
        e.insn = bytes(c.data[c.at:c.at + 2 * halfwords])
        c.at += 2 * halfwords
        self.delta(c)
        e.regs = list(self.regs)

    def delta(self, c):
        if self.registers:
            codes, counts = c.take("IH")
            assert counts >> 15 == 0
            lists = [c.take("%d%s" % (counts >> shift & 31, kind)) if counts >> shift & 31 else ()
                     for shift, kind in ((0, "B"), (5, "H"), (10, "I"))]
            lists = [list(v) if isinstance(v, tuple) else [v] for v in lists]
            for row in range(16):
                code = codes >> 2 * row & 3
                if code:
                    value = lists[code - 1].pop(0)
                    if code == 2:
                        value |= self.regs[row] & 0xffff0000
                    self.regs[row] = value
            assert lists == [[], [], []], "values left over"
        for row, value in self.rows(c):
            self.regs[row] = value

    def rows(self, c):
        return [c.take("BI") for _ in range(c.take("B"))]

    def snapshot(self, e, c):
        e.state = c.take("B")
        e.rows = [0] * 256
        for row, value in self.rows(c):
            e.rows[row] = value
        for row in range(256):
            if e.rows[row] != self.regs[row]:
                self.snapshot_errors.append((e.seq, row, self.regs[row], e.rows[row]))
        self.regs = list(e.rows)
