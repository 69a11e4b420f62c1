/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's memory seen from the hypervisor. */
#include <string.h>
#include "core/guest_mem.h"
#include "core/hyp.h"

void *guest_mem_at(struct hyp *hyp, ipaddr_t ipa, bool write, uint64_t *size_bytes)
{
    struct s2_leaf leaf;
    uint64_t leaf_bytes;

    if (!s2_lookup(&hyp->s2, ipa, &leaf)) {
        return NULL;
    }
    if (write && (leaf.attrs & S2_LOGGED)) {
        /* The hypervisor's stores do not fault: log them here. */
        if (!s2_log_fault(&hyp->s2, ipa) || !s2_lookup(&hyp->s2, ipa, &leaf)) {
            return NULL;
        }
    }
    if (!(leaf.attrs & (write ? S2_W : S2_R)) || (leaf.attrs & S2_DEVICE)) {
        return NULL;
    }
    leaf_bytes = S2_PAGE_BYTES << 9 * (S2_LEVEL_LAST - leaf.level);
    *size_bytes = leaf_bytes - ipa.value % leaf_bytes;
    return arch_phys_to_virt(leaf.pa);
}

/* Calls one memcpy for each contiguous part. */
static bool copy(struct hyp *hyp, ipaddr_t ipa, uint8_t *to, const uint8_t *from,
                 size_t size_bytes)
{
    bool write = from != NULL;

    for (size_t done = 0; done < size_bytes;) {
        uint64_t part;
        uint8_t *memory = guest_mem_at(hyp, ipa_add(ipa, done), write, &part);

        if (!memory) {
            return false;
        }
        if (part > size_bytes - done) {
            part = size_bytes - done;
        }
        if (write) {
            memcpy(memory, from + done, (size_t)part);
        } else {
            memcpy(to + done, memory, (size_t)part);
        }
        done += (size_t)part;
    }
    return true;
}

bool guest_mem_read(struct hyp *hyp, ipaddr_t ipa, void *to, size_t size_bytes)
{
    return copy(hyp, ipa, to, NULL, size_bytes);
}

bool guest_mem_write(struct hyp *hyp, ipaddr_t ipa, const void *from, size_t size_bytes)
{
    return copy(hyp, ipa, NULL, from, size_bytes);
}

/* Instructions are little-endian whatever CPSR.E says, A3.3.1. */
static bool read_halfword(struct hypctx *ctx, uint32_t va, uint16_t *halfword)
{
    uint8_t byte[2];
    ipaddr_t ipa;

    if (!arch_translate_va(ctx, va, &ipa) ||
        !guest_mem_read(ctx->hyp, ipa, byte, sizeof(byte))) {
        return false;
    }
    *halfword = (uint16_t)(byte[0] | byte[1] << 8);
    return true;
}

bool guest_read_insn(struct hypctx *ctx, uint32_t *insn, unsigned *insn_bytes)
{
    bool thumb = ctx->regs.cpsr & ARMV7_PSR_T;
    uint16_t first, second;

    if (!read_halfword(ctx, ctx->regs.pc, &first)) {
        return false;
    }
    if (thumb && thumb_insn_bytes(first) == 2) {
        *insn = first;
        *insn_bytes = 2;
        return true;
    }
    /* The second half of a 32-bit Thumb instruction may be on another page. */
    if (!read_halfword(ctx, ctx->regs.pc + 2, &second)) {
        return false;
    }
    *insn = thumb ? (uint32_t)first << 16 | second : (uint32_t)second << 16 | first;
    *insn_bytes = 4;
    return true;
}
