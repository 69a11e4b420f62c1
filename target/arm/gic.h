/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the recorder wants from the GICv2: acknowledges, ends of interrupt and list-register
 * writes as they happen, and the registers of the virtual interface as rows.
 */
#ifndef TARGET_ARM_HYPTRACE_GIC_H
#define TARGET_ARM_HYPTRACE_GIC_H

#include "target/arm/hyptrace/cpustate.h"

typedef struct GICState GICState;
struct HypTrace;

/* The GIC as one CPU has it. */
typedef struct HtGicCpu {
    const GICState *gic;    /* NULL: there is none with virtual interfaces */
    unsigned index;         /* the CPU's number there */
    bool changed;           /* something was accessed that can have changed a row */
} HtGicCpu;

/**
 * ht_gic_tap: listens to the accesses to the machine's GICv2, if it has one.
 * The device's own read and write functions are called as before; the events follow them.
 */
void ht_gic_tap(struct HypTrace *recorder);

/** ht_gic_put_rows: the HtPutRowsFn for a HtGicCpu. */
void ht_gic_put_rows(void *opaque, HtShadow *shadow, uint8_t **p, unsigned *count);

#endif
