/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio driver, honest or not, in a test VM.  Registers are those of virtio 1.1 table 4.1; rings
 * of 8 entries lie in the VM's memory, a page for each of descriptors, driver area, device area.
 */
#ifndef TESTS_UNIT_VMM_VIRTIO_H
#define TESTS_UNIT_VMM_VIRTIO_H

#include "core/guest_mem.h"
#include "core/virtio.h"
#include "vmm-vm.h"

#define RING_SIZE       8u
#define DESC_F_NEXT     1u
#define DESC_F_WRITE    2u
#define DESC_F_INDIRECT 4u
#define FEATURES        (VIRTIO_F_VERSION_1 | VIRTIO_F_INDIRECT_DESC)

/* Offsets in the VM's memory */
#define RING_AT(queue)  (TEST_RAM + 0x10000u + 0x4000u * (queue))
#define AVAIL_AT(queue) (RING_AT(queue) + 0x1000u)
#define USED_AT(queue)  (RING_AT(queue) + 0x2000u)
#define BUFFER          (TEST_RAM + 0x40000u)

struct driver {
    struct virtio *virtio;
    uint16_t offered[VIRTIO_QUEUE_MAX];   /* available indices */
};

static inline uint32_t reg_access(struct virtio *virtio, unsigned offset, unsigned size_bytes,
                                  bool is_write, uint32_t value)
{
    struct mmio_access access = {
        .offset = offset, .size_bytes = (uint8_t)size_bytes, .is_write = is_write,
        .value = value,
    };

    arch_lock(&virtio->hyp->lock);
    fake_check(virtio_access(virtio, &virtio->hyp->vcpu[0], &access) == MMIO_DONE, "virtio");
    arch_unlock(&virtio->hyp->lock);
    return access.value;
}

static inline uint32_t get(struct virtio *virtio, unsigned offset)
{
    return reg_access(virtio, offset, 4, false, 0);
}

static inline void set(struct virtio *virtio, unsigned offset, uint32_t value)
{
    reg_access(virtio, offset, 4, true, value);
}

/* Does all work of the VM, as its vCPUs would. */
static inline void work(struct hyp *hyp)
{
    arch_lock(&hyp->lock);
    for (unsigned i = 0; work_run(hyp); i++) {
        fake_check(i < 100000, "the work never ends");
    }
    arch_unlock(&hyp->lock);
}

static inline void ram_put(struct hyp *hyp, uint32_t ipa, const void *from, size_t bytes)
{
    fake_check(guest_mem_write(hyp, ipa_init(ipa), from, bytes), "test memory");
}

static inline void ram_get(struct hyp *hyp, uint32_t ipa, void *to, size_t bytes)
{
    fake_check(guest_mem_read(hyp, ipa_init(ipa), to, bytes), "test memory");
}

static inline uint16_t ram_half(struct hyp *hyp, uint32_t ipa)
{
    uint16_t value;

    ram_get(hyp, ipa, &value, sizeof(value));
    return value;
}

static inline uint32_t ram_word(struct hyp *hyp, uint32_t ipa)
{
    uint32_t value;

    ram_get(hyp, ipa, &value, sizeof(value));
    return value;
}

static inline void ram_put_half(struct hyp *hyp, uint32_t ipa, uint16_t value)
{
    ram_put(hyp, ipa, &value, sizeof(value));
}

/* Up to FEATURES_OK. */
static inline void driver_negotiate(struct driver *driver, struct virtio *virtio,
                                    uint64_t features)
{
    *driver = (struct driver) {.virtio = virtio};
    set(virtio, 0x70, 0);
    set(virtio, 0x70, VIRTIO_ACKNOWLEDGE);
    set(virtio, 0x70, VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER);
    set(virtio, 0x24, 0);
    set(virtio, 0x20, (uint32_t)features);
    set(virtio, 0x24, 1);
    set(virtio, 0x20, (uint32_t)(features >> 32));
    set(virtio, 0x70, get(virtio, 0x70) | VIRTIO_FEATURES_OK);
}

static inline void driver_queue(struct driver *driver, unsigned queue)
{
    struct virtio *virtio = driver->virtio;
    const uint32_t at[3] = {RING_AT(queue), AVAIL_AT(queue), USED_AT(queue)};

    set(virtio, 0x30, queue);
    set(virtio, 0x38, RING_SIZE);
    for (unsigned i = 0; i < 3; i++) {
        set(virtio, 0x80 + 0x10 * i, at[i]);
        set(virtio, 0x84 + 0x10 * i, 0);
    }
    ram_put_half(virtio->hyp, AVAIL_AT(queue), 0);
    ram_put_half(virtio->hyp, AVAIL_AT(queue) + 2, 0);
    ram_put_half(virtio->hyp, USED_AT(queue) + 2, 0);
    set(virtio, 0x44, 1);
}

/* A driver that is at work with all queues. */
static inline void driver_start(struct driver *driver, struct virtio *virtio, uint64_t features)
{
    driver_negotiate(driver, virtio, features);
    for (unsigned i = 0; i < virtio->ops->queue_count; i++) {
        driver_queue(driver, i);
    }
    set(virtio, 0x70, get(virtio, 0x70) | VIRTIO_DRIVER_OK);
}

/* Descriptor index of a table at table. */
static inline void put_desc(struct hyp *hyp, uint32_t table, unsigned index, uint64_t ipa,
                            uint32_t bytes, uint16_t flags, uint16_t next)
{
    struct {
        uint64_t ipa;
        uint32_t bytes;
        uint16_t flags, next;
    } desc = {ipa, bytes, flags, next};

    ram_put(hyp, table + 16 * index, &desc, sizeof(desc));
}

/* Descriptor index of a queue's own table. */
static inline void desc(struct driver *driver, unsigned queue, unsigned index, uint64_t ipa,
                        uint32_t bytes, uint16_t flags, uint16_t next)
{
    put_desc(driver->virtio->hyp, RING_AT(queue), index, ipa, bytes, flags, next);
}

/* Puts a chain into the available ring, without a notification. */
static inline void offer(struct driver *driver, unsigned queue, uint16_t head)
{
    struct hyp *hyp = driver->virtio->hyp;
    uint16_t index = driver->offered[queue]++;

    ram_put_half(hyp, AVAIL_AT(queue) + 4 + 2 * (index % RING_SIZE), head);
    ram_put_half(hyp, AVAIL_AT(queue) + 2, driver->offered[queue]);
}

/* Notifies, and lets the device work. */
static inline void kick(struct driver *driver, unsigned queue)
{
    set(driver->virtio, 0x50, queue);
    work(driver->virtio->hyp);
}

static inline uint16_t used_index(struct driver *driver, unsigned queue)
{
    return ram_half(driver->virtio->hyp, USED_AT(queue) + 2);
}

/* The number of bytes that the device says it wrote, of the last used entry. */
static inline uint32_t used_bytes(struct driver *driver, unsigned queue)
{
    unsigned index = (uint16_t)(used_index(driver, queue) - 1) % RING_SIZE;

    return ram_word(driver->virtio->hyp, USED_AT(queue) + 4 + 8 * index + 4);
}

static inline bool needs_reset(const struct driver *driver)
{
    return get(driver->virtio, 0x70) & VIRTIO_NEEDS_RESET;
}

static inline bool line(const struct virtio *virtio)
{
    return virtio->hyp->vgic.irq[virtio->intid - VGIC_PRIVATE_COUNT].line;
}

#endif
