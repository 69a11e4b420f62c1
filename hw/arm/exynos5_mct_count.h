/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the counters of the multi-core timer do as ticks pass.  Pure functions
 * of state and ticks: nothing here knows of QEMU's clock or of interrupts, and
 * nothing loops over ticks or periods.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_MCT_COUNT_H
#define HW_ARM_EXYNOS5_EXYNOS5_MCT_COUNT_H

#include "hw/arm/exynos5/exynos5_mct.h"

/* No interrupt will come by itself. */
#define MCT_NEVER UINT64_MAX

/**
 * mct_global_count: Returns G_CNT.
 * @ticks: now
 */
uint64_t mct_global_count(const Exynos5MctGlobal *g, uint64_t ticks);

/** mct_global_set_count: Writes G_CNT; call mct_global_sync() before. */
void mct_global_set_count(Exynos5MctGlobal *g, uint64_t ticks, uint64_t count);

/**
 * mct_global_set_tcon: Writes G_TCON; call mct_global_sync() before.
 *
 * A comparator that is enabled, or found running counter, compares from the
 * present count on: one that lies behind waits for the counter to wrap.
 */
void mct_global_set_tcon(Exynos5MctGlobal *g, uint64_t ticks, uint32_t tcon);

/** mct_comparator_set: Writes comparator @n's value; call mct_global_sync() before. */
void mct_comparator_set(Exynos5MctGlobal *g, unsigned n, uint64_t ticks,
                        uint64_t value);

/** mct_global_sync: Makes the matches up to @ticks show in INT_CSTAT. */
void mct_global_sync(Exynos5MctGlobal *g, uint64_t ticks);

/**
 * mct_global_next: Returns the ticks of the next enabled interrupt that is
 * not pending yet, or MCT_NEVER; call mct_global_sync() before.
 */
uint64_t mct_global_next(const Exynos5MctGlobal *g, uint64_t ticks);

/** mct_local_set_tcon: Writes L_TCON; call mct_local_sync() before. */
void mct_local_set_tcon(Exynos5MctLocal *l, uint64_t ticks, uint32_t tcon);

/** mct_local_set_icntb: Writes L_ICNTB; call mct_local_sync() before. */
void mct_local_set_icntb(Exynos5MctLocal *l, uint32_t value);

/** mct_local_tcnto, mct_local_frcnto: call mct_local_sync() before. */
uint32_t mct_local_tcnto(const Exynos5MctLocal *l, uint64_t ticks);
uint32_t mct_local_frcnto(const Exynos5MctLocal *l, uint64_t ticks);

/** mct_local_sync: Lets the counters reload as often as they did up to @ticks. */
void mct_local_sync(Exynos5MctLocal *l, uint64_t ticks);

/** mct_local_next: As mct_global_next(). */
uint64_t mct_local_next(const Exynos5MctLocal *l);

/**
 * mct_shift_ticks: Keeps all counters where they are when the count of ticks
 * jumps by @jump (modulo 2^64), as it does when MCT_CFG changes.
 */
void mct_global_shift_ticks(Exynos5MctGlobal *g, uint64_t jump);
void mct_local_shift_ticks(Exynos5MctLocal *l, uint64_t jump);

#endif
