/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Payloads of events, docs/trace-format.md "Event" and "Registers, rows, deltas".
 */
#include "armv7/field.h"
#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/format1.h"
#include "hyptrace/lib/payload.h"

/* Bytes from here to the end that are not decoded yet. */
struct cursor {
    const uint8_t *p;
    const uint8_t *end;
};

#define ROW_BYTES 5

static inline bool have(const struct cursor *c, size_t count)
{
    return (size_t)(c->end - c->p) >= count;
}

static inline uint8_t take8(struct cursor *c)
{
    return *c->p++;
}

static inline uint32_t take32(struct cursor *c)
{
    uint32_t value = ht_le32(c->p);

    c->p += 4;
    return value;
}

/* How many of the sixteen two-bit lanes have their low bit set. */
static inline unsigned count_lanes(uint32_t lanes)
{
    lanes = (lanes & 0x33333333) + ((lanes >> 2) & 0x33333333);
    lanes = (lanes + (lanes >> 4)) & 0x0f0f0f0f;
    return (lanes * 0x01010101u) >> 24;
}

/* The coded registers of a delta: codes, and where the values are by their code. */
struct coded {
    uint32_t codes;
    const uint8_t *value[4];
};

/* Version 1: three lists, whose lengths are given as well. */
static inline bool take_lists(struct cursor *c, struct coded *coded, const size_t count[4])
{
    unsigned counts = ht_le16(c->p);

    if (count[HT_CODE_U8] != field32_get(counts, HT1_COUNT_V8_SHIFT, HT1_COUNT_BITS) ||
        count[HT_CODE_U16] != field32_get(counts, HT1_COUNT_V16_SHIFT, HT1_COUNT_BITS) ||
        count[HT_CODE_U32] != field32_get(counts, HT1_COUNT_V32_SHIFT, HT1_COUNT_BITS)) {
        return false;
    }
    c->p += 2;
    coded->value[HT_CODE_U8] = c->p;
    coded->value[HT_CODE_U16] = coded->value[HT_CODE_U8] + count[HT_CODE_U8];
    coded->value[HT_CODE_U32] = coded->value[HT_CODE_U16] + 2 * count[HT_CODE_U16];
    return true;
}

static inline bool take_coded(struct cursor *c, struct coded *coded, bool lists)
{
    uint32_t low, high;
    size_t count[4], bytes;

    if (!have(c, lists ? 6 : 4)) {
        return false;
    }
    coded->codes = take32(c);
    low = coded->codes & 0x55555555;
    high = (coded->codes >> 1) & 0x55555555;
    count[HT_CODE_U8] = count_lanes(low & ~high);
    count[HT_CODE_U16] = count_lanes(high & ~low);
    count[HT_CODE_U32] = count_lanes(low & high);
    bytes = count[HT_CODE_U8] + 2 * count[HT_CODE_U16] + 4 * count[HT_CODE_U32];
    if (lists && !take_lists(c, coded, count)) {
        return false;
    }
    if (!have(c, bytes)) {
        return false;
    }
    if (!lists) {
        coded->value[0] = c->p;
    }
    c->p += bytes;
    return true;
}

/* Takes the next changed register out of coded; false if there is none left. */
static inline bool next_coded(struct coded *coded, bool lists, const uint32_t *regs,
                              struct ht_change *change)
{
    const uint8_t **value;
    unsigned shift, code;

    if (!coded->codes) {
        return false;
    }
    shift = (unsigned)__builtin_ctz(coded->codes) & ~1u;
    code = (coded->codes >> shift) & 3;
    value = &coded->value[lists ? code : 0];
    change->row = shift / 2;
    switch ((enum ht_core_code)code) {
    case HT_CODE_SAME:
        g_assert_not_reached();
    case HT_CODE_U8:
        change->value = **value;
        break;
    case HT_CODE_U16:
        change->value = (regs[change->row] & 0xffff0000) | ht_le16(*value);
        break;
    case HT_CODE_U32:
        change->value = ht_le32(*value);
        break;
    }
    *value += 1u << (code - 1);
    coded->codes &= ~(3u << shift);
    return true;
}

