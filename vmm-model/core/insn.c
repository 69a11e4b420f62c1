/* SPDX-License-Identifier: BSD-2-Clause */
/* What ARM and Thumb decoders share, and the ARM decoder. */
#include <stddef.h>
#include "core/insn.h"
#include "core/insn_internal.h"
#include "armv7/field.h"
#include "armv7/psr.h"

uint32_t insn_pc(uint32_t pc, uint32_t cpsr)
{
    return pc + ((cpsr & ARMV7_PSR_T) ? 4 : 8);
}

bool insn_single(struct insn_access *access, const struct insn_context *context, unsigned rt,
                 struct insn_indexing indexing)
{
    uint32_t base = context->r[indexing.rn];
    uint32_t moved = indexing.add ? base + indexing.offset : base - indexing.offset;

    /* Loads of the PC are jumps, and writeback to it is UNPREDICTABLE. */
    if ((access->is_load && rt == 15) || (indexing.writeback && indexing.rn == 15)) {
        return false;
    }
    if (indexing.rn == 15) { /* literal: Align(PC, 4) */
        moved = indexing.add ? (base & ~3u) + indexing.offset : (base & ~3u) - indexing.offset;
    }
    access->count = 1;
    access->reg[0] = (uint8_t)rt;
    access->va = indexing.pre ? moved : base;
    access->writeback = indexing.writeback;
    access->rn = (uint8_t)indexing.rn;
    access->new_base = moved;
    return true;
}

bool insn_dual(struct insn_access *access, const struct insn_context *context, unsigned rt,
               unsigned rt2, struct insn_indexing indexing)
{
    access->size_bytes = 4;
    if (rt2 == 15 || !insn_single(access, context, rt, indexing)) {
        return false;
    }
    access->count = 2;
    access->reg[1] = (uint8_t)rt2;
    return true;
}

static unsigned list_count(uint32_t list)
{
    unsigned count = 0;

    for (unsigned n = 0; n < 16; n++) {
        count += list >> n & 1;
    }
    return count;
}

bool insn_multiple(struct insn_access *access, const struct insn_context *context, uint32_t list,
                   struct insn_block block)
{
    uint32_t base = context->r[block.rn];
    unsigned bytes = 4 * list_count(list);

    if (bytes == 0 || block.rn == 15 || (access->is_load && (list & 1u << 15))) {
        return false;
    }
    access->size_bytes = 4;
    for (unsigned n = 0; n < 16; n++) {
        if (list & 1u << n) {
            access->reg[access->count++] = (uint8_t)n;
        }
    }
    access->va = block.increment ? base : base - bytes;
    if (block.before == block.increment) {
        access->va += 4; /* IB and DA: one word further up */
    }
    access->rn = (uint8_t)block.rn;
    access->new_base = block.increment ? base + bytes : base - bytes;
    /* A loaded base is not written back (UNKNOWN in ARM, Thumb has no such form). */
    access->writeback = block.writeback && !(access->is_load && (list & 1u << block.rn));
    return true;
}

/* DecodeImmShift() and Shift() of the register-offset forms, A8.4.3. */
static uint32_t shifted_offset(const struct insn_context *context, uint32_t insn)
{
    uint32_t value = context->r[field32_get(insn, 0, 4)];
    unsigned amount = field32_get(insn, 7, 5);
    bool carry = context->cpsr & ARMV7_PSR_C;
    uint32_t sign = value & 1u << 31 ? UINT32_MAX : 0;

    switch (field32_get(insn, 5, 2)) {
    case 0: /* LSL */
        return value << amount;
    case 1: /* LSR, 0 means 32 */
        return amount == 0 ? 0 : value >> amount;
    case 2: /* ASR, 0 means 32 */
        return amount == 0 ? sign : value >> amount | (sign & ~(UINT32_MAX >> amount));
    default: /* ROR, 0 means RRX */
        return amount == 0 ? (uint32_t)carry << 31 | value >> 1
                           : value >> amount | value << (32 - amount);
    }
}

