/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Translation tables of the worlds, in pages of 4 KiB where the benchmark counts pages.
 * DDI 0406C B3.5 (short descriptors, stage 1), B3.6 (long descriptors, stage 2).
 */
#ifndef PAYLOADS_BENCH_SWITCH_TABLES_H
#define PAYLOADS_BENCH_SWITCH_TABLES_H

#include <stdint.h>
#include "board.h"

/* Where a world sees its pages: data first, then code.  They are RAM that nothing else uses. */
#define PAGES_VA (RAM_BASE + 0x4000000u)
#define PAGES_MAX 4096u
#define PAGES_BYTES (PAGES_MAX * 4096u)

/* Where a world's MMIO accesses go: nothing is there in stage 2. */
#define MMIO_VA 0x0f000000u

/** stage1_make: tables of world @index, all flat but for the pages; returns TTBR0. */
uint32_t stage1_make(unsigned index);

/** stage2_make: tables of world @index; the pages lie @index times PAGES_BYTES further; returns VTTBR. */
uint64_t stage2_make(unsigned index, unsigned vmid);

/** stage2_vtcr: VTCR for them. */
uint32_t stage2_vtcr(void);

#define WORLDS_MAX 4

#endif
