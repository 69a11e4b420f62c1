/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 watchdog timer.
 *
 * QEMU interface:
 *  + Clock input "pclk": the bus clock (aclk66) that is divided
 *  + sysbus MMIO region 0: the registers (exynos5_wdt_regs.h)
 *  + sysbus IRQ 0: the interrupt
 *  + named GPIO output "reset-request": pulses when the counter runs out
 *    while WTCON asks for a reset; the PMU decides what follows
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_WDT_H
#define HW_ARM_EXYNOS5_EXYNOS5_WDT_H

#include "hw/clock.h"
#include "hw/sysbus.h"

#define TYPE_EXYNOS5_WDT "exynos5-wdt"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5WdtState, EXYNOS5_WDT)

#define EXYNOS5_WDT_RESET_REQUEST "reset-request"

struct Exynos5WdtState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    Clock *pclk;
    QEMUTimer *timer;
    qemu_irq irq;
    qemu_irq reset_request;

    uint32_t wtcon;
    uint32_t wtdat;
    uint32_t wtcnt;             /* the count at start_ns */
    int64_t start_ns;           /* QEMU_CLOCK_VIRTUAL */
    bool pending;
};

#endif
