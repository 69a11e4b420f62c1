/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What HCPTR, HSTR, HDCR and CNTHCTL trap.  DDI 0406C B1.14, B8.1, C11.
 */
#include "armv7/hsr.h"
#include "groups.h"

#define HCPTR_TASE (1u << 15)
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

static const struct access tcpac[] = { P15("CPACR", 1, 0, 0, 2, TR | TW) };

const struct access hstr_accesses[] = {
    P15("MIDR", 0, 0, 0, 0, TR), P15("CTR", 0, 0, 0, 1, TR),
    P15("CP15DSB", 7, 0, 10, 4, TW | P0),
    P15("PAR", 7, 0, 4, 0, TR | TW), P15_64("PAR-64", 0, 7, TR | TW),
    P15("ATS1CPR", 7, 0, 8, 0, TW), P15("ATS1CUW", 7, 0, 8, 3, TW),
    P15("L2CTLR", 9, 1, 0, 2, TR | TW | NONE),
    P15("VBAR", 12, 0, 0, 0, TR | TW), P15("ISR", 12, 0, 1, 0, TR),
    P15("FCSEIDR", 13, 0, 0, 0, TR | TW), P15("CONTEXTIDR", 13, 0, 0, 1, TR | TW),
    P15("TPIDRURW", 13, 0, 0, 2, TR | TW | P0), P15("TPIDRURO", 13, 0, 0, 3, TR | P0),
    P15("TPIDRURO", 13, 0, 0, 3, TW),
    P15("TPIDRPRW", 13, 0, 0, 4, TR | TW),
    P15("c15.c0.0.0", 15, 0, 0, 0, TR | TW | NONE),
};
const unsigned hstr_access_count = sizeof(hstr_accesses) / sizeof(hstr_accesses[0]);

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
    P14("DBGBVR1", 0, 0, 1, 4, TR | TW), P14("DBGBCR1", 0, 0, 1, 5, TR | TW),
    P14("DBGBVR2", 0, 0, 2, 4, TR | TW), P14("DBGBCR2", 0, 0, 2, 5, TR | TW),
    P14("DBGBVR3", 0, 0, 3, 4, TR | TW), P14("DBGBCR3", 0, 0, 3, 5, TR | TW),
    P14("DBGBVR4", 0, 0, 4, 4, TR | TW), P14("DBGBCR4", 0, 0, 4, 5, TR | TW),
    P14("DBGWVR1", 0, 0, 1, 6, TR | TW), P14("DBGWCR1", 0, 0, 1, 7, TR | TW),
    P14("DBGWVR2", 0, 0, 2, 6, TR | TW), P14("DBGWCR2", 0, 0, 2, 7, TR | TW),
    P14("DBGWVR3", 0, 0, 3, 6, TR | TW), P14("DBGWCR3", 0, 0, 3, 7, TR | TW),
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

const struct group other_groups[] = {
    { "HCPTR.TCPAC", "B1.14", "CPACR traps", HCPTR_BIT(HCPTR_TCPAC, HCPTR_TASE), false, false,
      ROWS(tcpac), 0, 0 },
    { "HSTR.TTEE", "B1.14", "ThumbEE registers trap", .on = { .hstr = HSTR_TTEE },
      .off = { .hstr = HSTR_TJDBX }, false, false, ROWS(ttee), 0, 0 },
    { "HSTR.TJDBX", "B1.14", "Jazelle registers and BXJ trap", .on = { .hstr = HSTR_TJDBX },
      .off = { .hstr = HSTR_TTEE }, false, false, ROWS(tjdbx), ROWS(tjdbx_bxj) },
    { "HDCR.TDRA", "C11.11", "debug ROM addresses trap",
      HDCR_BIT(HDCR_TDRA, HDCR_TDOSA | HDCR_TPM | HDCR_TPMCR), false, false, ROWS(tdra), 0, 0 },
    { "HDCR.TDOSA", "C11.11", "OS-related debug registers trap",
      HDCR_BIT(HDCR_TDOSA, HDCR_TDRA | HDCR_TPM | HDCR_TPMCR), false, false, ROWS(tdosa), 0, 0 },
    { "HDCR.TDA", "C11.11", "the other debug registers trap",
      HDCR_BIT(HDCR_TDA | HDCR_TDOSA | HDCR_TDRA, HDCR_TPM | HDCR_TPMCR), false, false,
      ROWS(tda), ROWS(tda_ldc) },
    { "HDCR.TPM", "B1.14", "performance monitors trap",
      HDCR_BIT(HDCR_TPM, HDCR_TDRA | HDCR_TDOSA | HDCR_TDA), false, false, ROWS(tpm), 0, 0 },
    { "HDCR.TPMCR", "B1.14", "PMCR traps, its neighbours do not",
      HDCR_BIT(HDCR_TPMCR, HDCR_TDRA | HDCR_TDOSA | HDCR_TDA), false, false, ROWS(tpmcr), 0, 0 },
    { "CNTHCTL.PL1PCTEN", "B8.1", "the physical counter traps if it is 0",
      .on = { .cnthctl_clear = CNTHCTL_PL1PCTEN }, .off = { .cnthctl_clear = CNTHCTL_PL1PCEN },
      false, false, ROWS(pl1pcten), 0, 0 },
    { "CNTHCTL.PL1PCEN", "B8.1", "the PL1 physical timer traps if it is 0",
      .on = { .cnthctl_clear = CNTHCTL_PL1PCEN }, .off = { .cnthctl_clear = CNTHCTL_PL1PCTEN },
      false, false, ROWS(pl1pcen), 0, 0 },
};

const unsigned other_group_count = sizeof(other_groups) / sizeof(other_groups[0]);