static inline bool take_rows(struct cursor *c, uint32_t *regs)
{
    unsigned count;

    if (!have(c, 1)) {
        return false;
    }
    count = take8(c);
    if (!have(c, count * ROW_BYTES)) {
        return false;
    }
    for (; count; count--) {
        unsigned row = take8(c);

        regs[row] = take32(c);
    }
    return true;
}

static inline bool take_delta(struct cursor *c, struct ht_event *event, uint32_t *regs,
                              struct ht_delta_mode mode)
{
    event->delta = c->p;
    event->delta_coded = mode.coded;
    event->delta_lists = mode.lists;
    if (mode.coded) {
        struct coded coded;
        struct ht_change change;

        if (!take_coded(c, &coded, mode.lists)) {
            return false;
        }
        while (mode.keep_core && next_coded(&coded, mode.lists, regs, &change)) {
            regs[change.row] = change.value;
        }
    }
    if (!take_rows(c, regs)) {
        return false;
    }
    event->delta_bytes = c->p - event->delta;
    return true;
}

static inline bool take_insn(struct cursor *c, struct ht_event *event)
{
    if (event->insn_halfwords == 0) {
        return true;
    }
    if (event->insn_halfwords > 2 || !have(c, 2u * event->insn_halfwords)) {
        return false;
    }
    if (event->insn_halfwords == 1) {
        event->insn = ht_le16(c->p);
    } else if (event->psr & (1u << 5)) {
        event->insn = (uint32_t)ht_le16(c->p) << 16 | ht_le16(c->p + 2);
    } else {
        event->insn = ht_le32(c->p);
    }
    c->p += 2 * event->insn_halfwords;
    return true;
}

/* What every entry begins with. */
static inline void take_entry(struct cursor *c, struct ht_event *event, uint32_t *regs)
{
    uint8_t bits = take8(c);

    event->vector = field32_get(bits, HT_ENTRY_VECTOR_SHIFT, HT_ENTRY_VECTOR_BITS);
    event->insn_halfwords = field32_get(bits, HT_ENTRY_INSN_SHIFT, HT_ENTRY_INSN_BITS);
    event->depth = field32_get(bits, HT_ENTRY_DEPTH_SHIFT, HT_ENTRY_DEPTH_BITS);
    event->pc = regs[HT_REG_ELR_HYP] = take32(c);
    event->psr = regs[HT_REG_SPSR_HYP] = take32(c);
}

static inline bool take_trap(struct cursor *c, struct ht_event *event, uint32_t *regs,
                             struct ht_delta_mode mode)
{
    return take_insn(c, event) && take_delta(c, event, regs, mode);
}

#define ENTRY_BYTES 9

static bool take_interrupt(struct cursor *c, struct ht_event *event, uint32_t *regs,
                           struct ht_delta_mode mode)
{
    if (!have(c, ENTRY_BYTES)) {
        return false;
    }
    take_entry(c, event, regs);
    return take_trap(c, event, regs, mode);
}

static bool take_syndrome(struct cursor *c, struct ht_event *event, uint32_t *regs,
                          struct ht_delta_mode mode)
{
    if (!have(c, ENTRY_BYTES + 4)) {
        return false;
    }
    take_entry(c, event, regs);
    event->hsr = regs[HT_REG_HSR] = take32(c);
    return take_trap(c, event, regs, mode);
}

static bool take_abort(struct cursor *c, struct ht_event *event, uint32_t *regs,
                       struct ht_delta_mode mode, enum ht_reg far_row, bool stage2)
{
    if (!have(c, ENTRY_BYTES + 8 + (stage2 ? 4 : 0))) {
        return false;
    }
    take_entry(c, event, regs);
    event->hsr = regs[HT_REG_HSR] = take32(c);
    event->far = regs[far_row] = take32(c);
    if (stage2) {
        event->hpfar = regs[HT_REG_HPFAR] = take32(c);
    }
    return take_trap(c, event, regs, mode);
}

