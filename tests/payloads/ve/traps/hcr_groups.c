/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the bits of HCR trap.  DDI 0406C B1.14, B4.1 (HCR).
 */
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "groups.h"

#define HCR_ALL_TRAPS \
    (ARMV7_HCR_TWI | ARMV7_HCR_TWE | ARMV7_HCR_TID0 | ARMV7_HCR_TID1 | ARMV7_HCR_TID2 | \
     ARMV7_HCR_TID3 | ARMV7_HCR_TSC | ARMV7_HCR_TIDCP | ARMV7_HCR_TAC | ARMV7_HCR_TSW | \
     ARMV7_HCR_TPC | ARMV7_HCR_TPU | ARMV7_HCR_TTLB | ARMV7_HCR_TVM)
#define BIT(bit) .on = { .hcr = (bit) }, .off = { .hcr = HCR_ALL_TRAPS & ~(bit) }

static const struct access tvm[] = {
    P15("SCTLR", 1, 0, 0, 0, TW | NR),
    P15("TTBR0", 2, 0, 0, 0, TW | NR),
    P15("TTBR1", 2, 0, 0, 1, TW | NR),
    P15("TTBCR", 2, 0, 0, 2, TW | NR),
    P15("DACR", 3, 0, 0, 0, TW | NR),
    P15("DFSR", 5, 0, 0, 0, TW | NR),
    P15("IFSR", 5, 0, 0, 1, TW | NR),
    P15("ADFSR", 5, 0, 1, 0, TW | NR),
    P15("AIFSR", 5, 0, 1, 1, TW | NR),
    P15("DFAR", 6, 0, 0, 0, TW | NR),
    P15("IFAR", 6, 0, 0, 2, TW | NR),
    P15("PRRR", 10, 0, 2, 0, TW | NR),
    P15("NMRR", 10, 0, 2, 1, TW | NR),
    P15("AMAIR0", 10, 0, 3, 0, TW | NR),
    P15("AMAIR1", 10, 0, 3, 1, TW | NR),
    P15("CONTEXTIDR", 13, 0, 0, 1, TW | NR),
    P15_64("TTBR0-64", 0, 2, TW | NR),
    P15_64("TTBR1-64", 1, 2, TW | NR),
    P15("VBAR", 12, 0, 0, 0, NR),
    P15("TPIDRPRW", 13, 0, 0, 4, NR | NW),
};

static const struct access ttlb[] = {
    P15("TLBIALLIS", 8, 0, 3, 0, TW), P15("TLBIMVAIS", 8, 0, 3, 1, TW),
    P15("TLBIASIDIS", 8, 0, 3, 2, TW), P15("TLBIMVAAIS", 8, 0, 3, 3, TW),
    P15("ITLBIALL", 8, 0, 5, 0, TW), P15("ITLBIMVA", 8, 0, 5, 1, TW),
    P15("ITLBIASID", 8, 0, 5, 2, TW), P15("DTLBIALL", 8, 0, 6, 0, TW),
    P15("DTLBIMVA", 8, 0, 6, 1, TW), P15("DTLBIASID", 8, 0, 6, 2, TW),
    P15("TLBIALL", 8, 0, 7, 0, TW), P15("TLBIMVA", 8, 0, 7, 1, TW),
    P15("TLBIASID", 8, 0, 7, 2, TW), P15("TLBIMVAA", 8, 0, 7, 3, TW),
};

static const struct access tpu[] = {
    P15("ICIALLUIS", 7, 0, 1, 0, TW), P15("ICIALLU", 7, 0, 5, 0, TW),
    P15("ICIMVAU", 7, 0, 5, 1, TW), P15("DCCMVAU", 7, 0, 11, 1, TW),
    P15("BPIALL", 7, 0, 5, 6, NW), P15("BPIALLIS", 7, 0, 1, 6, NW), P15("BPIMVA", 7, 0, 5, 7, NW),
    P15("CP15ISB", 7, 0, 5, 4, NW | P0), P15("CP15DSB", 7, 0, 10, 4, NW | P0),
    P15("CP15DMB", 7, 0, 10, 5, NW | P0),
};

static const struct access tpc[] = {
    P15("DCIMVAC", 7, 0, 6, 1, TW), P15("DCCMVAC", 7, 0, 10, 1, TW),
    P15("DCCIMVAC", 7, 0, 14, 1, TW),
};

static const struct access tsw[] = {
    P15("DCISW", 7, 0, 6, 2, TW), P15("DCCSW", 7, 0, 10, 2, TW), P15("DCCISW", 7, 0, 14, 2, TW),
};

