/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Stage-2 tables of a guest with 40-bit IPAs: the GiB of devices and the first GiB of RAM mapped to
 * themselves, and windows whose descriptors a claim chooses.  DDI 0406C B3.6.1, B3.6.2.
 */
#ifndef PAYLOADS_VE_STAGE2_H
#define PAYLOADS_VE_STAGE2_H

#include <stdint.h>
#include "board.h"

/* Lower and upper attributes of a stage-2 block or page: B3.6.2. */
#define S2_DEVICE (0x1ull << 2)     /* MemAttr 0001 */
#define S2_STRONGLY_ORDERED 0ull    /* MemAttr 0000 */
#define S2_NORMAL (0xfull << 2)     /* MemAttr 1111, Write-Back */
#define S2_READ (1ull << 6)         /* HAP[0] */
#define S2_WRITE (1ull << 7)        /* HAP[1] */
#define S2_INNER_SHAREABLE (3ull << 8)
#define S2_ACCESS (1ull << 10)
#define S2_XN (1ull << 54)
#define S2_ALL (S2_NORMAL | S2_READ | S2_WRITE | S2_ACCESS)
#define S2_INVALID 0ull

/* Where the windows are, by the level whose descriptor is chosen. */
#define S2_WINDOW3 (0xc0000000ull ^ RAM_BASE)   /* 512 pages, in the GiB that is not RAM's */
#define S2_WINDOW2 (S2_WINDOW3 + 0x200000)      /* 511 blocks of 2 MiB behind the pages */
#define S2_WINDOW1 0x100000000ull   /* blocks of 1 GiB, from 4 GiB on */

/* RAM that no payload uses, 2 MiB; windows are mapped to it. */
#define S2_BACKING (RAM_BASE + 0x4000000u)

/** s2_init: makes the tables and points VTTBR and VTCR to them. */
void s2_init(void);

/**
 * s2_set: gives the part of window @level with number @index the attributes @attributes and an
 * output address in the backing RAM; S2_INVALID makes it invalid.  Flushes the TLB.
 * Returns its IPA.
 */
uint64_t s2_set(unsigned level, unsigned index, uint64_t attributes);

#endif
