/* SPDX-License-Identifier: BSD-2-Clause */
/* Partitions of the SD card as disks of guests. */
#ifndef VMM_ARMV7_DISK_H
#define VMM_ARMV7_DISK_H

#include "core/virtio_blk.h"
#include "core/hyp.h"

struct disk {
    struct blk_backend backend;
    uint64_t first_sector;
};

/* Makes *disk that partition (1 to 4) of the card, which is identified when this is called first: by
 * one CPU, before guests run.  NULL, or why it cannot be had. */
const char *disk_open(struct disk *disk, unsigned partition);

#endif
