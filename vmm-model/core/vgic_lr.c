/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * List registers: which interrupts go into them, and what becomes of those that were there.
 * IHI 0048B 5.2, 5.3.
 */
#include <stddef.h>
#include "core/hyp.h"
#include "armv7/gicv2.h"

/* GICH_HCR, 5.3.1 */
#define HCR_EN              (1u << 0)
#define HCR_LRENPIE         (1u << 2) /* interrupt when an EOI found no list register */
#define HCR_NPIE            (1u << 3) /* interrupt when no list register is pending */
#define HCR_EOICOUNT_SHIFT  27
#define HCR_EOICOUNT_LENGTH 5

#define LR_STATE(state) ((uint32_t)(state) << GICH_LR_STATE_SHIFT)
#define LR_EOI          (1u << 19)    /* HW = 0: interrupt at the end of interrupt */
#define LR_CPUID_SHIFT  10

/* GICH_VMCR, 5.3.5 */
#define VMCR_GRP0_EN    (1u << 0)
#define VMCR_GRP1_EN    (1u << 1)
#define VMCR_PMR_SHIFT  27
#define VMCR_PMR_LENGTH 5

/* The best candidates for the list registers, most urgent first. */
struct candidates {
    uint16_t intid[VGIC_LR_MAX];
    unsigned count;
    bool overflow; /* there were more */
};

static bool group_enabled(const struct vgic_dist *dist, const struct vgic_irq *irq)
{
    return dist->ctlr & (irq->group1 ? 2 : 1);
}

/* The distributor would forward it to ctx. */
static bool is_deliverable(struct hypctx *ctx, const struct vgic_irq *irq, unsigned intid)
{
    return irq->enabled && vgic_irq_pending(irq, intid) && group_enabled(&ctx->hyp->vgic, irq) &&
           (intid < VGIC_PRIVATE_COUNT || (irq->targets & 1u << ctx->index)) && !irq->active;
}

static bool is_active_here(const struct hypctx *ctx, const struct vgic_irq *irq, unsigned intid)
{
    return irq->active && (intid < VGIC_PRIVATE_COUNT || irq->active_cpu == ctx->index);
}

/* Inserts in order of priority, then of number, as the distributor would choose; 3.1. */
static void insert(struct hypctx *ctx, struct candidates *list, unsigned intid, unsigned limit)
{
    uint8_t priority = vgic_irq_at(ctx, intid)->priority;
    unsigned at = list->count;

    while (at > 0 && vgic_irq_at(ctx, list->intid[at - 1])->priority > priority) {
        at--;
    }
    if (list->count == limit) {
        list->overflow = true;
        if (at == limit) {
            return;
        }
    } else {
        list->count++;
    }
    for (unsigned i = list->count - 1; i > at; i--) {
        list->intid[i] = list->intid[i - 1];
    }
    list->intid[at] = (uint16_t)intid;
}

/* One interrupt that may be pending or active; false if it is neither. */
static bool consider(struct hypctx *ctx, unsigned intid, struct candidates *pending,
                     struct candidates *active)
{
    const struct vgic_irq *irq = vgic_irq_at(ctx, intid);
    unsigned limit = ctx->hyp->vgic.lr_count;

    if (irq->owner != VGIC_NO_OWNER) {
        return true; /* in another vCPU's list register */
    }
    if (is_active_here(ctx, irq, intid)) {
        insert(ctx, active, intid, limit);
    } else if (is_deliverable(ctx, irq, intid)) {
        insert(ctx, pending, intid, limit);
    }
    return irq->active || vgic_irq_pending(irq, intid);
}

/* Considers the interrupts of *live, which are first_intid and following, and forgets the idle. */
static void consider_word(struct hypctx *ctx, uint32_t *live, unsigned first_intid,
                          struct candidates *pending, struct candidates *active)
{
    for (uint32_t left = *live; left != 0; left &= left - 1) {
        unsigned bit = (unsigned)__builtin_ctz(left);

        if (!consider(ctx, first_intid + bit, pending, active)) {
            *live &= ~(1u << bit);
        }
    }
}

static void consider_all(struct hypctx *ctx, struct candidates *pending,
                         struct candidates *active)
{
    *pending = *active = (struct candidates) {.count = 0};
    consider_word(ctx, &ctx->vgic.live, 0, pending, active);
    for (unsigned i = 0; i < VGIC_SHARED_COUNT / 32; i++) {
        consider_word(ctx, &ctx->hyp->vgic.live[i], VGIC_PRIVATE_COUNT + 32 * i, pending, active);
    }
}