static const struct access tac[] = { P15("ACTLR", 1, 0, 0, 1, TR | TW) };

static const struct access tid0[] = { P14("JIDR", 0, 7, 0, 0, TR) };

/* VMRS Rt, spec: EC 8 has the ISS of an MRC of p10, 7, Rt, spec, c0, 0 (B3.13.6). */
#define VMRS_ISS(spec, rt) (7u << 14 | (spec) << 10 | (rt) << 5 | 1u)
static const struct instruction tid0_vmrs[] = {
    { "VMRS-FPSID", SAME(0xeef04a10), HSR_EC_CP10_ID, true, VMRS_ISS(0u, 4u), .flags = 0 },
};

static const struct access tid1[] = {
    P15("TCMTR", 0, 0, 0, 2, TR), P15("TLBTR", 0, 0, 0, 3, TR), P15("AIDR", 0, 1, 0, 7, TR),
    P15("REVIDR", 0, 0, 0, 6, TR), P15("MIDR", 0, 0, 0, 0, NR), P15("MPIDR", 0, 0, 0, 5, NR),
};

static const struct access tid2[] = {
    P15("CTR", 0, 0, 0, 1, TR), P15("CCSIDR", 0, 1, 0, 0, TR), P15("CLIDR", 0, 1, 0, 1, TR),
    P15("CSSELR", 0, 2, 0, 0, TR | TW),
};

static const struct access tid3[] = {
    P15("ID_PFR0", 0, 0, 1, 0, TR), P15("ID_PFR1", 0, 0, 1, 1, TR), P15("ID_DFR0", 0, 0, 1, 2, TR),
    P15("ID_AFR0", 0, 0, 1, 3, TR), P15("ID_MMFR0", 0, 0, 1, 4, TR),
    P15("ID_MMFR1", 0, 0, 1, 5, TR), P15("ID_MMFR2", 0, 0, 1, 6, TR),
    P15("ID_MMFR3", 0, 0, 1, 7, TR), P15("ID_ISAR0", 0, 0, 2, 0, TR),
    P15("ID_ISAR1", 0, 0, 2, 1, TR), P15("ID_ISAR2", 0, 0, 2, 2, TR),
    P15("ID_ISAR3", 0, 0, 2, 3, TR), P15("ID_ISAR4", 0, 0, 2, 4, TR),
    P15("ID_ISAR5", 0, 0, 2, 5, TR),
    /* Reserved, read as zero: B7.2 and B4.1 (HCR.TID3) leave open whether they trap. */
    P15("c0.c2.6", 0, 0, 2, 6, TR | OPEN), P15("c0.c2.7", 0, 0, 2, 7, TR | OPEN),
    P15("c0.c3.0", 0, 0, 3, 0, TR | OPEN), P15("c0.c3.7", 0, 0, 3, 7, TR | OPEN),
    P15("c0.c4.0", 0, 0, 4, 0, TR | OPEN), P15("c0.c5.3", 0, 0, 5, 3, TR | OPEN),
    P15("c0.c6.5", 0, 0, 6, 5, TR | OPEN), P15("c0.c7.7", 0, 0, 7, 7, TR | OPEN),
};

static const struct instruction tid3_vmrs[] = {
    { "VMRS-MVFR0", SAME(0xeef75a10), HSR_EC_CP10_ID, true, VMRS_ISS(7u, 5u), .flags = 0 },
    { "VMRS-MVFR1", SAME(0xeef66a10), HSR_EC_CP10_ID, true, VMRS_ISS(6u, 6u), .flags = 0 },
};

