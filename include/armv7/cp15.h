/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of the coprocessor registers of an ARMv7-A core with the Virtualization Extensions, by
 * encoding.  DDI 0406C B3.17 (CP15), C6.2 (CP14 debug); those of the Cortex-A15 alone are from
 * DDI 0438 4.2.  Encodings that ARMv8 named later (ID_PFR2 and the like) carry that name:
 * guests written for both read them.
 */
#ifndef ARMV7_CP15_H
#define ARMV7_CP15_H

#include <stddef.h>
#include <stdint.h>

/* A register reached by MCR and MRC. */
struct armv7_cpreg {
    uint8_t crn, opc1, crm, opc2;
    char name[16];
};

/* A register reached by MCRR and MRRC. */
struct armv7_cpreg64 {
    uint8_t opc1, crm;
    char name[16];
};

/* The CP15 registers in ascending order of (crn, opc1, crm, opc2); *count gets their number. */
static inline const struct armv7_cpreg *armv7_cp15_table(size_t *count)
{
    static const struct armv7_cpreg table[] = {
        {0, 0, 0, 0, "MIDR"}, {0, 0, 0, 1, "CTR"}, {0, 0, 0, 2, "TCMTR"},
        {0, 0, 0, 3, "TLBTR"}, {0, 0, 0, 4, "MIDR"}, {0, 0, 0, 5, "MPIDR"},
        {0, 0, 0, 6, "REVIDR"}, {0, 0, 0, 7, "MIDR"}, {0, 0, 1, 0, "ID_PFR0"},
        {0, 0, 1, 1, "ID_PFR1"}, {0, 0, 1, 2, "ID_DFR0"}, {0, 0, 1, 3, "ID_AFR0"},
        {0, 0, 1, 4, "ID_MMFR0"}, {0, 0, 1, 5, "ID_MMFR1"}, {0, 0, 1, 6, "ID_MMFR2"},
        {0, 0, 1, 7, "ID_MMFR3"}, {0, 0, 2, 0, "ID_ISAR0"}, {0, 0, 2, 1, "ID_ISAR1"},
        {0, 0, 2, 2, "ID_ISAR2"}, {0, 0, 2, 3, "ID_ISAR3"}, {0, 0, 2, 4, "ID_ISAR4"},
        {0, 0, 2, 5, "ID_ISAR5"}, {0, 0, 2, 6, "ID_MMFR4"}, {0, 0, 2, 7, "ID_ISAR6"},
        {0, 0, 3, 4, "ID_PFR2"}, {0, 0, 3, 5, "ID_DFR1"}, {0, 0, 3, 6, "ID_MMFR5"},
        {0, 1, 0, 0, "CCSIDR"}, {0, 1, 0, 1, "CLIDR"}, {0, 1, 0, 7, "AIDR"},
        {0, 2, 0, 0, "CSSELR"}, {0, 4, 0, 0, "VPIDR"}, {0, 4, 0, 5, "VMPIDR"},
        {1, 0, 0, 0, "SCTLR"}, {1, 0, 0, 1, "ACTLR"}, {1, 0, 0, 2, "CPACR"},
        {1, 0, 1, 0, "SCR"}, {1, 0, 1, 1, "SDER"}, {1, 0, 1, 2, "NSACR"},
        {1, 4, 0, 0, "HSCTLR"}, {1, 4, 0, 1, "HACTLR"}, {1, 4, 1, 0, "HCR"},
        {1, 4, 1, 1, "HDCR"}, {1, 4, 1, 2, "HCPTR"}, {1, 4, 1, 3, "HSTR"},
        {1, 4, 1, 7, "HACR"},
        {2, 0, 0, 0, "TTBR0"}, {2, 0, 0, 1, "TTBR1"}, {2, 0, 0, 2, "TTBCR"},
        {2, 4, 0, 2, "HTCR"}, {2, 4, 1, 2, "VTCR"},
        {3, 0, 0, 0, "DACR"},
        {5, 0, 0, 0, "DFSR"}, {5, 0, 0, 1, "IFSR"}, {5, 0, 1, 0, "ADFSR"},
        {5, 0, 1, 1, "AIFSR"}, {5, 4, 1, 0, "HADFSR"}, {5, 4, 1, 1, "HAIFSR"},
        {5, 4, 2, 0, "HSR"},
        {6, 0, 0, 0, "DFAR"}, {6, 0, 0, 2, "IFAR"}, {6, 4, 0, 0, "HDFAR"},
        {6, 4, 0, 2, "HIFAR"}, {6, 4, 0, 4, "HPFAR"},
        {7, 0, 0, 4, "CP15WFI"}, {7, 0, 1, 0, "ICIALLUIS"}, {7, 0, 1, 6, "BPIALLIS"},
        {7, 0, 4, 0, "PAR"}, {7, 0, 5, 0, "ICIALLU"}, {7, 0, 5, 1, "ICIMVAU"},
        {7, 0, 5, 4, "CP15ISB"}, {7, 0, 5, 6, "BPIALL"}, {7, 0, 5, 7, "BPIMVA"},
        {7, 0, 6, 1, "DCIMVAC"}, {7, 0, 6, 2, "DCISW"}, {7, 0, 8, 0, "ATS1CPR"},
        {7, 0, 8, 1, "ATS1CPW"}, {7, 0, 8, 2, "ATS1CUR"}, {7, 0, 8, 3, "ATS1CUW"},
        {7, 0, 8, 4, "ATS12NSOPR"}, {7, 0, 8, 5, "ATS12NSOPW"},
        {7, 0, 8, 6, "ATS12NSOUR"}, {7, 0, 8, 7, "ATS12NSOUW"}, {7, 0, 10, 1, "DCCMVAC"},
        {7, 0, 10, 2, "DCCSW"}, {7, 0, 10, 4, "CP15DSB"}, {7, 0, 10, 5, "CP15DMB"},
        {7, 0, 11, 1, "DCCMVAU"}, {7, 0, 14, 1, "DCCIMVAC"}, {7, 0, 14, 2, "DCCISW"},
        {7, 4, 8, 0, "ATS1HR"}, {7, 4, 8, 1, "ATS1HW"},
        {8, 0, 3, 0, "TLBIALLIS"}, {8, 0, 3, 1, "TLBIMVAIS"}, {8, 0, 3, 2, "TLBIASIDIS"},
        {8, 0, 3, 3, "TLBIMVAAIS"}, {8, 0, 5, 0, "ITLBIALL"}, {8, 0, 5, 1, "ITLBIMVA"},
        {8, 0, 5, 2, "ITLBIASID"}, {8, 0, 6, 0, "DTLBIALL"}, {8, 0, 6, 1, "DTLBIMVA"},
        {8, 0, 6, 2, "DTLBIASID"}, {8, 0, 7, 0, "TLBIALL"}, {8, 0, 7, 1, "TLBIMVA"},
        {8, 0, 7, 2, "TLBIASID"}, {8, 0, 7, 3, "TLBIMVAA"}, {8, 4, 3, 0, "TLBIALLHIS"},
        {8, 4, 3, 1, "TLBIMVAHIS"}, {8, 4, 3, 4, "TLBIALLNSNHIS"},
        {8, 4, 7, 0, "TLBIALLH"}, {8, 4, 7, 1, "TLBIMVAH"}, {8, 4, 7, 4, "TLBIALLNSNH"},
        {9, 0, 12, 0, "PMCR"}, {9, 0, 12, 1, "PMCNTENSET"}, {9, 0, 12, 2, "PMCNTENCLR"},
        {9, 0, 12, 3, "PMOVSR"}, {9, 0, 12, 4, "PMSWINC"}, {9, 0, 12, 5, "PMSELR"},
        {9, 0, 12, 6, "PMCEID0"}, {9, 0, 12, 7, "PMCEID1"}, {9, 0, 13, 0, "PMCCNTR"},
        {9, 0, 13, 1, "PMXEVTYPER"}, {9, 0, 13, 2, "PMXEVCNTR"},
        {9, 0, 14, 0, "PMUSERENR"}, {9, 0, 14, 1, "PMINTENSET"},
        {9, 0, 14, 2, "PMINTENCLR"}, {9, 0, 14, 3, "PMOVSSET"}, {9, 1, 0, 2, "L2CTLR"},
        {9, 1, 0, 3, "L2ECTLR"},
        {10, 0, 2, 0, "PRRR"}, {10, 0, 2, 1, "NMRR"}, {10, 0, 3, 0, "AMAIR0"},
        {10, 0, 3, 1, "AMAIR1"}, {10, 4, 2, 0, "HMAIR0"}, {10, 4, 2, 1, "HMAIR1"},
        {10, 4, 3, 0, "HAMAIR0"}, {10, 4, 3, 1, "HAMAIR1"},
        {12, 0, 0, 0, "VBAR"}, {12, 0, 0, 1, "MVBAR"}, {12, 0, 1, 0, "ISR"},
        {12, 4, 0, 0, "HVBAR"},
        {13, 0, 0, 0, "FCSEIDR"}, {13, 0, 0, 1, "CONTEXTIDR"}, {13, 0, 0, 2, "TPIDRURW"},
        {13, 0, 0, 3, "TPIDRURO"}, {13, 0, 0, 4, "TPIDRPRW"}, {13, 4, 0, 2, "HTPIDR"},
        {14, 0, 0, 0, "CNTFRQ"}, {14, 0, 1, 0, "CNTKCTL"}, {14, 0, 2, 0, "CNTP_TVAL"},
        {14, 0, 2, 1, "CNTP_CTL"}, {14, 0, 3, 0, "CNTV_TVAL"}, {14, 0, 3, 1, "CNTV_CTL"},
        {14, 4, 1, 0, "CNTHCTL"}, {14, 4, 2, 0, "CNTHP_TVAL"}, {14, 4, 2, 1, "CNTHP_CTL"},
        {15, 0, 4, 0, "RAMINDEX"}, {15, 1, 0, 0, "L2ACTLR"}, {15, 1, 0, 3, "L2PFR"},
        {15, 4, 0, 0, "CBAR"},
    };

    *count = sizeof(table) / sizeof(table[0]);
    return table;
}

