/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The virtual CPU interface as IHI 0048B chapter 5 describes it, as data: what the hardware is
 * compared with.  Priorities have 5 bits and there are 32 preemption levels, as GICH_VTR of a
 * GIC-400 says.
 */
#ifndef PAYLOADS_VE_VGIC_MODEL_H
#define PAYLOADS_VE_VGIC_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#define LRS 4

/* GICH_LR, 5.3.13 */
#define LR_EOI (1u << 19)               /* HW = 0: maintenance interrupt at the end */
#define LR_CPUID(cpu) ((uint32_t)(cpu) << 10)
#define LR_PHYSICAL(intid) ((uint32_t)(intid) << 10)
#define LR_PRIORITY(p) ((uint32_t)(p) << 23)
#define LR_PENDING (1u << 28)
#define LR_ACTIVE (1u << 29)
#define LR_GRP1 (1u << 30)
#define LR_HW (1u << 31)

/* GICH_HCR, 5.3.1; the bits from UIE on are those of GICH_MISR, 5.3.4, at the same places. */
#define HCR_EN (1u << 0)
#define HCR_UIE (1u << 1)
#define HCR_LRENPIE (1u << 2)
#define HCR_NPIE (1u << 3)
#define HCR_VGRP0EIE (1u << 4)
#define HCR_VGRP0DIE (1u << 5)
#define HCR_VGRP1EIE (1u << 6)
#define HCR_VGRP1DIE (1u << 7)
#define HCR_ENABLES 0xfeu
#define HCR_EOICOUNT_SHIFT 27
#define MISR_EOI (1u << 0)

/* GICV_CTLR, and the same bits of GICH_VMCR, 5.3.3 */
#define CTLR_GRP0 (1u << 0)
#define CTLR_GRP1 (1u << 1)
#define CTLR_ACKCTL (1u << 2)
#define CTLR_FIQEN (1u << 3)
#define CTLR_CBPR (1u << 4)
#define CTLR_EOIMODE (1u << 9)

#define SPURIOUS 1023u
#define SPURIOUS_GROUP1 1022u

struct model {
    uint32_t lr[LRS];
    uint32_t hcr, apr;
    uint32_t ctlr, pmr, bpr, abpr;      /* as GICV shows them */
};

/* An answer with an alternative that the architecture leaves open. */
struct answer {
    uint32_t value, other;
};

/* What a guest reads.  @alias: AIAR, AHPPIR.  model_iar() acknowledges. */
struct answer model_iar(struct model *m, bool alias);
struct answer model_hppir(const struct model *m, bool alias);
uint32_t model_rpr(const struct model *m);          /* 0xf8 if nothing is active */

/* What a guest writes: @value is what IAR returned. */
void model_eoir(struct model *m, uint32_t value);
void model_dir(struct model *m, uint32_t value);

/* What Hyp reads. */
uint32_t model_misr(const struct model *m);
uint32_t model_misr_open(const struct model *m);    /* bits that may be either */
uint32_t model_eisr(const struct model *m);
uint32_t model_elrsr(const struct model *m);
uint32_t model_vmcr(const struct model *m);

/* The signals to the CPU. */
bool model_virq(const struct model *m);
bool model_vfiq(const struct model *m);

#endif
