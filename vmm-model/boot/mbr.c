/* SPDX-License-Identifier: BSD-2-Clause */
/* The master boot record, as the UEFI Specification 2.10, 5.2.1 has it. */
#include "boot/mbr.h"

#define TABLE_AT      446u
#define ENTRY_BYTES   16u
#define SIGNATURE_AT  510u

static uint32_t word_at(const uint8_t *at)
{
    return at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
}

bool mbr_find(const uint8_t sector[MBR_BYTES], unsigned number, struct mbr_partition *partition)
{
    const uint8_t *entry;

    if (number < 1 || number > 4 || sector[SIGNATURE_AT] != 0x55 ||
        sector[SIGNATURE_AT + 1] != 0xaa) {
        return false;
    }
    entry = sector + TABLE_AT + (number - 1) * ENTRY_BYTES;
    partition->first_sector = word_at(entry + 8);
    partition->sector_count = word_at(entry + 12);
    return entry[4] != 0 && partition->first_sector > 0 && partition->sector_count > 0 &&
           partition->first_sector + partition->sector_count > partition->first_sector;
}
