/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv2 for guests.  The distributor is emulated; the CPU interface of a guest is the hardware's
 * virtual one (GICV), fed through list registers (GICH).  IHI 0048B chapter 5.
 *
 * An interrupt's state is either in the model (struct vgic_irq) or in a list register of the one
 * vCPU that runs with it.  vgic_flush() moves it there, vgic_sync() folds it back.  List registers
 * stay as they are over exits that change nothing; whoever changes something that a vCPU could
 * notice marks it (struct vgic_cpu, changed) and kicks it.
 *
 * All functions want the VM's lock held.  An intid below 32 is ctx's own, others are shared.
 */
#ifndef VMM_CORE_VGIC_H
#define VMM_CORE_VGIC_H

#include <stdbool.h>
#include <stdint.h>
#include "core/mmio.h"

#define VGIC_PRIVATE_COUNT 32
#define VGIC_SHARED_COUNT  96
#define VGIC_IRQ_COUNT     (VGIC_PRIVATE_COUNT + VGIC_SHARED_COUNT)
#define VGIC_LR_MAX        16
#define VGIC_NO_OWNER      (-1)

struct hyp;
struct hypctx;

/* One interrupt.  Pending is sources != 0 (SGI), latch (edge), latch or line (level). */
struct vgic_irq {
    bool enabled;
    bool edge;             /* GICD_ICFGR; SGIs are edge */
    bool group1;
    bool line;             /* the device's input */
    bool latch;            /* an edge, a write of GICD_ISPENDR, or the linked physical interrupt */
    bool active;
    bool hw;               /* linked to the physical interrupt with the same number */
    bool drop_pending;     /* GICD_ICPENDR was written while a list register held it */
    bool drop_active;      /* GICD_ICACTIVER, likewise */
    uint8_t priority;      /* as in GICD_IPRIORITYR; 5 bits are implemented */
    uint8_t targets;       /* SPIs: GICD_ITARGETSR */
    uint8_t sources;       /* SGIs: a bit for each vCPU that sent it */
    uint8_t active_source; /* SGIs: sender of the active one */
    uint8_t active_cpu;    /* SPIs: the vCPU on which it is active */
    int8_t owner;          /* the vCPU whose list register holds it, or VGIC_NO_OWNER */
    uint8_t owner_state;   /* enum gich_lr_state as it was put there */
};

/* What vgic_flush() put into a list register. */
struct vgic_lr {
    uint16_t intid;
    uint8_t source;        /* SGIs */
    bool latched;          /* pending by latch, not by line */
};

struct vgic_cpu {
    struct vgic_irq irq[VGIC_PRIVATE_COUNT];
    uint32_t live;         /* a bit for each of irq[] that may be pending or active */
    struct vgic_lr lr[VGIC_LR_MAX];
    unsigned lr_used;
    uint32_t hcr;          /* GICH_HCR as written last */
    uint32_t vmcr;         /* GICH_VMCR and GICH_APR while the vCPU is not loaded */
    uint32_t apr;
    bool changed;          /* the list registers are not what they should be */
};

struct vgic_dist {
    uint32_t ctlr;         /* GICD_CTLR: EnableGrp0, EnableGrp1 */
    unsigned lr_count;     /* list registers of the hardware */
    struct vgic_irq irq[VGIC_SHARED_COUNT];
    uint32_t live[VGIC_SHARED_COUNT / 32];
};

/* Reset state of the distributor, and of a vCPU's part.  lr_count: 1 to VGIC_LR_MAX, from
 * GICH_VTR. */
void vgic_init(struct vgic_dist *dist, unsigned lr_count);
void vgic_cpu_init(struct hypctx *ctx);

/* Level of an input: of a device (intid 32 up), or of ctx's own (16 to 31).  An edge-triggered
 * interrupt becomes pending when it rises.  ctx may be NULL for intid 32 up. */
void vgic_set_line(struct hyp *hyp, struct hypctx *ctx, unsigned intid, bool level);

/* The physical interrupt intid, which is active now, is to be the loaded ctx's (16 to 31).  From
 * here on its end of interrupt deactivates the physical one. */
void vgic_set_hw_pending(struct hypctx *ctx, unsigned intid);

/* The vCPU comes to this CPU, or leaves it.  Between the two the hardware's virtual interface
 * is its own. */
void vgic_load(struct hypctx *ctx);
void vgic_put(struct hypctx *ctx);

/* Model to hardware: fills the list registers if anything changed.  To be called last before the
 * guest runs. */
void vgic_flush(struct hypctx *ctx);

/* Hardware to model: empties the list registers. */
void vgic_sync(struct hypctx *ctx);

/* True if an interrupt would be signalled to the vCPU were CPSR.I clear: it is enabled, pending, in
 * an enabled group, and above the priority mask.  Folds the list registers if ctx is loaded. */
bool vgic_has_pending(struct hypctx *ctx);

/* The distributor's registers, for mmio_add(); opaque is the struct hyp.  A size of 4 KiB. */
enum mmio_result vgic_dist_access(void *opaque, struct hypctx *ctx, struct mmio_access *access);

/* ---- Between vgic.c, vgic_lr.c and vgic_dist.c ---- */

/* Interrupt intid (< VGIC_IRQ_COUNT) as ctx sees it. */
struct vgic_irq *vgic_irq_at(struct hypctx *ctx, unsigned intid);

bool vgic_irq_pending(const struct vgic_irq *irq, unsigned intid);

/* irq may have become pending or active, or be so no more: whoever could notice is told. */
void vgic_irq_changed(struct hypctx *ctx, unsigned intid);

#endif
