/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * I2C side of the Exynos5250 SATA PHY: 256 registers of a byte that hold what
 * is written.  A transfer is a register number and the values for it and the
 * following ones (Linux phy-exynos5250-sata.c writes 0x0b to register 0x3a).
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_SATAPHY_H
#define HW_ARM_EXYNOS5_EXYNOS5_SATAPHY_H

#include "hw/i2c/i2c.h"

#define TYPE_EXYNOS5_SATAPHY_I2C "exynos5-sataphy-i2c"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5SataphyI2c, EXYNOS5_SATAPHY_I2C)

enum {
    EXYNOS5_SATAPHY_I2C_ADDRESS = 0x38,
};

struct Exynos5SataphyI2c {
    I2CSlave parent_obj;

    uint8_t regs[256];
    uint8_t pointer;
    bool pointer_next;      /* the next byte written is a register number */
};

#endif
