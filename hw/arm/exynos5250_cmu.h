/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clock management unit of the Exynos5250.  The registers answer as the
 * hardware does once every PLL has locked and every change has settled; no
 * clock of another model follows them.
 *
 * Property "firmware-clocks" (bool, default off): reset leaves the clock
 * tree as Debian's SPL does, for machines that start without it.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5250_CMU_H
#define HW_ARM_EXYNOS5_EXYNOS5250_CMU_H

#include "hw/arm/exynos5/exynos5_regfile.h"

#define TYPE_EXYNOS5_CMU "exynos5250.cmu"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5250CmuState, EXYNOS5_CMU)

struct Exynos5250CmuState {
    Exynos5RegFile parent_obj;

    bool firmware_clocks;
};

#endif
