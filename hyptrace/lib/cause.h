/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why Hyp was entered: a class, and within it what exactly.
 */
#ifndef HYPTRACE_LIB_CAUSE_H
#define HYPTRACE_LIB_CAUSE_H

#include <stddef.h>
#include "hyptrace/lib/event.h"
#include "hyptrace/lib/map.h"

/* Classes of entries: by HSR.EC, or by vector for interrupts. */
enum ht_class {
    HT_CLASS_UNKNOWN,  /* EC 0x00, or an EC that the architecture reserves */
    HT_CLASS_WFI,
    HT_CLASS_WFE,
    HT_CLASS_CP15,     /* MCR, MRC */
    HT_CLASS_CP15_64,  /* MCRR, MRRC */
    HT_CLASS_CP14,
    HT_CLASS_CP14_64,
    HT_CLASS_CP14_LDC, /* LDC, STC */
    HT_CLASS_HCPTR,    /* CP0 to CP13, floating point */
    HT_CLASS_VMRS,     /* identification registers of CP10 */
    HT_CLASS_JAZELLE,
    HT_CLASS_BXJ,
    HT_CLASS_SVC,
    HT_CLASS_HVC,
    HT_CLASS_SMC,
    HT_CLASS_DEBUG,    /* prefetch abort class with a debug fault status */
    HT_CLASS_IABT,
    HT_CLASS_IABT_S2,  /* with the IPA */
    HT_CLASS_DABT,
    HT_CLASS_DABT_S2,  /* with the IPA */
    HT_CLASS_SERROR,   /* asynchronous abort */
    HT_CLASS_IRQ,
    HT_CLASS_FIQ,
    HT_CLASS_COUNT,
};

/* detail of IRQ and FIQ while no acknowledge has been seen */
#define HT_INTID_UNKNOWN 0x400

/* detail of what stands for several causes of a class */
#define HT_DETAIL_OTHERS UINT32_MAX

struct ht_cause {
    uint8_t cls;     /* enum ht_class */
    uint32_t detail; /* CP15, CP14, VMRS: armv7_cpreg_key(); CP15_64, CP14_64: opc1 << 4 | crm;
                        HVC, SVC: immediate; HCPTR: coprocessor, bit 5 for Advanced SIMD;
                        *_S2: IPA >> 12; DABT, IABT, DEBUG, SERROR: fault status code;
                        UNKNOWN: EC; IRQ, FIQ: INTID; else 0 */
};

/** ht_cause_of: why this entry was taken; INTIDs are HT_INTID_UNKNOWN. */
struct ht_cause ht_cause_of(const struct ht_event *event);

/** ht_class_name: a short word, unique, in lower case: "dabt-s2". */
const char *ht_class_name(unsigned cls);

/**
 * ht_cause_detail: writes what exactly, without the class, to text: "ID_MMFR3",
 * "0x12c20000 uart2", "#0xea1", "intid 27".  Empty if the class says all.  map names pages.
 */
void ht_cause_detail(const struct ht_cause *cause, const HtMap *map, char *text,
                     size_t size_bytes);

#endif
