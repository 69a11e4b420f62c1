/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words and requests of a USB 2.0 hub; sections are of that specification. */
#ifndef HW_ARM_EXYNOS5_USB3503_REGS_H
#define HW_ARM_EXYNOS5_USB3503_REGS_H

#include "hw/registerfields.h"

/* wPortStatus, 11.24.2.7.1.  wPortChange has its low five bits (11.24.2.7.2). */
REG16(HUB_PORT_STATUS, 0)
    FIELD(HUB_PORT_STATUS, CONNECTION, 0, 1)
    FIELD(HUB_PORT_STATUS, ENABLE, 1, 1)
    FIELD(HUB_PORT_STATUS, SUSPEND, 2, 1)
    FIELD(HUB_PORT_STATUS, OVER_CURRENT, 3, 1)
    FIELD(HUB_PORT_STATUS, RESET, 4, 1)
    FIELD(HUB_PORT_STATUS, POWER, 8, 1)
    FIELD(HUB_PORT_STATUS, HIGH_SPEED, 10, 1)

/* Feature selectors, table 11-17: C_x clears bit x of wPortChange. */
enum {
    HUB_PORT_ENABLE = 1,
    HUB_PORT_SUSPEND = 2,
    HUB_PORT_RESET = 4,
    HUB_PORT_POWER = 8,
    HUB_C_PORT_CONNECTION = 16,
    HUB_C_PORT_RESET = 20,
    HUB_PORT_TEST = 21,
    HUB_PORT_INDICATOR = 22,
};

/* bmRequestType and bRequest of the class requests, table 11-16. */
enum {
    HUB_CLEAR_HUB_FEATURE = 0x2001,
    HUB_SET_HUB_FEATURE = 0x2003,
    HUB_CLEAR_PORT_FEATURE = 0x2301,
    HUB_SET_PORT_FEATURE = 0x2303,
    HUB_GET_HUB_STATUS = 0xa000,
    HUB_GET_HUB_DESCRIPTOR = 0xa006,
    HUB_GET_PORT_STATUS = 0xa300,
};

#endif
