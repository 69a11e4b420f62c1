/* SPDX-License-Identifier: BSD-2-Clause */
/* Primary partitions of a disk. */
#ifndef VMM_BOOT_MBR_H
#define VMM_BOOT_MBR_H

#include <stdbool.h>
#include <stdint.h>

#define MBR_BYTES 512u

struct mbr_partition {
    uint32_t first_sector;
    uint32_t sector_count;
};

/* The partition with that number, 1 to 4, of the table in the disk's first sector.  False: no table,
 * no such partition, or one that is empty or begins in the table. */
bool mbr_find(const uint8_t sector[MBR_BYTES], unsigned number, struct mbr_partition *partition);

#endif
