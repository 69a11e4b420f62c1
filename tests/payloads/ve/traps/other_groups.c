/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What HCPTR, HSTR, HDCR and CNTHCTL trap.  DDI 0406C B1.14, B8.1, C11.
 */
#include "armv7/hsr.h"
#include "groups.h"

#define HCPTR_TCP10_11 (3u << 10)
#define HCPTR_TASE (1u << 15)
#define HCPTR_TTA (1u << 20)
#define HCPTR_TCPAC (1u << 31)
#define HSTR_TTEE (1u << 16)
#define HSTR_TJDBX (1u << 17)
#define HDCR_TPMCR (1u << 5)
#define HDCR_TPM (1u << 6)
#define HDCR_TDA (1u << 9)
#define HDCR_TDOSA (1u << 10)
#define HDCR_TDRA (1u << 11)
#define CNTHCTL_PL1PCTEN (1u << 0)
#define CNTHCTL_PL1PCEN (1u << 1)

#define ISS_TA (1u << 5)            /* trapped as Advanced SIMD, coproc is 0 */
#define ISS_CP10 10u

static const struct access tcpac[] = { P15("CPACR", 1, 0, 0, 2, TR | TW) };

/* Floating-point instructions that Advanced SIMD does not share. */
static const struct instruction tcp10[] = {
    { "VADD.F32", SAME(0xee301a20), HSR_EC_HCPTR, true, ISS_CP10, .flags = P0 },
    { "VADD.F64", SAME(0xee301b02), HSR_EC_HCPTR, true, ISS_CP10, .flags = P0 },
    { "VMOV-s0-r4", SAME(0xee004a10), HSR_EC_HCPTR, true, ISS_CP10, .flags = P0 },
    { "VMRS-FPSCR", SAME(0xeef14a10), HSR_EC_HCPTR, true, ISS_CP10, .flags = P0 },
    { "VMRS-FPEXC", SAME(0xeef84a10), HSR_EC_HCPTR, true, ISS_CP10, .flags = 0 },
    { "VLDR-s0", SAME(0xed910a00), HSR_EC_HCPTR, true, ISS_CP10, .flags = P0 },
    { "VSTR-d0", SAME(0xed810b00), HSR_EC_HCPTR, true, ISS_CP10, .flags = P0 },
};

static const struct instruction tase[] = {
    { "VORR", ADVANCED_SIMD(0xf2200110, 0xef200110), HSR_EC_HCPTR, true, ISS_TA, .flags = P0 },
    { "VADD.I32", ADVANCED_SIMD(0xf2200801, 0xef200801), HSR_EC_HCPTR, true, ISS_TA, .flags = P0 },
    { "VMOV.I32", ADVANCED_SIMD(0xf2800010, 0xef800010), HSR_EC_HCPTR, true, ISS_TA, .flags = P0 },
    { "VLD1", ADVANCED_SIMD(0xf421070f, 0xf921070f), HSR_EC_HCPTR, true, ISS_TA, .flags = P0 },
    { "VST1", ADVANCED_SIMD(0xf401070f, 0xf901070f), HSR_EC_HCPTR, true, ISS_TA, .flags = P0 },
    { "VDUP.32", SAME(0xee804b10), HSR_EC_HCPTR, true, ISS_TA, .flags = P0 },
};

