/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between exynos5250_pmu.c (registers) and exynos5250_pmu_core.c (cores). */
#ifndef HW_ARM_EXYNOS5_EXYNOS5250_PMU_INTERNAL_H
#define HW_ARM_EXYNOS5_EXYNOS5250_PMU_INTERNAL_H

#include "hw/arm/exynos5/exynos5250_pmu.h"

/* Creates the timer; called once per PMU. */
void exynos5250_pmu_cores_init(Exynos5250PmuState *s);

/* Every core that exists is on; the registers have their reset values. */
void exynos5250_pmu_cores_reset(Exynos5250PmuState *s);

/* Value of ARM_COREn_STATUS: 3 if @core is powered, else 0. */
uint32_t exynos5250_pmu_core_status(Exynos5250PmuState *s, unsigned core);

/*
 * Follows a write to ARM_COREn_CONFIG: 0 powers @core off at its next WFI,
 * anything else powers it on, at the reset vector if it was off.
 */
void exynos5250_pmu_core_configured(Exynos5250PmuState *s, unsigned core);

#endif