/* The CP14 registers in ascending order of (crn, opc1, crm, opc2); *count gets their number. */
static inline const struct armv7_cpreg *armv7_cp14_table(size_t *count)
{
    static const struct armv7_cpreg table[] = {
        {0, 0, 0, 0, "DBGDIDR"}, {0, 0, 0, 2, "DBGDTRRXext"}, {0, 0, 0, 4, "DBGBVR0"},
        {0, 0, 0, 5, "DBGBCR0"}, {0, 0, 0, 6, "DBGWVR0"}, {0, 0, 0, 7, "DBGWCR0"},
        {0, 0, 1, 0, "DBGDSCRint"}, {0, 0, 1, 4, "DBGBVR1"}, {0, 0, 1, 5, "DBGBCR1"},
        {0, 0, 1, 6, "DBGWVR1"}, {0, 0, 1, 7, "DBGWCR1"}, {0, 0, 2, 2, "DBGDSCRext"},
        {0, 0, 2, 4, "DBGBVR2"}, {0, 0, 2, 5, "DBGBCR2"}, {0, 0, 2, 6, "DBGWVR2"},
        {0, 0, 2, 7, "DBGWCR2"}, {0, 0, 3, 2, "DBGDTRTXext"}, {0, 0, 3, 4, "DBGBVR3"},
        {0, 0, 3, 5, "DBGBCR3"}, {0, 0, 3, 6, "DBGWVR3"}, {0, 0, 3, 7, "DBGWCR3"},
        {0, 0, 4, 4, "DBGBVR4"}, {0, 0, 4, 5, "DBGBCR4"}, {0, 0, 5, 0, "DBGDTRint"},
        {0, 0, 5, 4, "DBGBVR5"}, {0, 0, 5, 5, "DBGBCR5"}, {0, 0, 6, 0, "DBGWFAR"},
        {0, 0, 6, 2, "DBGOSECCR"}, {0, 0, 7, 0, "DBGVCR"}, {0, 6, 0, 0, "TEECR"},
        {0, 7, 0, 0, "JIDR"},
        {1, 0, 0, 0, "DBGDRAR"}, {1, 0, 0, 1, "DBGBXVR0"}, {1, 0, 0, 4, "DBGOSLAR"},
        {1, 0, 1, 1, "DBGBXVR1"}, {1, 0, 1, 4, "DBGOSLSR"}, {1, 0, 2, 1, "DBGBXVR2"},
        {1, 0, 3, 1, "DBGBXVR3"}, {1, 0, 3, 4, "DBGOSDLR"}, {1, 0, 4, 1, "DBGBXVR4"},
        {1, 0, 4, 4, "DBGPRCR"}, {1, 0, 5, 1, "DBGBXVR5"}, {1, 0, 5, 4, "DBGPRSR"},
        {1, 6, 0, 0, "TEEHBR"}, {1, 7, 0, 0, "JOSCR"},
        {2, 0, 0, 0, "DBGDSAR"}, {2, 7, 0, 0, "JMCR"},
        {7, 0, 0, 7, "DBGDEVID2"}, {7, 0, 1, 7, "DBGDEVID1"}, {7, 0, 2, 7, "DBGDEVID"},
        {7, 0, 8, 6, "DBGCLAIMSET"}, {7, 0, 9, 6, "DBGCLAIMCLR"},
        {7, 0, 14, 6, "DBGAUTHSTATUS"},
    };

    *count = sizeof(table) / sizeof(table[0]);
    return table;
}

