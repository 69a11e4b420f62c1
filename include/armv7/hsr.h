/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hyp Syndrome Register: what an exception taken to Hyp mode says about its cause.
 * DDI 0406C B3.13.6 (use of the HSR).  Names of the classes and faults are in hsr_names.h.
 */
#ifndef ARMV7_HSR_H
#define ARMV7_HSR_H

#include <stdbool.h>
#include <stdint.h>
#include "armv7/field.h"

/* Extracts one of the fields below by its name: HSR_GET(hsr, EC). */
#define HSR_GET(hsr, field) field32_get((hsr), HSR_##field##_SHIFT, HSR_##field##_LENGTH)

/* Every syndrome */
#define HSR_ISS_SHIFT          0
#define HSR_ISS_LENGTH         25
#define HSR_IL_SHIFT           25 /* 1: the instruction has 32 bits */
#define HSR_IL_LENGTH          1
#define HSR_EC_SHIFT           26 /* enum hsr_ec */
#define HSR_EC_LENGTH          6

/* ISS of every trapped instruction that has a condition */
#define HSR_CV_SHIFT           24 /* COND is valid */
#define HSR_CV_LENGTH          1
#define HSR_COND_SHIFT         20
#define HSR_COND_LENGTH        4

/* ISS of WFI and WFE */
#define HSR_WFX_TI_SHIFT       0 /* 0 WFI, 1 WFE */
#define HSR_WFX_TI_LENGTH      1

/* ISS of MCR and MRC (CP15, CP14, and CP10 for the ID group) */
#define HSR_MCR_OPC2_SHIFT     17
#define HSR_MCR_OPC2_LENGTH    3
#define HSR_MCR_OPC1_SHIFT     14
#define HSR_MCR_OPC1_LENGTH    3
#define HSR_MCR_CRN_SHIFT      10
#define HSR_MCR_CRN_LENGTH     4
#define HSR_MCR_RT_SHIFT       5
#define HSR_MCR_RT_LENGTH      4
#define HSR_MCR_CRM_SHIFT      1
#define HSR_MCR_CRM_LENGTH     4
#define HSR_MCR_READ_SHIFT     0 /* 0 write (MCR), 1 read (MRC) */
#define HSR_MCR_READ_LENGTH    1

/* ISS of MCRR and MRRC */
#define HSR_MCRR_OPC1_SHIFT    16
#define HSR_MCRR_OPC1_LENGTH   4
#define HSR_MCRR_RT2_SHIFT     10
#define HSR_MCRR_RT2_LENGTH    4
#define HSR_MCRR_RT_SHIFT      5
#define HSR_MCRR_RT_LENGTH     4
#define HSR_MCRR_CRM_SHIFT     1
#define HSR_MCRR_CRM_LENGTH    4
#define HSR_MCRR_READ_SHIFT    0 /* 0 write (MCRR), 1 read (MRRC) */
#define HSR_MCRR_READ_LENGTH   1

/* ISS of LDC and STC to CP14 */
#define HSR_LDC_IMM8_SHIFT     12
#define HSR_LDC_IMM8_LENGTH    8
#define HSR_LDC_RN_SHIFT       5
#define HSR_LDC_RN_LENGTH      4
#define HSR_LDC_ADD_SHIFT      4 /* 1: the offset is added */
#define HSR_LDC_ADD_LENGTH     1
#define HSR_LDC_MODE_SHIFT     1 /* enum hsr_ldc_mode */
#define HSR_LDC_MODE_LENGTH    3
#define HSR_LDC_LOAD_SHIFT     0 /* 0 STC, 1 LDC */
#define HSR_LDC_LOAD_LENGTH    1

/* ISS of an access to CP0 to CP13 trapped by HCPTR */
#define HSR_CP_TASE_SHIFT      5 /* 1: an Advanced SIMD instruction, trapped by TASE */
#define HSR_CP_TASE_LENGTH     1
#define HSR_CP_COPROC_SHIFT    0
#define HSR_CP_COPROC_LENGTH   4

/* ISS of SVC and HVC */
#define HSR_IMM16_SHIFT        0
#define HSR_IMM16_LENGTH       16

/* ISS of BXJ */
#define HSR_BXJ_RM_SHIFT       0
#define HSR_BXJ_RM_LENGTH      4

