/* SPDX-License-Identifier: BSD-2-Clause */
/* Registers of a vCPU wherever they are, and kicks. */
#include "core/hyp.h"
#include "core/sched.h"

static uint32_t *locate(struct hypctx *ctx, unsigned n)
{
    if (regs_is_banked(ctx->regs.cpsr, n)) {
        arch_vcpu_pull(ctx);
    }
    return regs_at(&ctx->regs, ctx->regs.cpsr, n);
}

uint32_t hypctx_get_reg(struct hypctx *ctx, unsigned n)
{
    return *locate(ctx, n);
}

void hypctx_set_reg(struct hypctx *ctx, unsigned n, uint32_t value)
{
    *locate(ctx, n) = value;
}

void hypctx_kick(struct hypctx *ctx)
{
    if (ctx->in_guest) {
        arch_kick((unsigned)ctx->cpu);
    } else if (ctx->hyp->sched) {
        sched_wake(ctx->hyp->sched, ctx);
    }
}
