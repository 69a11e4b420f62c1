/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One side of a world switch: what a hypervisor saves and restores when it lets another context
 * have PL1.  DDI 0406C B1.14 (what is banked and what is not), IHI 0048B 5.3 (GICH).
 */
#ifndef PAYLOADS_BENCH_SWITCH_WORLD_H
#define PAYLOADS_BENCH_SWITCH_WORLD_H

#include <stdbool.h>
#include <stdint.h>
#include "hyp.h"

/* As many list registers as the Cortex-A15's GIC has, DDI 0438 8.3. */
#define WORLD_LRS 4

/* The PL1 context of 32 bits, in the order in which it is saved and restored: X(register, encoding). */
#define WORLD_CP15(X) \
    X(csselr,     "2, %0, c0, c0, 0") \
    X(sctlr,      "0, %0, c1, c0, 0") \
    X(cpacr,      "0, %0, c1, c0, 2") \
    X(ttbcr,      "0, %0, c2, c0, 2") \
    X(dacr,       "0, %0, c3, c0, 0") \
    X(dfsr,       "0, %0, c5, c0, 0") \
    X(ifsr,       "0, %0, c5, c0, 1") \
    X(adfsr,      "0, %0, c5, c1, 0") \
    X(aifsr,      "0, %0, c5, c1, 1") \
    X(dfar,       "0, %0, c6, c0, 0") \
    X(ifar,       "0, %0, c6, c0, 2") \
    X(prrr,       "0, %0, c10, c2, 0") \
    X(nmrr,       "0, %0, c10, c2, 1") \
    X(amair0,     "0, %0, c10, c3, 0") \
    X(amair1,     "0, %0, c10, c3, 1") \
    X(vbar,       "0, %0, c12, c0, 0") \
    X(contextidr, "0, %0, c13, c0, 1") \
    X(tpidrurw,   "0, %0, c13, c0, 2") \
    X(tpidruro,   "0, %0, c13, c0, 3") \
    X(tpidrprw,   "0, %0, c13, c0, 4") \
    X(cntkctl,    "0, %0, c14, c1, 0") \
    X(cntv_ctl,   "0, %0, c14, c3, 1")

/* That of 64 bits. */
#define WORLD_CP15_64(X) \
    X(par,      "0, %Q0, %R0, c7") \
    X(ttbr0,    "0, %Q0, %R0, c2") \
    X(ttbr1,    "1, %Q0, %R0, c2") \
    X(cntv_cval, "3, %Q0, %R0, c14")

/* Registers of modes other than Hyp, B9.2.3. */
#define WORLD_BANKED(X) \
    X(sp_usr) X(sp_svc) X(lr_svc) X(spsr_svc) X(sp_abt) X(lr_abt) X(spsr_abt) \
    X(sp_und) X(lr_und) X(spsr_und) X(sp_irq) X(lr_irq) X(spsr_irq) \
    X(r8_fiq) X(r9_fiq) X(r10_fiq) X(r11_fiq) X(r12_fiq) X(sp_fiq) X(lr_fiq) X(spsr_fiq)

/* What Hyp sets for a world and never reads back, by way of MCR and MCRR. */
#define WORLD_HYP(X) \
    X(hcr,    "4, %0, c1, c1, 0") \
    X(hdcr,   "4, %0, c1, c1, 1") \
    X(hcptr,  "4, %0, c1, c1, 2") \
    X(hstr,   "4, %0, c1, c1, 3") \
    X(vpidr,  "4, %0, c0, c0, 0") \
    X(vmpidr, "4, %0, c0, c0, 5")

struct world {
    struct frame frame;
#define WORLD_FIELD(name, encoding) uint32_t name;
    WORLD_CP15(WORLD_FIELD)
    WORLD_HYP(WORLD_FIELD)
#undef WORLD_FIELD
#define WORLD_FIELD(name) uint32_t name;
    WORLD_BANKED(WORLD_FIELD)
#undef WORLD_FIELD
#define WORLD_FIELD(name, encoding) uint64_t name;
    WORLD_CP15_64(WORLD_FIELD)
#undef WORLD_FIELD
    uint64_t vttbr, cntvoff;
    uint32_t gich_hcr, gich_vmcr, gich_apr, gich_misr, gich_eisr, gich_elrsr, gich_lr[WORLD_LRS];
    bool has_vgic;              /* its GICH is saved and restored: not a host's */
};

/** world_save: keeps this CPU's PL1 context, and @frame as the context of the exception. */
void world_save(struct world *world, const struct frame *frame);

/** world_load: makes @world this CPU's PL1 context, and @frame where the exception returns to. */
void world_load(const struct world *world, struct frame *frame);

#endif
