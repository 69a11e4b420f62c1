/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Stage-1 tables of a guest at PL1: RAM and devices flat, and one window at VA 0xc0000000.
 * DDI 0406C B3.5 (short descriptors), B3.6 (long descriptors).
 */
#ifndef PAYLOADS_VE_STAGE1_H
#define PAYLOADS_VE_STAGE1_H

#include <stdint.h>

enum s1_format {
    S1_OFF,             /* the MMU is off: VA is IPA */
    S1_SHORT,
    S1_LONG,
    S1_FORMATS,
};

#define S1_WINDOW 0xc0000000u

/* What the memory of the window is at stage 1. */
enum s1_memory { S1_NORMAL, S1_DEVICE, S1_STRONGLY_ORDERED };

/** s1_name: "s1-off", "s1-short", "s1-long". */
const char *s1_name(enum s1_format format);

/** s1_init: makes the tables. */
void s1_init(void);

/**
 * s1_map_window: maps the window's first 2 MiB to @ipa, a multiple of 2 MiB; beyond 4 GiB only
 * with long descriptors.
 */
void s1_map_window(enum s1_format format, uint64_t ipa, enum s1_memory memory);

/**
 * s1_write_window: makes @descriptor the window's first section (short) or 2 MiB block (long), as
 * it is: B3.5.1, B3.6.1.
 */
void s1_write_window(enum s1_format format, uint64_t descriptor);

/** s1_map_section: maps the MiB of @va to @pa in the short descriptors, as normal memory. */
void s1_map_section(uint32_t va, uint32_t pa);

/**
 * s1_walk_window: lets the walk of the window read a table at IPA @table at @level (2 or 3 with
 * long, 2 with short descriptors).  With level 3 the level-2 table is in flat memory.
 */
void s1_walk_window(enum s1_format format, unsigned level, uint64_t table);

/** s1_move_root: walks begin at IPA @table, a multiple of 16 KiB; 0: at the tables of s1_init(). */
void s1_move_root(uint64_t table);

/** s1_on: sets TTBR0, TTBCR, MAIR, DACR and SCTLR for @format; for ve_prepare(). */
void s1_on(enum s1_format format);

#endif
