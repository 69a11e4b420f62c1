/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The 24 MHz crystal of the Exynos5 boards as a count: exact conversions
 * between QEMU_CLOCK_VIRTUAL and its ticks.  A tick lasts 125/3 ns.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_TICKS_H
#define HW_ARM_EXYNOS5_EXYNOS5_TICKS_H

#include "qemu/host-utils.h"
#include "qemu/timer.h"

#define EXYNOS5_XTAL_HZ 24000000

/**
 * exynos5_ticks_at: Returns the crystal's ticks since time 0, rounded down.
 * @ns: a time of QEMU_CLOCK_VIRTUAL, not negative
 *
 * The generic timer's counter with CNTFRQ = 24 MHz is the same number.
 */
static inline uint64_t exynos5_ticks_at(int64_t ns)
{
    return muldiv64(ns, EXYNOS5_XTAL_HZ, NANOSECONDS_PER_SECOND);
}

/**
 * exynos5_ticks_deadline: Returns the first time at which the count is there.
 * @ticks: a count of the crystal's ticks
 *
 * Returns: ns of QEMU_CLOCK_VIRTUAL, rounded up, so that exynos5_ticks_at()
 * of it is @ticks; INT64_MAX if that is out of the clock's range.
 */
static inline int64_t exynos5_ticks_deadline(uint64_t ticks)
{
    if (ticks > exynos5_ticks_at(INT64_MAX)) {
        return INT64_MAX;
    }
    return muldiv64_round_up(ticks, NANOSECONDS_PER_SECOND, EXYNOS5_XTAL_HZ);
}

#endif