static bool take_plain_place(struct cursor *c, struct ht_event *event, uint32_t *regs)
{
    if (!have(c, 8)) {
        return false;
    }
    event->pc = regs[HT_REG_ELR_HYP] = take32(c);
    event->psr = regs[HT_REG_SPSR_HYP] = take32(c);
    return true;
}

static bool take_coded_place(struct cursor *c, struct ht_event *event, uint32_t *regs)
{
    unsigned bits, pc_code;
    bool cpsr;

    if (!have(c, 1)) {
        return false;
    }
    bits = take8(c);
    pc_code = bits >> HT_RETURN_PC_SHIFT & 3;
    cpsr = bits >> HT_RETURN_CPSR_SHIFT & 1;
    if (!have(c, (pc_code == HT_RETURN_PC_U32 ? 4u : 0u) + (cpsr ? 4u : 0u))) {
        return false;
    }
    regs[HT_REG_ELR_HYP] = pc_code == HT_RETURN_PC_U32 ? take32(c)
                                                       : regs[HT_REG_ELR_HYP] + 2 * pc_code;
    regs[HT_REG_SPSR_HYP] = cpsr ? take32(c) : regs[HT_REG_SPSR_HYP];
    event->pc = regs[HT_REG_ELR_HYP];
    event->psr = regs[HT_REG_SPSR_HYP];
    return true;
}

static bool take_return(struct cursor *c, struct ht_event *event, uint32_t *regs,
                        struct ht_delta_mode mode)
{
    return (mode.plain_returns ? take_plain_place(c, event, regs)
                               : take_coded_place(c, event, regs)) &&
           take_delta(c, event, regs, mode);
}

static bool take_activation(struct cursor *c, struct ht_event *event, uint32_t *regs,
                            struct ht_delta_mode mode)
{
    if (!have(c, 1)) {
        return false;
    }
    event->kind = take8(c);
    return take_plain_place(c, event, regs) && take_delta(c, event, regs, mode);
}

static bool take_snapshot(struct cursor *c, struct ht_event *event, uint32_t *regs)
{
    uint8_t bits;

    if (!have(c, 1)) {
        return false;
    }
    bits = take8(c);
    event->in_hyp = bits & HT_STATE_IN_HYP;
    event->depth = field32_get(bits, HT_STATE_DEPTH_SHIFT, HT_STATE_DEPTH_BITS);
    event->delta = c->p;
    event->delta_coded = false;
    memset(regs, 0, HT_REG_COUNT * sizeof(*regs));
    if (!take_rows(c, regs)) {
        return false;
    }
    event->delta_bytes = c->p - event->delta;
    return true;
}

static bool take_value(struct cursor *c, struct ht_event *event)
{
    if (!have(c, 4)) {
        return false;
    }
    event->value = take32(c);
    return true;
}

static bool take_list_register(struct cursor *c, struct ht_event *event, uint32_t *regs)
{
    if (!have(c, 1)) {
        return false;
    }
    event->lr = take8(c);
    if (event->lr >= HT_REG_LR_MAX || !take_value(c, event)) {
        return false;
    }
    regs[HT_REG_GICH_LR0 + event->lr] = event->value;
    return true;
}

static bool take_operation(struct cursor *c, struct ht_event *event)
{
    if (!have(c, 5)) {
        return false;
    }
    event->op = take8(c);
    event->value = take32(c);
    return true;
}

static bool take_cache(struct cursor *c, struct ht_event *event)
{
    if (!have(c, 13) || !take_operation(c, event)) {
        return false;
    }
    event->last = take32(c);
    event->count = take32(c);
    return true;
}

