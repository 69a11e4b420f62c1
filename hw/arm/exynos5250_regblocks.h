/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blocks of the Exynos5250 of which only the registers are modelled.  Every
 * one is a stub: nothing happens when they are written.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5250_REGBLOCKS_H
#define HW_ARM_EXYNOS5_EXYNOS5250_REGBLOCKS_H

#include "hw/arm/exynos5/exynos5_regfile.h"

#define TYPE_EXYNOS5250_SYSREG   "exynos5250.sysreg"
#define TYPE_EXYNOS5250_DMCPHY   "exynos5250.dmc-phy"
#define TYPE_EXYNOS5250_DREX     "exynos5250.drex"
#define TYPE_EXYNOS5250_USB2PHY  "exynos5250.usb2-phy"
#define TYPE_EXYNOS5250_USB3PHY  "exynos5250.usb3-phy"
#define TYPE_EXYNOS5250_SATAPHY  "exynos5250.sata-phy"
#define TYPE_EXYNOS5250_SROMC    "exynos5250.sromc"
#define TYPE_EXYNOS5250_AUDSS    "exynos5250.audss"
#define TYPE_EXYNOS5250_TZPC     "exynos5250.tzpc"

#endif
