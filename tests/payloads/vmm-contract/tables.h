/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Long-descriptor tables from level 1, for Hyp's stage 1 and a guest's stage 2: 4 KiB pages, as a
 * module makes them that allocates its memory page by page.  DDI 0406C B3.6.
 */
#ifndef PAYLOADS_VMM_CONTRACT_TABLES_H
#define PAYLOADS_VMM_CONTRACT_TABLES_H

#include <stdint.h>

/* Attributes of a page: AF, inner shareable, and of ... */
#define HYP_NORMAL 0x75cull     /* ... stage 1 of Hyp: AttrIndx 7 (HMAIR1 0xff), AP 01 */
#define HYP_DEVICE 0x450ull     /* AttrIndx 4 (HMAIR1 0x04), AP 01, not shareable */
#define S2_NORMAL_RW 0x7fcull   /* ... stage 2: MemAttr 1111, HAP 11 */

/** tables_new: an empty level-1 table of 4 entries; its physical address. */
uint64_t *tables_new(void);

/** tables_map: maps the page at @input to @output with @attributes; bit 1:0 are added here. */
void tables_map(uint64_t *level1, uint32_t input, uint32_t output, uint64_t attributes);

#endif
