/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 thermal management unit.
 *
 * QEMU interface:
 *  + property "temperature" (int): degrees Celsius, -30 to 225, default 40;
 *    may be set at any time, survives resets
 *  + sysbus MMIO region 0: the registers (exynos5_tmu_regs.h)
 *  + sysbus IRQ 0: the interrupt
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_TMU_H
#define HW_ARM_EXYNOS5_EXYNOS5_TMU_H

#include "hw/sysbus.h"

#define TYPE_EXYNOS5_TMU "exynos5-tmu"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5TmuState, EXYNOS5_TMU)

struct Exynos5TmuState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    qemu_irq irq;

    int16_t temperature_c;
    uint32_t triminfo_con2;
    uint32_t control;
    uint32_t thd_temp_rise;
    uint32_t thd_temp_fall;
    uint32_t inten;
    uint32_t intstat;
    uint32_t emul_con;
    /* Comparators that are true, bits as in INTSTAT. */
    uint32_t crossed;
};

#endif
