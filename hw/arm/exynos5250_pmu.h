/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Power management unit of the Exynos5250: boot mode, reset, power-off, and
 * the power of cores and domains.
 *
 * Property "boot-mode" (uint32): OM_STAT, what the boot switches select;
 * 4 is SD on MSHC2 (default), 8 is eMMC.
 * Property "num-cpus" (uint32): cores that exist; the others read as off.
 *
 * Input "wdt-reset": a rising edge is the watchdog's request to reset the
 * system.  It is ignored while AUTO_WDTRESET_DISABLE or
 * MASK_WDTRESET_REQUEST masks it; else QEMU's watchdog action follows.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5250_PMU_H
#define HW_ARM_EXYNOS5_EXYNOS5250_PMU_H

#include "hw/arm/exynos5/exynos5_regfile.h"
#include "qemu/timer.h"

#define TYPE_EXYNOS5_PMU "exynos5250.pmu"
OBJECT_DECLARE_TYPE(Exynos5250PmuState, Exynos5250PmuClass, EXYNOS5_PMU)

#define EXYNOS5250_PMU_WDT_RESET "wdt-reset"

enum { EXYNOS5250_PMU_CORES = 2 };

struct Exynos5250PmuState {
    Exynos5RegFile parent_obj;

    uint32_t boot_mode;
    uint32_t num_cpus;

    /* RST_STAT after the reset that was asked for; 0 if none was. */
    uint32_t next_rst_stat;
    bool core_on[EXYNOS5250_PMU_CORES];
    /* Power-off of the core was ordered and waits for its vCPU thread. */
    bool core_going_off[EXYNOS5250_PMU_CORES];
    /* Looks for WFI in cores that were told to power off. */
    QEMUTimer *wfi_timer;
};

struct Exynos5250PmuClass {
    Exynos5RegFileClass parent_class;

    ResettablePhases parent_phases;
};

#endif
