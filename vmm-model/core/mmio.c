/* SPDX-License-Identifier: BSD-2-Clause */
/* Device accesses: the table of regions, and the transfers of one instruction. */
#include <stddef.h>
#include <string.h>
#include "core/guest_mem.h"
#include "core/cond.h"
#include "core/hyp.h"

int mmio_add(struct mmio_space *space, struct mmio_region region)
{
    uint64_t end = region.base.value + region.size_bytes;
    unsigned at = 0;

    if (region.size_bytes == 0 || end < region.base.value || end > 1ull << S2_IPA_BITS) {
        return VMM_EINVAL;
    }
    while (at < space->count && space->region[at].base.value < end) {
        const struct mmio_region *other = &space->region[at];

        if (other->base.value + other->size_bytes > region.base.value) {
            return VMM_EEXIST;
        }
        at++;
    }
    if (space->count == MMIO_REGION_MAX) {
        return VMM_ENOMEM;
    }
    memmove(&space->region[at + 1], &space->region[at],
            (space->count - at) * sizeof(space->region[0]));
    space->region[at] = region;
    space->count++;
    return VMM_OK;
}

const struct mmio_region *mmio_find(const struct mmio_space *space, ipaddr_t ipa)
{
    unsigned low = 0, high = space->count;

    while (low < high) {
        unsigned middle = (low + high) / 2;
        const struct mmio_region *region = &space->region[middle];

        if (ipa.value < region->base.value) {
            high = middle;
        } else if (ipa.value - region->base.value < region->size_bytes) {
            return region;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

/* Registers as the instruction at PC sees them; R13, R14 and FIQ's are looked up in their bank. */
static void fill_context(struct hypctx *ctx, struct insn_context *context)
{
    for (unsigned n = 0; n < 15; n++) {
        context->r[n] = hypctx_get_reg(ctx, n);
    }
    context->cpsr = ctx->regs.cpsr;
    context->r[15] = insn_pc(ctx->regs.pc, ctx->regs.cpsr);
}

static bool begin_by_code(struct hypctx *ctx, const struct vm_exit *exit)
{
    struct mmio_pending *mmio = &ctx->mmio;
    struct insn_context context;
    uint32_t insn;
    unsigned insn_bytes;
    uint32_t into_access;

    if (!guest_read_insn(ctx, &insn, &insn_bytes)) {
        return false;
    }
    fill_context(ctx, &context);
    if (!insn_decode(insn, insn_bytes, &context, &mmio->insn)) {
        return false;
    }
    /* HDFAR is the first byte that faulted: the access may begin before it, in the same page. */
    into_access = exit->u.abort.va - mmio->insn.va;
    if (into_access > exit->u.abort.ipa.value % S2_PAGE_BYTES ||
        into_access >= (uint32_t)mmio->insn.count * mmio->insn.size_bytes) {
        return false;
    }
    mmio->ipa = ipa_init(exit->u.abort.ipa.value - into_access);
    mmio->insn_bytes = (uint8_t)insn_bytes;
    return true;
}

static void begin_by_syndrome(struct hypctx *ctx, const struct vm_exit *exit)
{
    const struct hsr_abort *syndrome = &exit->u.abort.syndrome;

    ctx->mmio.insn = (struct insn_access) {
        .va = exit->u.abort.va,
        .count = 1,
        .size_bytes = syndrome->size_bytes,
        .reg = {syndrome->srt},
        .is_load = !syndrome->write,
        .sign_extend = syndrome->sign_extend,
    };
    ctx->mmio.ipa = exit->u.abort.ipa;
    ctx->mmio.insn_bytes = exit->insn_bytes;
}

static bool stays_in_page(const struct mmio_pending *mmio)
{
    uint64_t bytes = (uint64_t)mmio->insn.count * mmio->insn.size_bytes;

    return mmio->ipa.value % S2_PAGE_BYTES + bytes <= S2_PAGE_BYTES;
}

bool mmio_begin(struct hypctx *ctx, const struct vm_exit *exit)
{
    const struct hsr_abort *syndrome = &exit->u.abort.syndrome;

    memset(&ctx->mmio, 0, sizeof(ctx->mmio));
    if (exit->u.abort.is_insn || syndrome->s1ptw || syndrome->cache_maintenance) {
        return false;
    }
    if (syndrome->isv) {
        /* SAS 11 is reserved, and R15 is neither loaded nor stored with a valid syndrome. */
        if (syndrome->size_bytes > 4 || syndrome->srt == 15) {
            return false;
        }
        begin_by_syndrome(ctx, exit);
    } else if (!begin_by_code(ctx, exit)) {
        return false;
    }
    ctx->mmio.active = stays_in_page(&ctx->mmio);
    return ctx->mmio.active;
}

static uint32_t swap_bytes(uint32_t value, unsigned size_bytes)
{
    switch (size_bytes) {
    case 2:
        return (value & 0xff) << 8 | (value >> 8 & 0xff);
    case 4:
        return value << 24 | (value & 0xff00) << 8 | (value >> 8 & 0xff00) | value >> 24;
    default:
        return value;
    }
}

/* Which PSR's mode the instruction's data registers are seen from. */
static uint32_t data_psr(const struct hypctx *ctx)
{
    return ctx->mmio.insn.user_bank ? ARMV7_MODE_USR : ctx->regs.cpsr;
}

static uint32_t *data_register(struct hypctx *ctx, unsigned n)
{
    if (regs_is_banked(data_psr(ctx), n)) {
        arch_vcpu_pull(ctx);
    }
    return regs_at(&ctx->regs, data_psr(ctx), n);
}

/* What the guest stores: the register's low bytes as they appear on the bus. */
static uint32_t stored_value(struct hypctx *ctx)
{
    const struct insn_access *insn = &ctx->mmio.insn;
    unsigned n = insn->reg[ctx->mmio.next];
    uint32_t value =
        n == 15 ? insn_pc(ctx->regs.pc, ctx->regs.cpsr) : *data_register(ctx, n);

    if (insn->size_bytes < 4) {
        value &= (1u << 8 * insn->size_bytes) - 1;
    }
    return (ctx->regs.cpsr & ARMV7_PSR_E) ? swap_bytes(value, insn->size_bytes) : value;
}

static void load_value(struct hypctx *ctx, uint32_t value)
{
    const struct insn_access *insn = &ctx->mmio.insn;
    unsigned bits = 8u * insn->size_bytes;

    if (ctx->regs.cpsr & ARMV7_PSR_E) {
        value = swap_bytes(value, insn->size_bytes);
    }
    if (bits < 32) {
        value &= (1u << bits) - 1;
        if (insn->sign_extend && (value & 1u << (bits - 1))) {
            value |= UINT32_MAX << bits;
        }
    }
    *data_register(ctx, insn->reg[ctx->mmio.next]) = value;
}

static enum mmio_result transfer(struct hypctx *ctx, struct vm_exit *out)
{
    const struct mmio_pending *mmio = &ctx->mmio;
    ipaddr_t ipa = ipa_add(mmio->ipa, (uint64_t)mmio->next * mmio->insn.size_bytes);
    const struct mmio_region *region = mmio_find(&ctx->hyp->mmio, ipa);
    struct mmio_access access = {
        .size_bytes = mmio->insn.size_bytes, .is_write = !mmio->insn.is_load,
    };
    enum mmio_result result = MMIO_UNHANDLED;

    if (access.is_write) {
        access.value = stored_value(ctx);
    }
    if (region) {
        access.offset = ipa.value - region->base.value;
        result = region->handler(region->opaque, ctx, &access);
    }
    if (result == MMIO_DONE && !access.is_write) {
        load_value(ctx, access.value);
    } else if (result == MMIO_UNHANDLED) {
        *out = (struct vm_exit) {
            .code = VM_EXIT_MMIO, .pc = ctx->regs.pc, .insn_bytes = mmio->insn_bytes,
            .u.mmio = {ipa, access.value, access.size_bytes, access.is_write},
        };
    }
    return result;
}

static void finish(struct hypctx *ctx)
{
    const struct insn_access *insn = &ctx->mmio.insn;

    if (insn->writeback) {
        hypctx_set_reg(ctx, insn->rn, insn->new_base);
    }
    ctx->mmio.active = false;
    regs_skip(&ctx->regs, ctx->mmio.insn_bytes);
}

enum mmio_result mmio_continue(struct hypctx *ctx, struct vm_exit *out)
{
    struct mmio_pending *mmio = &ctx->mmio;

    for (; mmio->next < mmio->insn.count; mmio->next++) {
        enum mmio_result result = transfer(ctx, out);

        if (result == MMIO_ABORT) {
            mmio->active = false;
        }
        if (result != MMIO_DONE) {
            return result;
        }
    }
    finish(ctx);
    return MMIO_DONE;
}

void mmio_supply(struct hypctx *ctx, uint32_t value)
{
    if (ctx->mmio.insn.is_load) {
        load_value(ctx, value);
    }
    ctx->mmio.next++;
}