/* The 64-bit CP15 registers; *count gets their number. */
static inline const struct armv7_cpreg64 *armv7_cp15_table64(size_t *count)
{
    static const struct armv7_cpreg64 table[] = {
        {0, 2, "TTBR0"},
        {0, 7, "PAR"},
        {0, 14, "CNTPCT"},
        {0, 15, "CPUMERRSR"},
        {1, 2, "TTBR1"},
        {1, 14, "CNTVCT"},
        {1, 15, "L2MERRSR"},
        {2, 14, "CNTP_CVAL"},
        {3, 14, "CNTV_CVAL"},
        {4, 2, "HTTBR"},
        {4, 14, "CNTVOFF"},
        {6, 2, "VTTBR"},
        {6, 14, "CNTHP_CVAL"},
    };

    *count = sizeof(table) / sizeof(table[0]);
    return table;
}

/* An encoding as one number, in the order of the tables. */
static inline unsigned armv7_cpreg_key(unsigned crn, unsigned opc1, unsigned crm, unsigned opc2)
{
    return crn << 12 | opc1 << 8 | crm << 4 | opc2;
}

/* The row with this encoding in a table of count rows, or NULL. */
static inline const struct armv7_cpreg *armv7_cpreg_find(const struct armv7_cpreg *table,
                                                         size_t count, unsigned key)
{
    size_t low = 0;

    while (low < count) {
        size_t middle = low + (count - low) / 2;
        const struct armv7_cpreg *row = &table[middle];
        unsigned row_key = armv7_cpreg_key(row->crn, row->opc1, row->crm, row->opc2);

        if (row_key == key) {
            return row;
        } else if (row_key < key) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return NULL;
}

/* The manual's name of p15, opc1, Rt, crn, crm, opc2, or NULL if it has none here. */
static inline const char *armv7_cp15_name(unsigned crn, unsigned opc1, unsigned crm,
                                          unsigned opc2)
{
    size_t count;
    const struct armv7_cpreg *table = armv7_cp15_table(&count);
    const struct armv7_cpreg *row =
        armv7_cpreg_find(table, count, armv7_cpreg_key(crn, opc1, crm, opc2));

    return row ? row->name : NULL;
}

/* The manual's name of p14, opc1, Rt, crn, crm, opc2, or NULL if it has none here. */
static inline const char *armv7_cp14_name(unsigned crn, unsigned opc1, unsigned crm,
                                          unsigned opc2)
{
    size_t count;
    const struct armv7_cpreg *table = armv7_cp14_table(&count);
    const struct armv7_cpreg *row =
        armv7_cpreg_find(table, count, armv7_cpreg_key(crn, opc1, crm, opc2));

    return row ? row->name : NULL;
}

/* The manual's name of the 64-bit p15, opc1, crm, or NULL if it has none here. */
static inline const char *armv7_cp15_name64(unsigned opc1, unsigned crm)
{
    size_t count;
    const struct armv7_cpreg64 *table = armv7_cp15_table64(&count);

    for (size_t i = 0; i < count; i++) {
        if (table[i].opc1 == opc1 && table[i].crm == crm) {
            return table[i].name;
        }
    }
    return NULL;
}

#endif
