/* SPDX-License-Identifier: BSD-2-Clause */
/* The interrupts of the vGIC: their state, and who has to know when it changes. */
#include <string.h>
#include "core/hyp.h"
#include "armv7/gicv2.h"

void vgic_init(struct vgic_dist *dist, unsigned lr_count)
{
    memset(dist, 0, sizeof(*dist));
    dist->lr_count = lr_count;
    for (unsigned i = 0; i < VGIC_SHARED_COUNT; i++) {
        dist->irq[i].owner = VGIC_NO_OWNER;
    }
}

void vgic_cpu_init(struct hypctx *ctx)
{
    struct vgic_cpu *cpu = &ctx->vgic;

    memset(cpu, 0, sizeof(*cpu));
    for (unsigned i = 0; i < VGIC_PRIVATE_COUNT; i++) {
        cpu->irq[i].owner = VGIC_NO_OWNER;
        cpu->irq[i].edge = i < GICV2_PPI_FIRST;
        cpu->irq[i].enabled = i < GICV2_PPI_FIRST; /* SGIs: IHI 0048B 4.3.5, as the GIC-400 */
    }
    cpu->changed = true;
}

struct vgic_irq *vgic_irq_at(struct hypctx *ctx, unsigned intid)
{
    return intid < VGIC_PRIVATE_COUNT ? &ctx->vgic.irq[intid]
                                      : &ctx->hyp->vgic.irq[intid - VGIC_PRIVATE_COUNT];
}

bool vgic_irq_pending(const struct vgic_irq *irq, unsigned intid)
{
    if (intid < GICV2_PPI_FIRST) {
        return irq->sources != 0;
    }
    return irq->latch || (!irq->edge && irq->line);
}

static void notice(struct hypctx *ctx)
{
    ctx->vgic.changed = true;
    hypctx_kick(ctx);
}

/* All that an SPI concerns: its targets, where it is active, where a list register holds it. */
static unsigned concerned(const struct vgic_irq *irq)
{
    unsigned vcpus = irq->targets;

    if (irq->active) {
        vcpus |= 1u << irq->active_cpu;
    }
    if (irq->owner != VGIC_NO_OWNER) {
        vcpus |= 1u << irq->owner;
    }
    return vcpus;
}

void vgic_irq_changed(struct hypctx *ctx, unsigned intid)
{
    struct hyp *hyp = ctx->hyp;
    unsigned shared = intid - VGIC_PRIVATE_COUNT;
    unsigned vcpus;

    if (intid < VGIC_PRIVATE_COUNT) {
        ctx->vgic.live |= 1u << intid;
        notice(ctx);
        return;
    }
    hyp->vgic.live[shared / 32] |= 1u << shared % 32;
    vcpus = concerned(&hyp->vgic.irq[shared]);
    for (unsigned i = 0; i < hyp->vcpu_count; i++) {
        if (vcpus & 1u << i) {
            notice(&hyp->vcpu[i]);
        }
    }
}

void vgic_set_line(struct hyp *hyp, struct hypctx *ctx, unsigned intid, bool level)
{
    struct hypctx *seen_by = ctx ? ctx : &hyp->vcpu[0];
    struct vgic_irq *irq = vgic_irq_at(seen_by, intid);

    if (irq->line == level) {
        return;
    }
    irq->line = level;
    irq->latch = irq->latch || (irq->edge && level);
    vgic_irq_changed(seen_by, intid);
}

void vgic_set_hw_pending(struct hypctx *ctx, unsigned intid)
{
    struct vgic_irq *irq = vgic_irq_at(ctx, intid);

    irq->hw = true;
    irq->latch = true;
    vgic_irq_changed(ctx, intid);
}