/* ISS of aborts; EA, S1PTW and FSC are common to prefetch and data aborts */
#define HSR_ABT_ISV_SHIFT      24 /* SAS, SSE and SRT are valid */
#define HSR_ABT_ISV_LENGTH     1
#define HSR_ABT_SAS_SHIFT      22 /* log2 of the size in bytes */
#define HSR_ABT_SAS_LENGTH     2
#define HSR_ABT_SSE_SHIFT      21 /* the load extends the sign */
#define HSR_ABT_SSE_LENGTH     1
#define HSR_ABT_SRT_SHIFT      16
#define HSR_ABT_SRT_LENGTH     4
#define HSR_ABT_EA_SHIFT       9
#define HSR_ABT_EA_LENGTH      1
#define HSR_ABT_CM_SHIFT       8 /* cache maintenance or address translation */
#define HSR_ABT_CM_LENGTH      1
#define HSR_ABT_S1PTW_SHIFT    7 /* stage-2 fault on a stage-1 table walk */
#define HSR_ABT_S1PTW_LENGTH   1
#define HSR_ABT_WNR_SHIFT      6
#define HSR_ABT_WNR_LENGTH     1
#define HSR_ABT_FSC_SHIFT      0 /* enum hsr_fsc */
#define HSR_ABT_FSC_LENGTH     6

/* Exception classes */
enum hsr_ec {
    HSR_EC_UNKNOWN  = 0x00, /* includes Undefined Instruction with HCR.TGE */
    HSR_EC_WFX      = 0x01,
    HSR_EC_CP15_32  = 0x03, /* MCR, MRC */
    HSR_EC_CP15_64  = 0x04, /* MCRR, MRRC */
    HSR_EC_CP14_32  = 0x05, /* MCR, MRC */
    HSR_EC_CP14_LDC = 0x06, /* LDC, STC */
    HSR_EC_HCPTR    = 0x07, /* CP0 to CP13 */
    HSR_EC_CP10_ID  = 0x08, /* VMRS of an identification register */
    HSR_EC_JAZELLE  = 0x09,
    HSR_EC_BXJ      = 0x0a,
    HSR_EC_CP14_64  = 0x0c, /* MRRC */
    HSR_EC_SVC      = 0x11,
    HSR_EC_HVC      = 0x12,
    HSR_EC_SMC      = 0x13,
    HSR_EC_IABT     = 0x20, /* prefetch abort routed to Hyp */
    HSR_EC_IABT_HYP = 0x21, /* prefetch abort taken from Hyp */
    HSR_EC_DABT     = 0x24, /* data abort routed to Hyp */
    HSR_EC_DABT_HYP = 0x25, /* data abort taken from Hyp */
};

/* Addressing modes of LDC and STC in the syndrome */
enum hsr_ldc_mode {
    HSR_LDC_UNINDEXED      = 0,
    HSR_LDC_POST_INDEXED   = 1,
    HSR_LDC_OFFSET         = 2,
    HSR_LDC_PRE_INDEXED    = 3,
    HSR_LDC_LITERAL        = 4, /* unindexed, from PC */
    HSR_LDC_LITERAL_OFFSET = 6,
};

/* Fault status codes of aborts taken to Hyp; those with "+ level" take 1 to 3 in bits 1:0. */
enum hsr_fsc {
    HSR_FSC_TRANSLATION  = 0x04, /* + level */
    HSR_FSC_ACCESS_FLAG  = 0x08, /* + level */
    HSR_FSC_PERMISSION   = 0x0c, /* + level */
    HSR_FSC_EXTERNAL     = 0x10,
    HSR_FSC_ASYNC_EXT    = 0x11,
    HSR_FSC_WALK_EXT     = 0x14, /* + level */
    HSR_FSC_PARITY       = 0x18,
    HSR_FSC_ASYNC_PARITY = 0x19,
    HSR_FSC_WALK_PARITY  = 0x1c, /* + level */
    HSR_FSC_ALIGNMENT    = 0x21,
    HSR_FSC_DEBUG        = 0x22,
    HSR_FSC_TLB_CONFLICT = 0x30,
    HSR_FSC_LOCKDOWN     = 0x34,
    HSR_FSC_COPROC       = 0x3a,
    HSR_FSC_DOMAIN       = 0x3c, /* + level */
};

/* A trapped MCR or MRC: the coprocessor register and the core register moved. */
struct hsr_mcr {
    uint8_t opc1, crn, crm, opc2;
    uint8_t rt;
    bool is_read;
};

