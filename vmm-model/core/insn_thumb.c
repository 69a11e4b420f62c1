/* SPDX-License-Identifier: BSD-2-Clause */
/* Loads and stores of the Thumb instruction set. */
#include "core/insn_internal.h"
#include "armv7/field.h"

#define SP 13

unsigned thumb_insn_bytes(uint16_t first)
{
    return (first >> 11) >= 0x1d ? 4 : 2;
}

static bool single_with_offset(struct insn_access *access, const struct insn_context *context,
                               unsigned rt, unsigned rn, uint32_t offset)
{
    return insn_single(access, context, rt, (struct insn_indexing) {
        .rn = rn, .offset = offset, .pre = true, .add = true,
    });
}

/* A6.2.4, register offset: STR STRH STRB LDRSB LDR LDRH LDRB LDRSH. */
static bool thumb16_register(uint16_t insn, const struct insn_context *context,
                             struct insn_access *access)
{
    static const uint8_t size_bytes[8] = {4, 2, 1, 1, 4, 2, 1, 2};
    unsigned op = field32_get(insn, 9, 3);

    access->is_load = op >= 3;
    access->sign_extend = op == 3 || op == 7;
    access->size_bytes = size_bytes[op];
    return single_with_offset(access, context, field32_get(insn, 0, 3), field32_get(insn, 3, 3),
                              context->r[field32_get(insn, 6, 3)]);
}

/* A6.2.4, immediate offset scaled by the size. */
static bool thumb16_immediate(uint16_t insn, const struct insn_context *context,
                              struct insn_access *access, unsigned size_bytes)
{
    access->is_load = insn & 1u << 11;
    access->size_bytes = (uint8_t)size_bytes;
    return single_with_offset(access, context, field32_get(insn, 0, 3), field32_get(insn, 3, 3),
                              field32_get(insn, 6, 5) * size_bytes);
}

/* A6.2.4, relative to SP, and the literal form relative to PC. */
static bool thumb16_relative(uint16_t insn, const struct insn_context *context,
                             struct insn_access *access, unsigned rn)
{
    access->is_load = rn == 15 || (insn & 1u << 11);
    access->size_bytes = 4;
    return single_with_offset(access, context, field32_get(insn, 8, 3), rn,
                              field32_get(insn, 0, 8) * 4);
}

/* STM and LDM; LDM writes back unless the base is loaded, which insn_multiple() sees to. */
static bool thumb16_block(uint16_t insn, const struct insn_context *context,
                          struct insn_access *access)
{
    access->is_load = insn & 1u << 11;
    return insn_multiple(access, context, field32_get(insn, 0, 8), (struct insn_block) {
        .rn = field32_get(insn, 8, 3), .increment = true, .writeback = true,
    });
}

/* PUSH (with LR) and POP (with PC, which is refused). */
static bool thumb16_stack(uint16_t insn, const struct insn_context *context,
                          struct insn_access *access)
{
    bool extra = insn & 1u << 8;
    uint32_t list = field32_get(insn, 0, 8);

    access->is_load = insn & 1u << 11;
    if (extra) {
        list |= access->is_load ? 1u << 15 : 1u << 14;
    }
    return insn_multiple(access, context, list, (struct insn_block) {
        .rn = SP, .before = !access->is_load, .increment = access->is_load, .writeback = true,
    });
}

bool thumb16_decode(uint16_t insn, const struct insn_context *context,
                    struct insn_access *access)
{
    switch (field32_get(insn, 12, 4)) {
    case 0x4:
        return (insn & 1u << 11) && thumb16_relative(insn, context, access, 15);
    case 0x5:
        return thumb16_register(insn, context, access);
    case 0x6:
        return thumb16_immediate(insn, context, access, 4);
    case 0x7:
        return thumb16_immediate(insn, context, access, 1);
    case 0x8:
        return thumb16_immediate(insn, context, access, 2);
    case 0x9:
        return thumb16_relative(insn, context, access, SP);
    case 0xb:
        return (insn & 0x0600) == 0x0400 && thumb16_stack(insn, context, access);
    case 0xc:
        return thumb16_block(insn, context, access);
    default:
        return false;
    }
}

/* A6.3.5: only IA (op 01) and DB (op 10) are LDM and STM, the others RFE and SRS. */
static bool thumb32_block(uint32_t insn, const struct insn_context *context,
                          struct insn_access *access)
{
    unsigned op = field32_get(insn, 23, 2);

    access->is_load = insn & 1u << 20;
    return (op == 1 || op == 2) &&
           insn_multiple(access, context, field32_get(insn, 0, 16), (struct insn_block) {
               .rn = field32_get(insn, 16, 4), .before = op == 2, .increment = op == 1,
               .writeback = insn & 1u << 21,
           });
}

/* A6.3.6: LDRD and STRD; with P = W = 0 these are exclusives and table branches. */
static bool thumb32_dual(uint32_t insn, const struct insn_context *context,
                         struct insn_access *access)
{
    bool pre = insn & 1u << 24, writeback = insn & 1u << 21;

    access->is_load = insn & 1u << 20;
    return (pre || writeback) &&
           insn_dual(access, context, field32_get(insn, 12, 4), field32_get(insn, 8, 4),
                     (struct insn_indexing) {
                         .rn = field32_get(insn, 16, 4), .offset = field32_get(insn, 0, 8) * 4,
                         .pre = pre, .add = insn & 1u << 23, .writeback = writeback,
                     });
}

/* The offset of a single load or store, A6.3.7 to A6.3.10; false if there is no such form. */
static bool thumb32_indexing(uint32_t insn, const struct insn_context *context,
                             struct insn_indexing *indexing)
{
    *indexing = (struct insn_indexing) {
        .rn = field32_get(insn, 16, 4), .pre = true, .add = true,
    };
    if (indexing->rn == 15 || (insn & 1u << 23)) { /* literal, or 12 bits added */
        indexing->add = insn & 1u << 23;
        indexing->offset = field32_get(insn, 0, 12);
        return true;
    }
    if (insn & 1u << 11) { /* 8 bits, P U W; P = W = 0 does not exist */
        indexing->pre = insn & 1u << 10;
        indexing->add = insn & 1u << 9;
        indexing->writeback = insn & 1u << 8;
        indexing->offset = field32_get(insn, 0, 8);
        return indexing->pre || indexing->writeback;
    }
    indexing->offset = context->r[field32_get(insn, 0, 4)] << field32_get(insn, 4, 2);
    return field32_get(insn, 6, 5) == 0;
}

static bool thumb32_single(uint32_t insn, const struct insn_context *context,
                           struct insn_access *access)
{
    unsigned size = field32_get(insn, 21, 2);
    struct insn_indexing indexing;

    access->is_load = insn & 1u << 20;
    access->sign_extend = insn & 1u << 24;
    access->size_bytes = (uint8_t)(1u << size);
    /* No store or word extends the sign; byte and halfword loads of R15 are PLD and hints. */
    if (size == 3 || (access->sign_extend && (size == 2 || !access->is_load))) {
        return false;
    }
    return thumb32_indexing(insn, context, &indexing) &&
           insn_single(access, context, field32_get(insn, 12, 4), indexing);
}

bool thumb32_decode(uint32_t insn, const struct insn_context *context,
                    struct insn_access *access)
{
    switch (field32_get(insn, 25, 7)) {
    case 0x74: /* 1110 100 */
        return (insn & 1u << 22) ? thumb32_dual(insn, context, access)
                                 : thumb32_block(insn, context, access);
    case 0x7c: /* 1111 100 */
        return thumb32_single(insn, context, access);
    default:
        return false;
    }
}
