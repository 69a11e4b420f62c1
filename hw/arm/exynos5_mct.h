/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5 multi-core timer: a 64-bit counter with four comparators and a
 * local timer for each core, all from the 24 MHz crystal.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_MCT_H
#define HW_ARM_EXYNOS5_EXYNOS5_MCT_H

#include "hw/sysbus.h"
#include "hw/arm/exynos5/exynos5_mct_regs.h"

/**
 * QEMU interface:
 * + sysbus MMIO region 0: the registers
 * + sysbus IRQs 0..3: comparators 0..3
 * + sysbus IRQs 4..5: local timers 0..1
 */
#define TYPE_EXYNOS5_MCT "exynos5.mct"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5MctState, EXYNOS5_MCT)

typedef struct Exynos5MctComparator {
    uint64_t value;
    uint64_t next;              /* the first count that was not compared yet */
    uint32_t increment;
} Exynos5MctComparator;

typedef struct Exynos5MctGlobal {
    uint64_t base;              /* counter, less the ticks while it runs */
    Exynos5MctComparator comp[MCT_COMPARATORS];
    uint32_t tcon;
    uint32_t int_cstat;
    uint32_t int_enb;
    uint32_t wstat;
    uint32_t cnt_wstat;
} Exynos5MctGlobal;

typedef struct Exynos5MctLocal {
    uint32_t tcntb;
    uint32_t icntb;
    uint32_t frcntb;
    uint32_t tcon;
    uint32_t int_cstat;
    uint32_t int_enb;
    uint32_t wstat;
    uint32_t tcnt_load;         /* what TCNT last started from */
    uint32_t icnt_load;         /* what ICNT last started from */
    uint32_t icnt;
    uint64_t frc_period;        /* ticks */
    /* Ticks at which the counter was loaded; how many ago if it is stopped. */
    uint64_t tcnt_loaded;
    uint64_t frc_loaded;
} Exynos5MctLocal;

struct Exynos5MctState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    qemu_irq comp_irq[MCT_COMPARATORS];
    qemu_irq local_irq[MCT_LOCAL_TIMERS];
    QEMUTimer *timer;           /* for the next interrupt */

    uint32_t cfg;
    Exynos5MctGlobal global;
    Exynos5MctLocal local[MCT_LOCAL_TIMERS];
};

#endif
