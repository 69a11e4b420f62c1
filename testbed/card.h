/* SPDX-License-Identifier: BSD-2-Clause */
/* The layout of an SD card: MBR, raw areas for firmware, partitions. */
#ifndef TESTBED_CARD_H
#define TESTBED_CARD_H

#include <stdbool.h>

#include <glib.h>

#define TB_SECTOR              512  /* bytes */
#define TB_FIRST_PARTITION     2048 /* sector: 1 MiB, behind the firmware */
#define TB_PARTITION_ENTRIES   4

/* Sizes of the partitions in MiB, at most 4, one behind the other. */
typedef struct TbCardLayout {
    unsigned count;
    unsigned size_mib[TB_PARTITION_ENTRIES];
    bool fat[TB_PARTITION_ENTRIES]; /* FAT32 (type 0x0c), else Linux (0x83) */
} TbCardLayout;

/* First sector of partition @index (from 0). */
unsigned tb_card_partition_sector(const TbCardLayout *layout, unsigned index);

/* Size of the whole card: the smallest power of two that holds the layout, at least 8 MiB
 * (QEMU refuses other sizes of SD card). */
guint64 tb_card_bytes(const TbCardLayout *layout);

/* Writes the 512 bytes of the MBR: partitions, the first one marked bootable
 * (U-Boot's `part list -bootable`), disk signature 0x41524e44. */
void tb_card_mbr(const TbCardLayout *layout, guint8 mbr[TB_SECTOR]);

#endif
