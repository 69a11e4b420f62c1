/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Byte lanes of a 32-bit register: what a 1, 2 or 4 byte access at some
 * offset of the register means.  For devices whose MemoryRegionOps take
 * aligned accesses of 1 to 4 bytes.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_LANES_H
#define HW_ARM_EXYNOS5_EXYNOS5_LANES_H

#include "qemu/bitops.h"
#include "exec/hwaddr.h"

/* exynos5_lane_word: the offset of the register that holds @offset. */
static inline hwaddr exynos5_lane_word(hwaddr offset)
{
    return offset & ~(hwaddr)3;
}

/* exynos5_lane_mask: the bits of the register that the access covers. */
static inline uint32_t exynos5_lane_mask(hwaddr offset, unsigned size_bytes)
{
    return MAKE_64BIT_MASK(8 * (offset & 3), 8 * size_bytes);
}

/* exynos5_lane_read: what reads of @size_bytes at @offset return of @word. */
static inline uint32_t exynos5_lane_read(uint32_t word, hwaddr offset,
                                         unsigned size_bytes)
{
    return extract32(word, 8 * (offset & 3), 8 * size_bytes);
}

/*
 * exynos5_lane_write: @value in its place in the register, the other lanes
 * zero; combine it with exynos5_lane_mask().
 */
static inline uint32_t exynos5_lane_write(uint64_t value, hwaddr offset,
                                          unsigned size_bytes)
{
    return (value << (8 * (offset & 3))) & exynos5_lane_mask(offset, size_bytes);
}

#endif
