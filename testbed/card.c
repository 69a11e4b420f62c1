/* SPDX-License-Identifier: BSD-2-Clause */
/* The layout of an SD card. */
#include "testbed/card.h"

#include <string.h>

#define MIB                ((guint64)1 << 20)
#define SECTORS_PER_MIB    (MIB / TB_SECTOR)
#define SMALLEST_CARD      (8 * MIB)

/* MBR fields, offsets in bytes. */
#define MBR_DISK_SIGNATURE 0x1b8
#define MBR_ENTRIES        0x1be
#define MBR_ENTRY_SIZE     16
#define MBR_BOOT_MARK      0x1fe
#define DISK_SIGNATURE     0x41524e44
#define ENTRY_BOOTABLE     0x80
#define ENTRY_TYPE_LINUX   0x83
#define ENTRY_TYPE_FAT     0x0c /* FAT32, LBA */

static void put_le32(guint8 *at, guint32 value)
{
    value = GUINT32_TO_LE(value);
    memcpy(at, &value, sizeof(value));
}

unsigned tb_card_partition_sector(const TbCardLayout *layout, unsigned index)
{
    unsigned sector = TB_FIRST_PARTITION;

    for (unsigned i = 0; i < index; i++) {
        sector += layout->size_mib[i] * SECTORS_PER_MIB;
    }
    return sector;
}

guint64 tb_card_bytes(const TbCardLayout *layout)
{
    guint64 needed = (guint64)tb_card_partition_sector(layout, layout->count) * TB_SECTOR;
    guint64 size = SMALLEST_CARD;

    while (size < needed) {
        size *= 2;
    }
    return size;
}

static void put_entry(guint8 *entry, const TbCardLayout *layout, unsigned index)
{
    /* The CHS fields say "beyond what they can hold": everybody reads the LBA ones. */
    static const guint8 no_chs[] = { 0xfe, 0xff, 0xff };

    entry[0] = index == 0 ? ENTRY_BOOTABLE : 0;
    memcpy(entry + 1, no_chs, sizeof(no_chs));
    entry[4] = layout->fat[index] ? ENTRY_TYPE_FAT : ENTRY_TYPE_LINUX;
    memcpy(entry + 5, no_chs, sizeof(no_chs));
    put_le32(entry + 8, tb_card_partition_sector(layout, index));
    put_le32(entry + 12, layout->size_mib[index] * SECTORS_PER_MIB);
}

void tb_card_mbr(const TbCardLayout *layout, guint8 mbr[TB_SECTOR])
{
    memset(mbr, 0, TB_SECTOR);
    put_le32(mbr + MBR_DISK_SIGNATURE, DISK_SIGNATURE);
    for (unsigned i = 0; i < layout->count; i++) {
        put_entry(mbr + MBR_ENTRIES + i * MBR_ENTRY_SIZE, layout, i);
    }
    mbr[MBR_BOOT_MARK] = 0x55;
    mbr[MBR_BOOT_MARK + 1] = 0xaa;
}