/* One access of each CRn; UNDEFINED ones too, the trap goes first (B1.14). */
#define TN(n) BITS_HSTR(n), true, ROWS(hstr_t##n), 0, 0
#define BITS_HSTR(n) .on = { .hstr = 1u << (n) }, .off = { .hstr = 0xafefu & ~(1u << (n)) }
static const struct access hstr_t0[] = { P15("MIDR", 0, 0, 0, 0, TR), P15("CTR", 0, 0, 0, 1, TR) };
static const struct access hstr_t1[] = {
    P15("SCTLR", 1, 0, 0, 0, TR | TW), P15("ACTLR", 1, 0, 0, 1, TR | TW),
    P15("CPACR", 1, 0, 0, 2, TR | TW),
};
static const struct access hstr_t2[] = {
    P15("TTBR0", 2, 0, 0, 0, TR | TW), P15("TTBCR", 2, 0, 0, 2, TR | TW),
    P15_64("TTBR0-64", 0, 2, TR | TW), P15_64("TTBR1-64", 1, 2, TR | TW),
};
static const struct access hstr_t3[] = { P15("DACR", 3, 0, 0, 0, TR | TW) };
static const struct access hstr_t5[] = {
    P15("DFSR", 5, 0, 0, 0, TR | TW), P15("ADFSR", 5, 0, 1, 0, TR | TW),
};
static const struct access hstr_t6[] = {
    P15("DFAR", 6, 0, 0, 0, TR | TW), P15("IFAR", 6, 0, 0, 2, TR | TW),
};
static const struct access hstr_t7[] = {
    P15("PAR", 7, 0, 4, 0, TR | TW), P15("ICIALLU", 7, 0, 5, 0, TW),
    P15("CP15DSB", 7, 0, 10, 4, TW | P0), P15("DCCISW", 7, 0, 14, 2, TW),
    P15_64("PAR-64", 0, 7, TR | TW),
};
static const struct access hstr_t8[] = { P15("TLBIALL", 8, 0, 7, 0, TW) };
static const struct access hstr_t9[] = {
    P15("PMCR", 9, 0, 12, 0, TR | TW | P0), P15("PMCCNTR", 9, 0, 13, 0, TR | TW | P0),
    P15("L2CTLR", 9, 1, 0, 2, TR | TW),
};
static const struct access hstr_t10[] = { P15("PRRR", 10, 0, 2, 0, TR | TW) };
static const struct access hstr_t11[] = { P15("c11.c0.0.0", 11, 0, 0, 0, TR | TW | NONE) };
static const struct access hstr_t12[] = {
    P15("VBAR", 12, 0, 0, 0, TR), P15("ISR", 12, 0, 1, 0, TR),
};
static const struct access hstr_t13[] = {
    P15("CONTEXTIDR", 13, 0, 0, 1, TR | TW), P15("TPIDRURW", 13, 0, 0, 2, TR | TW | P0),
    P15("TPIDRPRW", 13, 0, 0, 4, TR | TW),
};
static const struct access hstr_t15[] = { P15("c15.c0.0.0", 15, 0, 0, 0, TR | TW | NONE) };

static const struct access ttee[] = {
    P14("TEECR", 0, 6, 0, 0, TR | TW), P14("TEEHBR", 1, 6, 0, 0, TR | TW | P0),
};
static const struct access tjdbx[] = {
    P14("JOSCR", 1, 7, 0, 0, TR | TW), P14("JMCR", 2, 7, 0, 0, TR | TW),
};
static const struct instruction tjdbx_bxj[] = {
    { "BXJ", { .arm = 0xe12fff24, .thumb = 0xf3c48f00 }, HSR_EC_BXJ, true, 4, .flags = P0 | NONE,
      .last_in_it = true },
};

static const struct access tdra[] = {
    P14("DBGDRAR", 1, 0, 0, 0, TR | P0), P14("DBGDSAR", 2, 0, 0, 0, TR | P0),
    P14_64("DBGDRAR-64", 0, 1, TR | P0), P14_64("DBGDSAR-64", 0, 2, TR | P0),
};
static const struct access tdosa[] = {
    P14("DBGOSLAR", 1, 0, 0, 4, TW), P14("DBGOSLSR", 1, 0, 1, 4, TR),
    P14("DBGOSDLR", 1, 0, 3, 4, TR | TW), P14("DBGPRCR", 1, 0, 4, 4, TR | TW),
};
static const struct access tda[] = {
    P14("DBGDIDR", 0, 0, 0, 0, TR | P0), P14("DBGDSCRint", 0, 0, 1, 0, TR | P0),
    P14("DBGDTRint", 0, 0, 5, 0, TR | TW | P0), P14("DBGWFAR", 0, 0, 6, 0, TR | TW),
    P14("DBGVCR", 0, 0, 7, 0, TR | TW), P14("DBGDTRRXext", 0, 0, 0, 2, TR | TW),
    P14("DBGDSCRext", 0, 0, 2, 2, TR | TW), P14("DBGDTRTXext", 0, 0, 3, 2, TR | TW),
    P14("DBGBVR0", 0, 0, 0, 4, TR | TW), P14("DBGBCR0", 0, 0, 0, 5, TR | TW),
    P14("DBGWVR0", 0, 0, 0, 6, TR | TW), P14("DBGWCR0", 0, 0, 0, 7, TR | TW),
    P14("DBGBVR5", 0, 0, 5, 4, TR | TW), P14("DBGBCR5", 0, 0, 5, 5, TR | TW),
    P14("DBGBXVR4", 1, 0, 4, 1, TR | TW), P14("DBGBXVR5", 1, 0, 5, 1, TR | TW),
    P14("DBGDEVID2", 7, 0, 0, 7, TR), P14("DBGDEVID1", 7, 0, 1, 7, TR),
    P14("DBGDEVID", 7, 0, 2, 7, TR), P14("DBGCLAIMSET", 7, 0, 8, 6, TR | TW),
    P14("DBGCLAIMCLR", 7, 0, 9, 6, TR | TW), P14("DBGAUTHSTATUS", 7, 0, 14, 6, TR),
};

