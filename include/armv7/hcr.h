/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hyp Configuration Register and VTTBR.  DDI 0406C B4.1, HCR and VTTBR.
 */
#ifndef ARMV7_HCR_H
#define ARMV7_HCR_H

#include <stdint.h>
#include "armv7/field.h"

/*      name                 value        what it does */
#define ARMV7_HCR_VM         (1u << 0)  /* stage-2 translation on for PL1 and PL0 */
#define ARMV7_HCR_SWIO       (1u << 1)  /* invalidate by set/way also cleans */
#define ARMV7_HCR_PTW        (1u << 2)  /* stage-1 walks fault on stage-2 Device memory */
#define ARMV7_HCR_FMO        (1u << 3)  /* FIQs go to Hyp, virtual FIQ usable */
#define ARMV7_HCR_IMO        (1u << 4)  /* IRQs go to Hyp, virtual IRQ usable */
#define ARMV7_HCR_AMO        (1u << 5)  /* asynchronous aborts go to Hyp */
#define ARMV7_HCR_VF         (1u << 6)  /* virtual FIQ pending */
#define ARMV7_HCR_VI         (1u << 7)  /* virtual IRQ pending */
#define ARMV7_HCR_VA         (1u << 8)  /* virtual asynchronous abort pending */
#define ARMV7_HCR_FB         (1u << 9)  /* maintenance broadcasts to the inner domain */
#define ARMV7_HCR_BSU_SHIFT  10         /* least shareability of barriers */
#define ARMV7_HCR_BSU_LENGTH 2
#define ARMV7_HCR_DC         (1u << 12) /* default cacheable with the stage-1 MMU off */
#define ARMV7_HCR_TWI        (1u << 13) /* trap WFI */
#define ARMV7_HCR_TWE        (1u << 14) /* trap WFE */
#define ARMV7_HCR_TID0       (1u << 15) /* trap ID group 0: FPSID, JIDR */
#define ARMV7_HCR_TID1       (1u << 16) /* trap ID group 1: TCMTR, TLBTR, AIDR, REVIDR */
#define ARMV7_HCR_TID2       (1u << 17) /* trap ID group 2: CTR, CCSIDR, CLIDR, CSSELR */
#define ARMV7_HCR_TID3       (1u << 18) /* trap ID group 3: ID_*, MVFR0, MVFR1 */
#define ARMV7_HCR_TSC        (1u << 19) /* trap SMC */
#define ARMV7_HCR_TIDCP      (1u << 20) /* trap implementation defined CP15 */
#define ARMV7_HCR_TAC        (1u << 21) /* trap ACTLR */
#define ARMV7_HCR_TSW        (1u << 22) /* trap cache maintenance by set/way */
#define ARMV7_HCR_TPC        (1u << 23) /* trap maintenance to the point of coherency */
#define ARMV7_HCR_TPU        (1u << 24) /* trap maintenance to the point of unification */
#define ARMV7_HCR_TTLB       (1u << 25) /* trap TLB maintenance */
#define ARMV7_HCR_TVM        (1u << 26) /* trap writes of the virtual memory controls */
#define ARMV7_HCR_TGE        (1u << 27) /* general exceptions go to Hyp */

/* VTTBR: the base of the stage-2 tables is what identifies a VM; VMIDs are recycled. */
#define ARMV7_VTTBR_BADDR_SHIFT  0 /* bits 39:0, the low ones zero by alignment */
#define ARMV7_VTTBR_BADDR_LENGTH 40
#define ARMV7_VTTBR_VMID_SHIFT   48
#define ARMV7_VTTBR_VMID_LENGTH  8

/* The physical address of the stage-2 tables. */
static inline uint64_t armv7_vttbr_baddr(uint64_t vttbr)
{
    return field64_get(vttbr, ARMV7_VTTBR_BADDR_SHIFT, ARMV7_VTTBR_BADDR_LENGTH);
}

/* The VMID that tags the TLB entries. */
static inline unsigned armv7_vttbr_vmid(uint64_t vttbr)
{
    return (unsigned)field64_get(vttbr, ARMV7_VTTBR_VMID_SHIFT, ARMV7_VTTBR_VMID_LENGTH);
}

#endif
