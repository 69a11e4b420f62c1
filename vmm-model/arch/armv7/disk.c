/* SPDX-License-Identifier: BSD-2-Clause */
/* The card's partitions as disks of guests: what core/virtio_blk.h wants, on mshc.c. */
#include "arch/armv7/disk.h"
#include "arch/armv7/mshc.h"
#include "boot/mbr.h"

static struct {
    struct arch_lock lock;          /* one transfer at a time */
    enum { CARD_UNKNOWN, CARD_ABSENT, CARD_READY } state;
    uint32_t table[MBR_BYTES / 4];
} card;

static int read(void *opaque, uint64_t sector, void *to, uint32_t count)
{
    const struct disk *disk = opaque;
    bool done;

    arch_lock(&card.lock);
    done = mshc_read(disk->first_sector + sector, to, count);
    arch_unlock(&card.lock);
    return done ? 0 : -1;
}

static int write(void *opaque, uint64_t sector, const void *from, uint32_t count)
{
    const struct disk *disk = opaque;
    bool done;

    arch_lock(&card.lock);
    done = mshc_write(disk->first_sector + sector, from, count);
    arch_unlock(&card.lock);
    return done ? 0 : -1;
}

const char *disk_open(struct disk *disk, unsigned partition)
{
    struct mbr_partition place;

    if (card.state == CARD_UNKNOWN) {
        card.state = mshc_init() && mshc_read(0, card.table, 1) ? CARD_READY : CARD_ABSENT;
    }
    if (card.state == CARD_ABSENT) {
        return "there is no SD card that answers";
    }
    if (!mbr_find((const uint8_t *)card.table, partition, &place)) {
        return "the SD card has no such partition";
    }
    disk->first_sector = place.first_sector;
    disk->backend = (struct blk_backend) {
        .read = read, .write = write, .opaque = disk, .sector_count = place.sector_count,
        .id = "vmm-model-disk",
    };
    return NULL;
}