/* P, U, W of ARM loads and stores; P = 0 is post-indexed, which writes back (with W: LDRT). */
static struct insn_indexing arm_indexing(uint32_t insn, uint32_t offset)
{
    bool pre = insn & 1u << 24;

    return (struct insn_indexing) {
        .rn = field32_get(insn, 16, 4),
        .offset = offset,
        .pre = pre,
        .add = insn & 1u << 23,
        .writeback = !pre || (insn & 1u << 21),
    };
}

/* A5.3: LDR, STR, LDRB, STRB, and their unprivileged forms. */
static bool arm_word_or_byte(uint32_t insn, const struct insn_context *context,
                             struct insn_access *access)
{
    bool by_register = insn & 1u << 25;
    uint32_t offset = by_register ? shifted_offset(context, insn) : field32_get(insn, 0, 12);

    if (by_register && (insn & 1u << 4)) {
        return false; /* media instructions */
    }
    access->is_load = insn & 1u << 20;
    access->size_bytes = (insn & 1u << 22) ? 1 : 4;
    return insn_single(access, context, field32_get(insn, 12, 4), arm_indexing(insn, offset));
}

/* A5.2.8: halfwords, signed bytes, doublewords. */
static bool arm_extra(uint32_t insn, const struct insn_context *context,
                      struct insn_access *access)
{
    unsigned op2 = field32_get(insn, 5, 2);
    unsigned rt = field32_get(insn, 12, 4);
    bool load_bit = insn & 1u << 20;
    uint32_t offset = (insn & 1u << 22) ? field32_get(insn, 8, 4) << 4 | field32_get(insn, 0, 4)
                                        : context->r[field32_get(insn, 0, 4)];
    struct insn_indexing indexing = arm_indexing(insn, offset);

    if (op2 >= 2 && !load_bit) { /* LDRD 10, STRD 11 */
        access->is_load = op2 == 2;
        return !(rt & 1) && insn_dual(access, context, rt, rt + 1, indexing);
    }
    access->is_load = load_bit;
    access->size_bytes = op2 == 2 ? 1 : 2;
    access->sign_extend = op2 >= 2;
    return insn_single(access, context, rt, indexing);
}

/* A5.5: LDM and STM. */
static bool arm_block(uint32_t insn, const struct insn_context *context,
                      struct insn_access *access)
{
    access->is_load = insn & 1u << 20;
    access->user_bank = insn & 1u << 22;
    return insn_multiple(access, context, field32_get(insn, 0, 16), (struct insn_block) {
        .rn = field32_get(insn, 16, 4),
        .before = insn & 1u << 24,
        .increment = insn & 1u << 23,
        .writeback = insn & 1u << 21,
    });
}

static bool arm_decode(uint32_t insn, const struct insn_context *context,
                       struct insn_access *access)
{
    if (field32_get(insn, 28, 4) == 15) {
        return false; /* unconditional space: PLD, RFE, SRS */
    }
    switch (field32_get(insn, 25, 3)) {
    case 0:
        /* op2 00 is multiplication, SWP and exclusives. */
        return (insn & 0x90) == 0x90 && (insn & 0x60) != 0 && arm_extra(insn, context, access);
    case 2:
    case 3:
        return arm_word_or_byte(insn, context, access);
    case 4:
        return arm_block(insn, context, access);
    default:
        return false;
    }
}

bool insn_decode(uint32_t insn, unsigned insn_bytes, const struct insn_context *context,
                 struct insn_access *access)
{
    struct insn_access decoded = {0};
    bool ok;

    if (!(context->cpsr & ARMV7_PSR_T)) {
        ok = arm_decode(insn, context, &decoded);
    } else if (insn_bytes == 2) {
        ok = thumb16_decode((uint16_t)insn, context, &decoded);
    } else {
        ok = thumb32_decode(insn, context, &decoded);
    }
    if (ok) {
        *access = decoded;
    }
    return ok;
}