/* LDC and STC of DBGDTR with [r1], #4 behind it: ISS imm8, Rn, add, mode, direction (B3.13.6). */
#define LDC_ISS(load) (1u << 12 | 1u << 5 | 1u << 4 | 2u << 1 | (load))
static const struct instruction tda_ldc[] = {
    { "LDC-DBGDTRTXint", SAME(0xed915e01), HSR_EC_CP14_LDC, true, LDC_ISS(1u), .flags = P0 },
    { "STC-DBGDTRRXint", SAME(0xed815e01), HSR_EC_CP14_LDC, true, LDC_ISS(0u), .flags = P0 },
};

#define PMU_OTHERS \
    P15("PMCNTENSET", 9, 0, 12, 1, TR | TW | P0), P15("PMCNTENCLR", 9, 0, 12, 2, TR | TW | P0), \
    P15("PMOVSR", 9, 0, 12, 3, TR | TW | P0), P15("PMSWINC", 9, 0, 12, 4, TW | P0), \
    P15("PMSELR", 9, 0, 12, 5, TR | TW | P0), P15("PMCEID0", 9, 0, 12, 6, TR | P0), \
    P15("PMCEID1", 9, 0, 12, 7, TR | P0), P15("PMCCNTR", 9, 0, 13, 0, TR | TW | P0), \
    P15("PMXEVTYPER", 9, 0, 13, 1, TR | TW | P0), P15("PMXEVCNTR", 9, 0, 13, 2, TR | TW | P0), \
    P15("PMUSERENR", 9, 0, 14, 0, TR | P0), \
    P15("PMUSERENR", 9, 0, 14, 0, TW), P15("PMINTENSET", 9, 0, 14, 1, TR | TW), \
    P15("PMINTENCLR", 9, 0, 14, 2, TR | TW), P15("PMOVSSET", 9, 0, 14, 3, TR | TW | P0)
static const struct access tpm[] = { P15("PMCR", 9, 0, 12, 0, TR | TW | P0), PMU_OTHERS };
static const struct access tpmcr[] = {
    P15("PMCR", 9, 0, 12, 0, TR | TW | P0), P15("PMCNTENSET", 9, 0, 12, 1, NR | NW | P0),
};

static const struct access pl1pcten[] = { P15_64("CNTPCT", 0, 14, TR | P0) };
static const struct access pl1pcen[] = {
    P15("CNTP_TVAL", 14, 0, 2, 0, TR | TW | P0), P15("CNTP_CTL", 14, 0, 2, 1, TR | TW | P0),
    P15_64("CNTP_CVAL", 2, 14, TR | TW | P0), P15("CNTV_CTL", 14, 0, 3, 1, NR | NW | P0),
    P15_64("CNTVCT", 1, 14, NR | P0), P15("CNTFRQ", 14, 0, 0, 0, NR | P0),
};