static unsigned lowest_bit(unsigned value)
{
    return (unsigned)__builtin_ctz(value);
}

/* An active interrupt that is pending again is put there as active only: its second occurrence may
 * be less urgent than a pending one for which there was no list register, or have another sender.
 * GICH_LR.EOI brings the vCPU back for it. */
static enum gich_lr_state take_state(struct vgic_irq *irq, unsigned intid, struct vgic_lr *lr)
{
    if (irq->active) {
        lr->source = irq->active_source;
        return GICH_LR_ACTIVE;
    }
    if (intid < GICV2_PPI_FIRST) {
        lr->source = (uint8_t)lowest_bit(irq->sources);
        irq->sources &= ~(1u << lr->source);
    }
    lr->latched = irq->latch;
    irq->latch = false;
    return GICH_LR_PENDING;
}

/* The end of this interrupt may make it pending again: a level that is still high, another sender,
 * another edge. */
static bool wants_eoi(const struct vgic_irq *irq, unsigned intid)
{
    return !irq->edge || (intid < GICV2_PPI_FIRST && irq->sources != 0) || irq->latch;
}

static void fill(struct hypctx *ctx, unsigned intid)
{
    struct vgic_irq *irq = vgic_irq_at(ctx, intid);
    unsigned index = ctx->vgic.lr_used++;
    struct vgic_lr *lr = &ctx->vgic.lr[index];
    uint32_t value;

    *lr = (struct vgic_lr) {.intid = (uint16_t)intid};
    irq->owner_state = (uint8_t)take_state(irq, intid, lr);
    value = intid | LR_STATE(irq->owner_state) |
            (uint32_t)(irq->priority >> 3) << GICH_LR_PRIORITY_SHIFT |
            (uint32_t)irq->group1 << GICH_LR_GRP1_SHIFT;
    if (irq->hw) {
        value |= 1u << GICH_LR_HW_SHIFT | intid << GICH_LR_PHYSICALID_SHIFT;
    } else if (wants_eoi(irq, intid)) {
        value |= LR_EOI;
    }
    if (intid < GICV2_PPI_FIRST) {
        value |= (uint32_t)lr->source << LR_CPUID_SHIFT;
    }
    irq->owner = (int8_t)ctx->index;
    irq->drop_pending = irq->drop_active = false;
    arch_gich_write(GICH_LR + 4 * index, value);
}

static void write_hcr(struct hypctx *ctx, uint32_t hcr)
{
    if (ctx->vgic.hcr != hcr) {
        ctx->vgic.hcr = hcr;
        arch_gich_write(GICH_HCR, hcr);
    }
}

void vgic_flush(struct hypctx *ctx)
{
    struct vgic_cpu *cpu = &ctx->vgic;
    unsigned room = ctx->hyp->vgic.lr_count;
    struct candidates pending, active;
    unsigned pending_taken, active_taken = 0;
    uint32_t hcr = HCR_EN;

    if (!cpu->changed) {
        return;
    }
    vgic_sync(ctx);
    consider_all(ctx, &pending, &active);
    /* The most urgent pending one must be there, 5.2.1; then the active ones, since an end of
     * interrupt without a list register costs an exit; then other pending ones. */
    pending_taken = pending.count > 0;
    if (pending_taken) {
        fill(ctx, pending.intid[0]);
    }
    while (active_taken < active.count && cpu->lr_used < room) {
        fill(ctx, active.intid[active_taken++]);
    }
    while (pending_taken < pending.count && cpu->lr_used < room) {
        fill(ctx, pending.intid[pending_taken++]);
    }
    if (pending_taken < pending.count || pending.overflow) {
        hcr |= HCR_NPIE;
    }
    if (active_taken < active.count || active.overflow) {
        hcr |= HCR_LRENPIE;
    }
    write_hcr(ctx, hcr);
    cpu->changed = false;
}

/* A shared interrupt that was this vCPU's may be another's now: its targets were changed meanwhile,
 * or it has several. */
static void offer_to_others(struct hypctx *ctx, const struct vgic_irq *irq, unsigned intid)
{
    if (intid >= VGIC_PRIVATE_COUNT && !irq->active && vgic_irq_pending(irq, intid) &&
        (irq->targets & ~(1u << ctx->index))) {
        vgic_irq_changed(ctx, intid);
    }
}