/* CRn, CRm of the implementation defined groups; each with extremes of opc1 and opc2. */
#define LOCKDOWN(crn, crm) \
    P15("c" #crn ".c" #crm ".0.0", crn, 0, crm, 0, TR | TW | P0 | NONE), \
    P15("c" #crn ".c" #crm ".0.7", crn, 0, crm, 7, TR | TW | P0 | NONE), \
    P15("c" #crn ".c" #crm ".7.0", crn, 7, crm, 0, TR | TW | P0 | NONE), \
    P15("c" #crn ".c" #crm ".5.2", crn, 5, crm, 2, TR | TW | P0 | NONE)
static const struct access tidcp[] = {
    LOCKDOWN(9, 0), LOCKDOWN(9, 1), LOCKDOWN(9, 2), LOCKDOWN(9, 5), LOCKDOWN(9, 6),
    LOCKDOWN(9, 7), LOCKDOWN(9, 8), LOCKDOWN(10, 0), LOCKDOWN(10, 1), LOCKDOWN(10, 4),
    LOCKDOWN(10, 8), LOCKDOWN(11, 0), LOCKDOWN(11, 1), LOCKDOWN(11, 2), LOCKDOWN(11, 3),
    LOCKDOWN(11, 4), LOCKDOWN(11, 5), LOCKDOWN(11, 6), LOCKDOWN(11, 7), LOCKDOWN(11, 8),
    LOCKDOWN(11, 15),
};

static const struct instruction tsc[] = {
    { "SMC", { .arm = 0xe1600070, .thumb = 0xf7f08000 }, HSR_EC_SMC, .any_iss = true,
      .needs_smc = true, .flags = NONE, .never_at_condition_failure = true, .last_in_it = true },
};

static const struct instruction twi[] = {
    { "WFI", { .arm = 0xe320f003, .thumb = 0xbf30, .thumb_bytes = 2 }, HSR_EC_WFX, true, 0,
      .flags = P0 | NONE, .never_at_condition_failure = true },
};

/* A WFE before it clears the Event Register, which the return to the guest set: B1.8. */
static const struct instruction twe[] = {
    { "WFE", { .arm = 0xe320f002, .thumb = 0xbf20, .thumb_bytes = 2, .arm_before = 0xe320f002,
      .thumb_before = 0xbf20 }, HSR_EC_WFX, true, 1, .flags = P0 | NONE,
      .never_at_condition_failure = true },
    { "WFE.W", { .thumb = 0xf3af8002, .thumb_before = 0xbf20 }, HSR_EC_WFX, true, 1,
      .flags = P0 | NONE, .never_at_condition_failure = true },
};

const struct group hcr_groups[] = {
    { "HCR.TVM", "B1.14", "writes of the virtual memory controls trap, reads do not",
      BIT(ARMV7_HCR_TVM), false, false, ROWS(tvm), 0, 0 },
    { "HCR.TTLB", "B1.14", "TLB maintenance traps", BIT(ARMV7_HCR_TTLB), false, false, ROWS(ttlb), 0, 0 },
    { "HCR.TPU", "B1.14", "maintenance to the point of unification traps",
      BIT(ARMV7_HCR_TPU), false, false, ROWS(tpu), 0, 0 },
    { "HCR.TPC", "B1.14", "maintenance to the point of coherency traps",
      BIT(ARMV7_HCR_TPC), false, false, ROWS(tpc), 0, 0 },
    { "HCR.TSW", "B1.14", "maintenance by set and way traps",
      BIT(ARMV7_HCR_TSW), false, false, ROWS(tsw), 0, 0 },
    { "HCR.TAC", "B1.14", "ACTLR traps", BIT(ARMV7_HCR_TAC), false, false, ROWS(tac), 0, 0 },
    { "HCR.TID0", "B1.14", "ID group 0 traps",
      BIT(ARMV7_HCR_TID0), false, false, ROWS(tid0), ROWS(tid0_vmrs) },
    { "HCR.TID1", "B1.14", "ID group 1 traps", BIT(ARMV7_HCR_TID1), false, false, ROWS(tid1), 0, 0 },
    { "HCR.TID2", "B1.14", "ID group 2 traps", BIT(ARMV7_HCR_TID2), false, false, ROWS(tid2), 0, 0 },
    { "HCR.TID3", "B1.14", "ID group 3 traps",
      BIT(ARMV7_HCR_TID3), false, false, ROWS(tid3), ROWS(tid3_vmrs) },
    { "HCR.TIDCP", "B1.14", "lockdown, DMA and TCM operations trap, before they are UNDEFINED",
      BIT(ARMV7_HCR_TIDCP), true, true, ROWS(tidcp), 0, 0 },
    { "HCR.TSC", "B1.14", "SMC traps", BIT(ARMV7_HCR_TSC), false, false, 0, 0, ROWS(tsc) },
    { "HCR.TWI", "B1.14", "WFI traps", BIT(ARMV7_HCR_TWI), false, false, 0, 0, ROWS(twi) },
    { "HCR.TWE", "B1.14", "WFE traps if the event register is clear",
      BIT(ARMV7_HCR_TWE), false, false, 0, 0, ROWS(twe) },
};

const unsigned hcr_group_count = sizeof(hcr_groups) / sizeof(hcr_groups[0]);