#define HCPTR_BIT(bit, others) .on = { .hcptr = (bit) }, .off = { .hcptr = (others) }
#define HDCR_BIT(bit, others) .on = { .hdcr = (bit) }, .off = { .hdcr = (others) }
#define T_GROUP(n) \
    { "HSTR.T" #n, "B1.14", "every access to CP15 c" #n " traps", TN(n) }

const struct group other_groups[] = {
    { "HCPTR.TCPAC", "B1.14", "CPACR traps", HCPTR_BIT(HCPTR_TCPAC, HCPTR_TASE), false,
      ROWS(tcpac), 0, 0 },
    { "HCPTR.TCP10", "B1.14", "floating-point instructions trap",
      HCPTR_BIT(HCPTR_TCP10_11, HCPTR_TCPAC | HCPTR_TASE), false, 0, 0, ROWS(tcp10) },
    { "HCPTR.TASE", "B1.14", "Advanced SIMD instructions trap", HCPTR_BIT(HCPTR_TASE,
      HCPTR_TCPAC), false, 0, 0, ROWS(tase) },
    { "HCPTR.TCP10+TASE", "B3.13.6", "Advanced SIMD trapped both ways is reported as such",
      HCPTR_BIT(HCPTR_TASE | HCPTR_TCP10_11, HCPTR_TCPAC), false, 0, 0, ROWS(tase) },
    T_GROUP(0), T_GROUP(1), T_GROUP(2), T_GROUP(3), T_GROUP(5), T_GROUP(6), T_GROUP(7),
    T_GROUP(8), T_GROUP(9), T_GROUP(10), T_GROUP(11), T_GROUP(12), T_GROUP(13), T_GROUP(15),
    { "HSTR.TTEE", "B1.14", "ThumbEE registers trap", .on = { .hstr = HSTR_TTEE },
      .off = { .hstr = HSTR_TJDBX }, false, ROWS(ttee), 0, 0 },
    { "HSTR.TJDBX", "B1.14", "Jazelle registers and BXJ trap", .on = { .hstr = HSTR_TJDBX },
      .off = { .hstr = HSTR_TTEE }, false, ROWS(tjdbx), ROWS(tjdbx_bxj) },
    { "HDCR.TDRA", "C11.11", "debug ROM addresses trap",
      HDCR_BIT(HDCR_TDRA, HDCR_TDOSA | HDCR_TPM | HDCR_TPMCR), false, ROWS(tdra), 0, 0 },
    { "HDCR.TDOSA", "C11.11", "OS-related debug registers trap",
      HDCR_BIT(HDCR_TDOSA, HDCR_TDRA | HDCR_TPM | HDCR_TPMCR), false, ROWS(tdosa), 0, 0 },
    { "HDCR.TDA", "C11.11", "the other debug registers trap",
      HDCR_BIT(HDCR_TDA | HDCR_TDOSA | HDCR_TDRA, HDCR_TPM | HDCR_TPMCR), false,
      ROWS(tda), ROWS(tda_ldc) },
    { "HDCR.TPM", "B1.14", "performance monitors trap",
      HDCR_BIT(HDCR_TPM, HDCR_TDRA | HDCR_TDOSA | HDCR_TDA), false, ROWS(tpm), 0, 0 },
    { "HDCR.TPMCR", "B1.14", "PMCR traps, its neighbours do not",
      HDCR_BIT(HDCR_TPMCR, HDCR_TDRA | HDCR_TDOSA | HDCR_TDA), false, ROWS(tpmcr), 0, 0 },
    { "CNTHCTL.PL1PCTEN", "B8.1", "the physical counter traps if it is 0",
      .on = { .cnthctl_clear = CNTHCTL_PL1PCTEN }, .off = { .cnthctl_clear = CNTHCTL_PL1PCEN },
      false, ROWS(pl1pcten), 0, 0 },
    { "CNTHCTL.PL1PCEN", "B8.1", "the PL1 physical timer traps if it is 0",
      .on = { .cnthctl_clear = CNTHCTL_PL1PCEN }, .off = { .cnthctl_clear = CNTHCTL_PL1PCTEN },
      false, ROWS(pl1pcen), 0, 0 },
};

const unsigned other_group_count = sizeof(other_groups) / sizeof(other_groups[0]);
