/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtual and physical timer of a vCPU. */
#include "core/hyp.h"
#include "armv7/gicv2.h"

/* Enabled and not masked: the count decides alone. */
static bool can_fire(const struct timer_regs *timer)
{
    return (timer->ctl & (CNT_CTL_ENABLE | CNT_CTL_IMASK)) == CNT_CTL_ENABLE;
}

uint32_t vtimer_phys_ctl(const struct vtimer *vtimer, uint64_t count_ticks)
{
    bool met = (vtimer->phys.ctl & CNT_CTL_ENABLE) && count_ticks >= vtimer->phys.cval;

    return vtimer->phys.ctl | (met ? CNT_CTL_ISTATUS : 0);
}

void vtimer_flush(struct hypctx *ctx)
{
    bool line = can_fire(&ctx->vtimer.phys) && arch_counter() >= ctx->vtimer.phys.cval;

    if (ctx->hyp->alarms) {
        alarm_check(ctx->hyp, arch_counter());
    }
    vgic_set_line(ctx->hyp, ctx, GICV2_PPI_PHYS_TIMER, line);
}

void vtimer_fired(struct hypctx *ctx)
{
    vgic_set_hw_pending(ctx, GICV2_PPI_VIRT_TIMER);
}

uint64_t vtimer_deadline(const struct hypctx *ctx)
{
    uint64_t deadline = alarm_deadline(ctx->hyp);

    if (can_fire(&ctx->vtimer.phys) && ctx->vtimer.phys.cval < deadline) {
        deadline = ctx->vtimer.phys.cval;
    }
    if (ctx->cpu < 0 && can_fire(&ctx->vtimer.virt)) {
        uint64_t virt = ctx->vtimer.virt.cval + ctx->hyp->cntvoff;

        deadline = virt < deadline ? virt : deadline;
    }
    return deadline;
}
