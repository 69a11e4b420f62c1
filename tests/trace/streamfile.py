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
              20: "gic_ack", 21: "gic_eoi", 22: "gic_dir", 23: "gich_lr", 24: "gicv_ack",
              25: "gicv_eoi", 26: "gicv_dir", 32: "tlb", 33: "cache", 34: "write", 35: "write64",
              36: "ats", 40: "power", 41: "sleep", 42: "wake", 43: "wait", 5: "mark", 6: "console"})
UNTIMED = {"tlb", "cache", "write", "write64", "ats"}
# Events that the payload `traps` counts itself.
COUNTED = set(ENTRIES.values()) | {"hyp_return", "hyp_nested_return", "gic_ack", "gic_eoi", "gic_dir"}
# Payloads without a delta: struct formats, and the names of the fields.
PLAIN = {32: ("BI", "op value"), 33: ("BIII", "op value last count"), 34: ("BI", "row value"),
         35: ("BII", "row value value_hi"), 36: ("BI", "op value"), 40: ("BI", "kind pc"),
         41: ("", ""), 42: ("B", "wake"), 43: ("", ""), 5: ("BI", "option pc"),
         6: ("BB", "port byte")}
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
        self.time = self.seq = 0
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
            self.time, self.seq = packet["time_begin"], packet["seq_begin"]
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
        head = c.take("B")
        e = Event(id=head >> 2, insns=0)
        self.time = self.take_time(c, head & 3)
        context = c.take("B")
        self.seq = self.take_seq(c, context & 3)
        if self.icount and context >> 2 & 3:
            e.insns = c.take(" BHI"[context >> 2 & 3])
        e.time, e.seq, e.name = self.time, self.seq, NAMES[e.id]
        self.payload(e, c)
        return e

    def take_time(self, c, code):
        if code == 3:
            return c.take("Q")
        size = (0, 2, 3)[code]
        low = int.from_bytes(c.data[c.at:c.at + size], "little")
        c.at += size
        unit = 1 << 8 * size
        return self.time - self.time % unit + low + (unit if low < self.time % unit else 0)

    def take_seq(self, c, code):
        if code < 2:
            return self.seq + code
        if code == 2:
            return self.seq + c.take("B")
        low = c.take("I")
        return (self.seq & ~0xffffffff) + low + (1 << 32 if low < self.seq & 0xffffffff else 0)

    def payload(self, e, c):
        if e.id == 1:
            self.snapshot(e, c)
        elif e.id in (2, 3, 4):
            if e.id == 2:
                e.kind, e.pc, e.cpsr = c.take("BII")
            else:
                bits = c.take("B")
                e.pc = c.take("I") if bits & 3 == 3 else self.regs[ELR_HYP] + 2 * (bits & 3)
                e.cpsr = c.take("I") if bits & 4 else self.regs[SPSR_HYP]
            self.regs[ELR_HYP], self.regs[SPSR_HYP] = e.pc, e.cpsr
            self.delta(c)
        elif e.id in ENTRIES:
            self.entry(e, c)
        elif e.id == 23:
            e.lr, e.value = c.take("BI")
            self.regs[GICH_LR0 + e.lr] = e.value
        elif e.id in PLAIN:
            self.plain(e, c)
        else:
            e.value = c.take("I")

    def plain(self, e, c):
        fmt, names = PLAIN[e.id]
        for code, name in zip(fmt, names.split()):
            setattr(e, name, c.take(code))
        if e.id in (34, 35):
            self.regs[e.row] = e.value
        if e.id == 35:
            self.regs[e.row + 1] = e.value_hi

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
            codes = c.take("I")
            for row in range(16):
                code = codes >> 2 * row & 3
                if code:
                    value = c.take(" BHI"[code])
                    self.regs[row] = value | (self.regs[row] & 0xffff0000 if code == 2 else 0)
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
