/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers of the S5M8767 PMIC, 8 bits each.  Source: Linux
 * include/linux/mfd/samsung/s5m8767.h and sec-core.c, sec-irq.c; no data
 * sheet is public, so registers whose reset value is not known from there
 * reset to 0 (regulators off).
 *
 *   ID            00      r   revision
 *   INT1..3       01..03  r   pending, cleared by reading
 *   INT1M..3M     04..06  rw  ff, 1 = masked
 *   STATUS1..3    07..09  r
 *   CTRL1, 2 ...  0a..7a  rw  control, regulator voltages and enables
 */
#ifndef HW_ARM_EXYNOS5_S5M8767_REGS_H
#define HW_ARM_EXYNOS5_S5M8767_REGS_H

enum {
    S5M8767_ID = 0x00,
    S5M8767_INT1 = 0x01,
    S5M8767_INT1M = 0x04,
    S5M8767_STATUS1 = 0x07,
    S5M8767_CTRL1 = 0x0a,
    S5M8767_BUCK2DVS1 = 0x35,
    S5M8767_LAST = 0x7a,

    S5M8767_INT_REGS = 3,
    S5M8767_EVENTS = 8 * S5M8767_INT_REGS,
};

#endif
