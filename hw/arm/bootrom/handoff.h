/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the board tells the boot ROM when firmware on a card is skipped
 * (-kernel, -bios): a block at a fixed place in the ROM.  Shared by the ROM,
 * which reads it with the core's own eyes, and arndale_boot.c, which fills it.
 */
#ifndef HW_ARM_EXYNOS5_BOOTROM_HANDOFF_H
#define HW_ARM_EXYNOS5_BOOTROM_HANDOFF_H

#define BOOTROM_SIZE_BYTES  0x10000
#define HANDOFF_OFFSET      0xff00
#define HANDOFF_MAGIC       0x444e4841 /* "AHND" */

/* Byte offsets, for the ROM's assembly. */
#define HANDOFF_MAGIC_OFFSET 0x00
#define HANDOFF_MODE_OFFSET  0x04
#define HANDOFF_ENTRY_OFFSET 0x08
#define HANDOFF_R0_OFFSET    0x0c

/* How the image is entered; both cores alike. */
#define HANDOFF_MODE_HYP     1  /* Non-secure Hyp, after what firmware does */
#define HANDOFF_MODE_SECURE  2  /* Secure SVC, as from reset */
#define HANDOFF_MODE_SPL     3  /* Secure SVC, with the iROM's copy functions */

#ifndef __ASSEMBLER__
#include <stdint.h>

typedef struct BootHandoff {
    uint32_t magic;
    uint32_t mode;
    uint32_t entry; /* physical address; bit 0 set for Thumb */
    uint32_t r0;
    uint32_t r1;
    uint32_t r2;
} BootHandoff;
#endif

#endif