/* Takes the interrupt of a list register back. */
static void fold(struct hypctx *ctx, const struct vgic_lr *lr, uint32_t value)
{
    struct vgic_irq *irq = vgic_irq_at(ctx, lr->intid);
    unsigned state = GICH_LR_GET(value, STATE);
    bool pending = (state & GICH_LR_PENDING) && !irq->drop_pending;

    irq->owner = VGIC_NO_OWNER;
    irq->active = (state & GICH_LR_ACTIVE) && !irq->drop_active;
    if (irq->active) {
        irq->active_cpu = (uint8_t)ctx->index;
        irq->active_source = lr->source;
    }
    if (pending && lr->intid < GICV2_PPI_FIRST) {
        irq->sources |= (uint8_t)(1u << lr->source);
    } else if (pending) {
        irq->latch = irq->latch || irq->edge || lr->latched;
    }
    offer_to_others(ctx, irq, lr->intid);
}

/* Ends of interrupt that found no list register: those of the most urgent active interrupts that
 * had none, since interrupts end in the reverse order of their beginning.  5.3.1, EOICount. */
static void end_overflowed(struct hypctx *ctx, unsigned count)
{
    struct candidates pending, active;

    consider_all(ctx, &pending, &active);
    for (unsigned i = 0; i < active.count && count > 0; i++) {
        struct vgic_irq *irq = vgic_irq_at(ctx, active.intid[i]);

        irq->active = false;
        count--;
        offer_to_others(ctx, irq, active.intid[i]);
        if (irq->hw) {
            arch_irq_set_active(active.intid[i], false);
        }
    }
}

void vgic_sync(struct hypctx *ctx)
{
    struct vgic_cpu *cpu = &ctx->vgic;
    unsigned used = cpu->lr_used;

    if (cpu->hcr & HCR_LRENPIE) {
        /* Before the list registers come back: only those without one may be ended here. */
        unsigned count = field32_get(arch_gich_read(GICH_HCR), HCR_EOICOUNT_SHIFT,
                                     HCR_EOICOUNT_LENGTH);

        end_overflowed(ctx, count);
    }
    for (unsigned i = 0; i < used; i++) {
        fold(ctx, &cpu->lr[i], arch_gich_read(GICH_LR + 4 * i));
        arch_gich_write(GICH_LR + 4 * i, 0);
    }
    cpu->lr_used = 0;
    if (cpu->hcr != HCR_EN) {
        write_hcr(ctx, HCR_EN); /* EOICount is 0 again */
    }
    cpu->changed = true;
}

void vgic_load(struct hypctx *ctx)
{
    arch_gich_write(GICH_VMCR, ctx->vgic.vmcr);
    arch_gich_write(GICH_APR, ctx->vgic.apr);
    ctx->vgic.hcr = 0;
    write_hcr(ctx, HCR_EN);
    ctx->vgic.changed = true;
    for (unsigned intid = GICV2_PPI_FIRST; intid < VGIC_PRIVATE_COUNT; intid++) {
        const struct vgic_irq *irq = &ctx->vgic.irq[intid];

        if (irq->hw && (irq->latch || irq->active)) {
            /* What it is linked to was given up in vgic_put(). */
            arch_irq_set_active(intid, true);
        }
    }
}

void vgic_put(struct hypctx *ctx)
{
    vgic_sync(ctx);
    ctx->vgic.vmcr = arch_gich_read(GICH_VMCR);
    ctx->vgic.apr = arch_gich_read(GICH_APR);
    write_hcr(ctx, 0);
    for (unsigned intid = GICV2_PPI_FIRST; intid < VGIC_PRIVATE_COUNT; intid++) {
        const struct vgic_irq *irq = &ctx->vgic.irq[intid];

        if (irq->hw && (irq->latch || irq->active)) {
            /* The next vCPU of this CPU needs its own. */
            arch_irq_set_active(intid, false);
        }
    }
}

bool vgic_has_pending(struct hypctx *ctx)
{
    struct candidates pending, active;
    uint32_t vmcr = ctx->vgic.vmcr;

    if (ctx->cpu >= 0) {
        vgic_sync(ctx);
        vmcr = arch_gich_read(GICH_VMCR);
    }
    consider_all(ctx, &pending, &active);
    for (unsigned i = 0; i < pending.count; i++) {
        const struct vgic_irq *irq = vgic_irq_at(ctx, pending.intid[i]);

        if ((vmcr & (irq->group1 ? VMCR_GRP1_EN : VMCR_GRP0_EN)) &&
            irq->priority >> 3 < (int)field32_get(vmcr, VMCR_PMR_SHIFT, VMCR_PMR_LENGTH)) {
            return true;
        }
    }
    return false;
}
