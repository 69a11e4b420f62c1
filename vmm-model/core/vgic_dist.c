/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The distributor's registers.  IHI 0048B 4.3.  The guest sees no Security Extensions.
 *
 * A vCPU's own list registers are folded before it accesses the distributor.  An interrupt that is
 * in a list register of another running vCPU is read as it was put there, and that vCPU is kicked,
 * so that who polls gets the truth soon.
 */
#include <stddef.h>
#include "core/hyp.h"
#include "armv7/gicv2.h"

#define DIST_CTLR_BITS 3u
#define DIST_IIDR      0x0200143bu /* GIC-400 r0p1's */
#define DIST_PIDR2     0xfe8
#define DIST_PIDR2_V2  0x2bu       /* architecture revision 2 */
#define PRIORITY_BITS  0xf8u       /* 32 levels, as the list registers have */

/* A field of an interrupt. */
typedef uint32_t field_read_fn(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid);
typedef void field_write_fn(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                            uint32_t value);

/* Registers that hold one field for each interrupt. */
struct field_register {
    uint16_t offset;
    uint16_t irq_count;
    uint8_t bits;
    field_read_fn *read;
    field_write_fn *write;
};

static bool is_sgi(unsigned intid)
{
    return intid < GICV2_PPI_FIRST;
}

/* In the list register of a vCPU that is not ctx; that one is asked to fold it. */
static bool is_elsewhere(struct hypctx *ctx, const struct vgic_irq *irq, unsigned intid)
{
    if (irq->owner == VGIC_NO_OWNER) {
        return false;
    }
    vgic_irq_changed(ctx, intid);
    return true;
}

static uint32_t read_group(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    (void)ctx, (void)intid;
    return irq->group1;
}

static void write_group(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid, uint32_t value)
{
    irq->group1 = value;
    vgic_irq_changed(ctx, intid);
}

static uint32_t read_enabled(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    (void)ctx, (void)intid;
    return irq->enabled;
}

static void set_enabled(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid, uint32_t value)
{
    if (value) {
        irq->enabled = true;
        vgic_irq_changed(ctx, intid);
    }
}

static void clear_enabled(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                          uint32_t value)
{
    if (value) {
        irq->enabled = false;
        vgic_irq_changed(ctx, intid);
    }
}

static uint32_t read_pending(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    bool in_lr = is_elsewhere(ctx, irq, intid) && (irq->owner_state & GICH_LR_PENDING);

    return in_lr || vgic_irq_pending(irq, intid);
}

static void set_pending(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid, uint32_t value)
{
    if (value && !is_sgi(intid)) { /* SGIs: read-only, 4.3.7 */
        irq->latch = true;
        vgic_irq_changed(ctx, intid);
    }
}

/* The physical interrupt stays active for as long as the guest's is pending or active. */
static void unlink_if_idle(struct vgic_irq *irq, unsigned intid)
{
    if (irq->hw && !irq->latch && !irq->active) {
        arch_irq_set_active(intid, false);
    }
}

static void clear_pending(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                          uint32_t value)
{
    if (value && !is_sgi(intid)) {
        irq->latch = false;
        irq->drop_pending = is_elsewhere(ctx, irq, intid);
        unlink_if_idle(irq, intid);
        vgic_irq_changed(ctx, intid);
    }
}

static uint32_t read_active(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    bool in_lr = is_elsewhere(ctx, irq, intid) && (irq->owner_state & GICH_LR_ACTIVE);

    return in_lr || irq->active;
}

static void set_active(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid, uint32_t value)
{
    if (value && !irq->active && !is_elsewhere(ctx, irq, intid)) {
        irq->active = true;
        irq->active_cpu = (uint8_t)ctx->index;
        vgic_irq_changed(ctx, intid);
    }
}

static void clear_active(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                         uint32_t value)
{
    if (value) {
        irq->active = false;
        irq->drop_active = is_elsewhere(ctx, irq, intid);
        unlink_if_idle(irq, intid);
        vgic_irq_changed(ctx, intid);
    }
}

static uint32_t read_priority(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    (void)ctx, (void)intid;
    return irq->priority;
}

static void write_priority(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                           uint32_t value)
{
    irq->priority = value & PRIORITY_BITS;
    vgic_irq_changed(ctx, intid);
}

/* A CPU's own interrupts read as targeting itself: it learns its number from them.  4.3.12 */
static uint32_t read_targets(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    return intid < VGIC_PRIVATE_COUNT ? 1u << ctx->index : irq->targets;
}

static void write_targets(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                          uint32_t value)
{
    if (intid >= VGIC_PRIVATE_COUNT) {
        vgic_irq_changed(ctx, intid); /* the old targets */
        irq->targets = (uint8_t)(value & ((1u << ctx->hyp->vcpu_count) - 1));
        vgic_irq_changed(ctx, intid);
    }
}

/* Bit 1: edge-triggered.  Bit 0 is reserved.  4.3.13 */
static uint32_t read_config(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    (void)ctx, (void)intid;
    return irq->edge ? 2 : 0;
}

static void write_config(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                         uint32_t value)
{
    if (intid >= VGIC_PRIVATE_COUNT) { /* of SGIs and PPIs fixed */
        irq->edge = value & 2;
        vgic_irq_changed(ctx, intid);
    }
}

static uint32_t read_sources(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid)
{
    (void)ctx, (void)intid;
    return irq->sources;
}

static void set_sources(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid, uint32_t value)
{
    irq->sources |= (uint8_t)value;
    vgic_irq_changed(ctx, intid);
}

