/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers of the Exynos5250 watchdog, the S3C2410 one.  Source: Linux
 * s3c2410_wdt.c.
 *
 *   WTCON    00  rw  8001  control; the S3C value is 8021, but software
 *                          finds the watchdog stopped after the boot ROM
 *   WTDAT    04  rw  8000  reload value
 *   WTCNT    08  rw  8000  down counter
 *   WTCLRINT 0c  w   -     any write clears the interrupt
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_WDT_REGS_H
#define HW_ARM_EXYNOS5_EXYNOS5_WDT_REGS_H

#include "hw/registerfields.h"

REG32(WDT_WTCON, 0x00)
    FIELD(WDT_WTCON, RESET_ENABLE, 0, 1)
    FIELD(WDT_WTCON, INT_ENABLE, 2, 1)
    FIELD(WDT_WTCON, DIVIDER, 3, 2)     /* 16, 32, 64, 128 */
    FIELD(WDT_WTCON, ENABLE, 5, 1)
    FIELD(WDT_WTCON, PRESCALER, 8, 8)   /* divides by the value + 1 */
REG32(WDT_WTDAT, 0x04)
    FIELD(WDT_WTDAT, COUNT, 0, 16)
REG32(WDT_WTCNT, 0x08)
    FIELD(WDT_WTCNT, COUNT, 0, 16)
REG32(WDT_WTCLRINT, 0x0c)

#endif
