/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Virtual interrupts in a guest: DDI 0406C B1.8.11 (virtual exceptions), IHI 0048B 5.2.
 */
#include <stddef.h>
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "both.h"
#include "probe.h"
#include "judge.h"

#define VIRQ 40u
#define ROUTES (ARMV7_HCR_IMO | ARMV7_HCR_FMO | ARMV7_HCR_AMO)

/* r0 times around, then the end. */
static const uint32_t loop[] = { 0xe2500001, 0x1afffffd };

/* What is pending, by list register and by HCR, and which vector comes first. */
static const struct pending {
    const char *name;
    uint32_t lr, hcr;
    uint32_t masked;            /* of CPSR */
    unsigned vector;            /* enum ve_vector, or 0: none */
} pendings[] = {
    { "lr-irq", LR_GRP1 | VIRQ, 0, 0, VE_VECTOR_IRQ },
    { "lr-irq-masked", LR_GRP1 | VIRQ, 0, ARMV7_PSR_I, 0 },
    { "lr-fiq", VIRQ, 0, 0, VE_VECTOR_FIQ },
    { "lr-fiq-masked", VIRQ, 0, ARMV7_PSR_F, 0 },
    { "lr-fiq-irq-masked", VIRQ, 0, ARMV7_PSR_I, VE_VECTOR_FIQ },
    { "vi", 0, ARMV7_HCR_VI, 0, VE_VECTOR_IRQ },
    { "vf", 0, ARMV7_HCR_VF, 0, VE_VECTOR_FIQ },
    { "vi-and-lr-irq", LR_GRP1 | VIRQ, ARMV7_HCR_VI, 0, VE_VECTOR_IRQ },
    { "vi-and-lr-fiq-masked", VIRQ, ARMV7_HCR_VI, ARMV7_PSR_F, VE_VECTOR_IRQ },
    { "vf-and-lr-irq-masked", LR_GRP1 | VIRQ, ARMV7_HCR_VF, ARMV7_PSR_I, VE_VECTOR_FIQ },
    { "nothing", 0, 0, 0, 0 },
};

static void claim_taken(const struct pending *p, unsigned mode, uint32_t routes, const char *how)
{
    struct text name = text_path("vgic/guest", p->name, mode == ARMV7_MODE_USR ? "usr" : "svc",
                                 how, NULL);
    const struct ve_controls controls = { .hcr = routes | p->hcr };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text detail;
    bool ok;

    both_begin(CTLR_GRP0 | CTLR_GRP1 | CTLR_FIQEN);
    if (p->lr) {
        both_lr(0, LR_PENDING | p->lr);
    }
    ve_probe_program(&probe, loop, 2, mode);
    probe.state.r[0] = 1000;
    probe.state.psr = (probe.state.psr & ~(ARMV7_PSR_I | ARMV7_PSR_F)) | p->masked;
    ve_run(&probe.state, &controls, &record);
    if (p->vector && routes) {
        ok = record.outcome == VE_PL1 && record.vector == p->vector;
    } else {
        ok = ve_probe_done(&probe, &record);
    }
    text_clear(&detail);
    ve_describe(&detail, &record);
    both_begin(0);
    gich_write(GICH_HCR, 0);
    tap_claim(ok, name.s, detail.s);
}

/*
 * The guest's handler: it reads IAR into r0, RPR into r2 and HPPIR into r3, then writes EOIR and
 * reads ISR before and after.
 */
static const uint32_t handler[] = {
    0xee1c4f11,         /* MRC r4, ISR */
    0xe591000c,         /* LDR r0, [r1, #0xc] */
    0xe5912014,         /* LDR r2, [r1, #0x14] */
    0xe5913018,         /* LDR r3, [r1, #0x18] */
    0xee1c5f11,         /* MRC r5, ISR */
    0xe5810010,         /* STR r0, [r1, #0x10] */
    0xee1c6f11,         /* MRC r6, ISR */
};

/* @vm: through stage 2 as well, is left to the family stage2. */
static void claim_handled(const char *name, unsigned waiting)
{
    static const struct ve_controls controls = { .hcr = ROUTES };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text detail;
    bool ok;

    both_begin(CTLR_GRP0);
    both_lr(0, LR_PENDING | LR_PRIORITY(5) | VIRQ);
    if (waiting) {
        both_lr(1, LR_PENDING | LR_PRIORITY(9) | (VIRQ + 1));
    }
    ve_probe_program(&probe, handler, 7, ARMV7_MODE_SVC);
    probe.state.r[1] = (uint32_t)board.gicv;
    ve_run(&probe.state, &controls, &record);
    ok = ve_probe_done(&probe, &record) && record.r[4] == ARMV7_PSR_I && record.r[0] == VIRQ &&
         record.r[2] == 5u << 3 && record.r[3] == (waiting ? VIRQ + 1 : SPURIOUS) &&
         record.r[5] == 0 && record.r[6] == (waiting ? ARMV7_PSR_I : 0) &&
         gich_read(GICH_APR) == 0 && GICH_LR_GET(gich_read(GICH_LR), STATE) == 0;
    text_clear(&detail);
    ve_describe(&detail, &record);
    for (unsigned i = 0; i < 7; i++) {
        text_add_field(&detail, "r", record.r[i]);
    }
    both_begin(0);
    gich_write(GICH_HCR, 0);
    tap_claim(ok, name, detail.s);
}

void claim_guest(void)
{
    tap_group("vgic/guest", "B1.8.11", "virtual interrupts in a guest");
    for (unsigned i = 0; i < sizeof(pendings) / sizeof(pendings[0]); i++) {
        claim_taken(&pendings[i], ARMV7_MODE_SVC, ROUTES, "routed");
        claim_taken(&pendings[i], ARMV7_MODE_USR, ROUTES, "routed");
        claim_taken(&pendings[i], ARMV7_MODE_SVC, 0, "not-routed");
        claim_taken(&pendings[i], ARMV7_MODE_USR, 0, "not-routed");
    }
    claim_handled("vgic/guest/handler", 0);
    claim_handled("vgic/guest/handler-and-next", 1);
}