static bool take_write(struct cursor *c, struct ht_event *event, uint32_t *regs, bool wide)
{
    if (!have(c, wide ? 9 : 5)) {
        return false;
    }
    event->row = take8(c);
    event->value = regs[event->row] = take32(c);
    if (wide) {
        event->value_hi = take32(c);
        regs[(event->row + 1) % HT_REG_COUNT] = event->value_hi;
    }
    return true;
}

static bool take_power(struct cursor *c, struct ht_event *event)
{
    if (!have(c, 5)) {
        return false;
    }
    event->kind = take8(c);
    event->pc = take32(c);
    return true;
}

static bool take_wake(struct cursor *c, struct ht_event *event)
{
    if (!have(c, 1)) {
        return false;
    }
    event->wake = take8(c);
    return true;
}

static bool take_mark(struct cursor *c, struct ht_event *event)
{
    if (!have(c, 5)) {
        return false;
    }
    event->option = take8(c);
    event->pc = take32(c);
    return true;
}

static bool take_console(struct cursor *c, struct ht_event *event)
{
    if (!have(c, 2)) {
        return false;
    }
    event->port = take8(c);
    event->byte = take8(c);
    return true;
}

/* Events that have no delta. */
static bool take_plain(struct cursor *c, struct ht_event *event, uint32_t *regs)
{
    event->delta = NULL;
    event->delta_bytes = 0;
    switch (event->id) {
    case HT_EV_GIC_ACK:
    case HT_EV_GIC_EOI:
    case HT_EV_GIC_DIR:
    case HT_EV_GICV_ACK:
    case HT_EV_GICV_EOI:
    case HT_EV_GICV_DIR:
        return take_value(c, event);
    case HT_EV_GICH_LR:
        return take_list_register(c, event, regs);
    case HT_EV_TLB:
    case HT_EV_TRANSLATION:
        return take_operation(c, event);
    case HT_EV_CACHE:
        return take_cache(c, event);
    case HT_EV_WRITE:
    case HT_EV_WRITE64:
        return take_write(c, event, regs, event->id == HT_EV_WRITE64);
    case HT_EV_POWER:
        return take_power(c, event);
    case HT_EV_SLEEP:
    case HT_EV_WAIT:
        return true;
    case HT_EV_MARK:
        return take_mark(c, event);
    case HT_EV_CONSOLE:
        return take_console(c, event);
    case HT_EV_WAKE:
        return take_wake(c, event);
    default:
        return false;
    }
}

static inline bool take_payload(struct cursor *c, struct ht_event *event, uint32_t *regs,
                                struct ht_delta_mode mode)
{
    switch (event->id) {
    case HT_EV_REGISTERS:
        return take_snapshot(c, event, regs);
    case HT_EV_ACTIVATION:
        return take_activation(c, event, regs, mode);
    case HT_EV_RETURN:
    case HT_EV_NESTED_RETURN:
        return take_return(c, event, regs, mode);
    case HT_EV_ENTRY_SYNC:
    case HT_EV_ENTRY_SERROR:
        return take_syndrome(c, event, regs, mode);
    case HT_EV_ENTRY_DABT:
        return take_abort(c, event, regs, mode, HT_REG_HDFAR, false);
    case HT_EV_ENTRY_DABT_S2:
        return take_abort(c, event, regs, mode, HT_REG_HDFAR, true);
    case HT_EV_ENTRY_IABT:
        return take_abort(c, event, regs, mode, HT_REG_HIFAR, false);
    case HT_EV_ENTRY_IABT_S2:
        return take_abort(c, event, regs, mode, HT_REG_HIFAR, true);
    case HT_EV_ENTRY_IRQ:
    case HT_EV_ENTRY_FIQ:
        return take_interrupt(c, event, regs, mode);
    default:
        return take_plain(c, event, regs);
    }
}

const uint8_t *ht_payload_decode(struct ht_event *event, uint32_t *regs,
                                 struct ht_delta_mode mode, const uint8_t *bytes,
                                 const uint8_t *end)
{
    struct cursor c = {bytes, end};

    return take_payload(&c, event, regs, mode) ? c.p : NULL;
}
