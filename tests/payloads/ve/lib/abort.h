/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Claims about aborts: those taken to Hyp with their syndrome and addresses, and those taken to
 * PL1 with their fault status.
 */
#ifndef PAYLOADS_VE_ABORT_H
#define PAYLOADS_VE_ABORT_H

#include <stdbool.h>
#include <stdint.h>
#include "guest.h"
#include "probe.h"

/* Parts of the HSR of an abort, as literals: DDI 0406C B3.13.6. */
#define HSR_IABT (0x20u << 26)
#define HSR_DABT (0x24u << 26)
#define HSR_IL (1u << 25)
#define ISS_ISV (1u << 24)
#define ISS_CM (1u << 8)
#define ISS_S1PTW (1u << 7)
#define ISS_WNR (1u << 6)
#define FSC_TRANSLATION 0x04u       /* + level */
#define FSC_ACCESS_FLAG 0x08u       /* + level */
#define FSC_PERMISSION 0x0cu        /* + level */
#define FSC_ALIGNMENT 0x21u

/* EC, ISV, EA, CM, S1PTW, WnR and FSC are always compared; SAS, SSE, SRT and IL with ISV. */
#define MASK_ABORT 0xfd0003ffu
#define MASK_ISV 0x02ef0000u

struct ve_abort {
    bool completes;         /* no abort at all */
    bool to_pl1;            /* DFSR is compared with the FSR below, DFAR with far */
    bool fetch;             /* with to_pl1: IFSR and IFAR, and the Prefetch Abort vector */
    uint32_t hsr, hsr_mask;
    uint32_t fsr;           /* whole, but for bits that are UNKNOWN */
    uint32_t fsr_mask;      /* more bits to compare than the status: WnR, domain */
    uint32_t far;           /* HDFAR, HIFAR or DFAR */
    bool has_hpfar;         /* HPFAR is valid: not for permission and alignment faults */
    uint32_t hpfar;
    uint32_t pc;            /* the instruction's address */
    uint32_t psr;           /* the CPSR in the SPSR; 0: not compared */
    uint32_t kept;          /* registers that are as before: bit n for rn */
};

/** hpfar_of: HPFAR of a fault in the page of @ipa. */
uint32_t hpfar_of(uint64_t ipa);

/** ve_abort_claim: runs @probe under @controls and claims what came of it. */
void ve_abort_claim(const char *name, const struct ve_probe *probe,
                    const struct ve_controls *controls, const struct ve_abort *want);

#endif
