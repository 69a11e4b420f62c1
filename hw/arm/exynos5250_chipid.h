/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chip ID of the Exynos5250: four read-only words. */
#ifndef HW_ARM_EXYNOS5_EXYNOS5250_CHIPID_H
#define HW_ARM_EXYNOS5_EXYNOS5250_CHIPID_H

#include "hw/arm/exynos5/exynos5_regfile.h"

#define TYPE_EXYNOS5250_CHIPID "exynos5250.chipid"

#endif