static void clear_sources(struct hypctx *ctx, struct vgic_irq *irq, unsigned intid,
                          uint32_t value)
{
    irq->sources &= (uint8_t)~value;
    vgic_irq_changed(ctx, intid);
}

static const struct field_register fields[] = {
    /* offset        irqs            bits read          write */
    {GICD_IGROUPR,   VGIC_IRQ_COUNT, 1, read_group,    write_group},
    {GICD_ISENABLER, VGIC_IRQ_COUNT, 1, read_enabled,  set_enabled},
    {GICD_ICENABLER, VGIC_IRQ_COUNT, 1, read_enabled,  clear_enabled},
    {GICD_ISPENDR,   VGIC_IRQ_COUNT, 1, read_pending,  set_pending},
    {GICD_ICPENDR,   VGIC_IRQ_COUNT, 1, read_pending,  clear_pending},
    {GICD_ISACTIVER, VGIC_IRQ_COUNT, 1, read_active,   set_active},
    {GICD_ICACTIVER, VGIC_IRQ_COUNT, 1, read_active,   clear_active},
    {GICD_IPRIORITYR, VGIC_IRQ_COUNT, 8, read_priority, write_priority},
    {GICD_ITARGETSR, VGIC_IRQ_COUNT, 8, read_targets,  write_targets},
    {GICD_ICFGR,     VGIC_IRQ_COUNT, 2, read_config,   write_config},
    {GICD_CPENDSGIR, GICV2_PPI_FIRST, 8, read_sources, clear_sources},
    {GICD_SPENDSGIR, GICV2_PPI_FIRST, 8, read_sources, set_sources},
};

static const struct field_register *find_fields(uint32_t offset)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        unsigned bytes = fields[i].irq_count * fields[i].bits / 8;

        if (offset - fields[i].offset < bytes) { /* wraps below the first: too large */
            return &fields[i];
        }
    }
    return NULL;
}

/* All fields that the access covers; bytes may be accessed alone where a field is a byte. */
static void access_fields(const struct field_register *reg, struct hypctx *ctx,
                          struct mmio_access *access)
{
    unsigned first = (unsigned)(access->offset - reg->offset) * 8 / reg->bits;
    unsigned count = access->size_bytes * 8u / reg->bits;

    for (unsigned i = 0; i < count; i++) {
        unsigned intid = first + i;
        struct vgic_irq *irq = vgic_irq_at(ctx, intid);

        if (access->is_write) {
            reg->write(ctx, irq, intid, field32_get(access->value, i * reg->bits, reg->bits));
        } else {
            access->value |= reg->read(ctx, irq, intid) << i * reg->bits;
        }
    }
}

/* GICD_SGIR, 4.3.15 */
static void send_sgi(struct hypctx *ctx, uint32_t value)
{
    unsigned intid = field32_get(value, 0, 4);
    unsigned list = field32_get(value, 16, 8);
    unsigned all = (1u << ctx->hyp->vcpu_count) - 1;

    switch (field32_get(value, 24, 2)) {
    case 0: /* the list */
        break;
    case 1: /* all but the sender */
        list = all & ~(1u << ctx->index);
        break;
    case 2: /* the sender */
        list = 1u << ctx->index;
        break;
    default: /* reserved: nobody */
        list = 0;
        break;
    }
    for (list &= all; list != 0; list &= list - 1) {
        struct hypctx *target = &ctx->hyp->vcpu[__builtin_ctz(list)];

        target->vgic.irq[intid].sources |= (uint8_t)(1u << ctx->index);
        vgic_irq_changed(target, intid);
    }
}

static void write_ctlr(struct hyp *hyp, uint32_t value)
{
    hyp->vgic.ctlr = value & DIST_CTLR_BITS;
    for (unsigned i = 0; i < hyp->vcpu_count; i++) {
        hyp->vcpu[i].vgic.changed = true;
        hypctx_kick(&hyp->vcpu[i]);
    }
}

/* ITLinesNumber in [4:0], CPUNumber in [7:5]; 4.3.2 */
static uint32_t typer(const struct hyp *hyp)
{
    return (VGIC_IRQ_COUNT / 32 - 1) | (hyp->vcpu_count - 1) << 5;
}

static void read_word(struct hyp *hyp, struct mmio_access *access)
{
    switch (access->offset) {
    case GICD_CTLR:
        access->value = hyp->vgic.ctlr;
        break;
    case GICD_TYPER:
        access->value = typer(hyp);
        break;
    case GICD_IIDR:
        access->value = DIST_IIDR;
        break;
    case DIST_PIDR2:
        access->value = DIST_PIDR2_V2;
        break;
    default: /* reserved, RAZ */
        break;
    }
}

enum mmio_result vgic_dist_access(void *opaque, struct hypctx *ctx, struct mmio_access *access)
{
    struct hyp *hyp = opaque;
    const struct field_register *reg = find_fields((uint32_t)access->offset);
    bool whole = access->size_bytes == 4;

    if (!is_aligned(access->offset, access->size_bytes) ||
        (!whole && !(reg && reg->bits == 8 && access->size_bytes == 1))) {
        return MMIO_DONE; /* not supported, 4.1.4: we read zero and ignore writes */
    }
    if (ctx->cpu >= 0) {
        vgic_sync(ctx);
    }
    if (reg) {
        access_fields(reg, ctx, access);
    } else if (!access->is_write) {
        read_word(hyp, access);
    } else if (access->offset == GICD_CTLR) {
        write_ctlr(hyp, access->value);
    } else if (access->offset == GICD_SGIR) {
        send_sgi(ctx, access->value);
    }
    return MMIO_DONE;
}
