/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio block device for guests, and what it wants of the disk behind it.  Virtio 1.1, 5.2.
 */
#ifndef VMM_CORE_VIRTIO_BLK_H
#define VMM_CORE_VIRTIO_BLK_H

#include <stdbool.h>
#include <stdint.h>
#include "core/virtio.h"

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

/* Configuration space, 5.2.4: little-endian, as the guest reads it. */
struct virtio_blk_config {
    uint64_t capacity;              /* sectors */
    uint32_t size_max, seg_max;     /* bytes of a segment, segments of a request */
    uint8_t geometry[4];
    uint32_t blk_size;              /* bytes */
};

struct virtio_blk {
    struct virtio virtio;
    const struct blk_backend *backend;
    struct virtio_blk_config config;
    uint32_t bounce[BLK_SECTOR_BYTES / 4]; /* a sector that is not contiguous in the guest */
};

/* A block device in its reset state.  Offers reads, writes (unless the backend is read-only), flush
 * and the serial number; answers others with UNSUPP. */
void virtio_blk_init(struct virtio_blk *blk, struct hyp *hyp, unsigned intid,
                     const struct blk_backend *backend);

#endif
