/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio block device for guests, and what it wants of the disk behind it.  Virtio 1.1, 5.2.
 */
#ifndef VMM_CORE_VIRTIO_BLK_H
#define VMM_CORE_VIRTIO_BLK_H

#include <stdbool.h>
#include <stdint.h>

#define BLK_SECTOR_BYTES 512u
#define BLK_ID_BYTES     20

/*
 * A disk: a card's partition on the board, an array in tests.  The device checks ranges, so
 * functions see sector + count <= sector_count, count >= 1, and memory that is aligned to 4 bytes
 * and contiguous (virtual = physical on the board).  They return 0, or a negative number if the
 * medium failed (the guest sees an I/O error).
 *
 * They are called with the lock of the VM held that owns the device, and return when the transfer is
 * done.  Disks of two VMs on one card are used from two CPUs at once: the backend has a lock of its
 * own then.  They must take no VM's lock.
 */
struct blk_backend {
    int (*read)(void *opaque, uint64_t sector, void *to, uint32_t count);
    int (*write)(void *opaque, uint64_t sector, const void *from, uint32_t count);
    int (*flush)(void *opaque);     /* what was written is on the medium; NULL: always is */
    void *opaque;                   /* lent, as the structure is, for the life of the device */
    uint64_t sector_count;          /* of BLK_SECTOR_BYTES */
    bool read_only;                 /* write and flush are never called */
    char id[BLK_ID_BYTES + 1];      /* what the guest sees as its serial number */
};

#endif