/* A trapped MCRR or MRRC: the coprocessor register and the two core registers moved. */
struct hsr_mcrr {
    uint8_t opc1, crm;
    uint8_t rt, rt2;
    bool is_read;
};

/* A trapped LDC or STC. */
struct hsr_ldc {
    uint8_t imm8; /* offset in words */
    uint8_t rn;
    uint8_t mode; /* enum hsr_ldc_mode */
    bool add;
    bool is_load;
};

/* An abort.  size_bytes, sign_extend and srt mean nothing unless isv; write, isv and
 * cache_maintenance are false for prefetch aborts. */
struct hsr_abort {
    uint8_t fsc; /* enum hsr_fsc */
    uint8_t size_bytes;
    uint8_t srt;
    bool isv;
    bool sign_extend;
    bool external;
    bool cache_maintenance;
    bool s1ptw;
    bool write;
};

static inline struct hsr_mcr hsr_decode_mcr(uint32_t hsr)
{
    return (struct hsr_mcr) {
        .opc1 = HSR_GET(hsr, MCR_OPC1),
        .crn = HSR_GET(hsr, MCR_CRN),
        .crm = HSR_GET(hsr, MCR_CRM),
        .opc2 = HSR_GET(hsr, MCR_OPC2),
        .rt = HSR_GET(hsr, MCR_RT),
        .is_read = HSR_GET(hsr, MCR_READ),
    };
}

static inline struct hsr_mcrr hsr_decode_mcrr(uint32_t hsr)
{
    return (struct hsr_mcrr) {
        .opc1 = HSR_GET(hsr, MCRR_OPC1),
        .crm = HSR_GET(hsr, MCRR_CRM),
        .rt = HSR_GET(hsr, MCRR_RT),
        .rt2 = HSR_GET(hsr, MCRR_RT2),
        .is_read = HSR_GET(hsr, MCRR_READ),
    };
}

static inline struct hsr_ldc hsr_decode_ldc(uint32_t hsr)
{
    return (struct hsr_ldc) {
        .imm8 = HSR_GET(hsr, LDC_IMM8),
        .rn = HSR_GET(hsr, LDC_RN),
        .mode = HSR_GET(hsr, LDC_MODE),
        .add = HSR_GET(hsr, LDC_ADD),
        .is_load = HSR_GET(hsr, LDC_LOAD),
    };
}

/* Decodes the syndrome of a data abort (EC 0x24, 0x25). */
static inline struct hsr_abort hsr_decode_dabt(uint32_t hsr)
{
    return (struct hsr_abort) {
        .fsc = HSR_GET(hsr, ABT_FSC),
        .size_bytes = 1u << HSR_GET(hsr, ABT_SAS),
        .srt = HSR_GET(hsr, ABT_SRT),
        .isv = HSR_GET(hsr, ABT_ISV),
        .sign_extend = HSR_GET(hsr, ABT_SSE),
        .external = HSR_GET(hsr, ABT_EA),
        .cache_maintenance = HSR_GET(hsr, ABT_CM),
        .s1ptw = HSR_GET(hsr, ABT_S1PTW),
        .write = HSR_GET(hsr, ABT_WNR),
    };
}

/* Decodes the syndrome of a prefetch abort (EC 0x20, 0x21). */
static inline struct hsr_abort hsr_decode_iabt(uint32_t hsr)
{
    return (struct hsr_abort) {
        .fsc = HSR_GET(hsr, ABT_FSC),
        .external = HSR_GET(hsr, ABT_EA),
        .s1ptw = HSR_GET(hsr, ABT_S1PTW),
    };
}

/* HPFAR: bits 31:4 are bits 39:12 of the faulting IPA.  DDI 0406C B4.1, HPFAR. */
#define HPFAR_FIPA_SHIFT  4
#define HPFAR_FIPA_LENGTH 28

/* The IPA of a stage-2 fault: the page from HPFAR, the offset in it from HDFAR or HIFAR. */
static inline uint64_t hsr_fault_ipa(uint32_t hpfar, uint32_t far)
{
    uint64_t page = field32_get(hpfar, HPFAR_FIPA_SHIFT, HPFAR_FIPA_LENGTH);

    return page << 12 | field32_get(far, 0, 12);
}

#endif
