/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device's side of a split virtqueue.  Virtio 1.1, 2.6.
 *
 * Everything in a ring is the guest's, and may change while it is read: a descriptor is copied
 * before it is believed.  A ring that breaks the rules gives VIRTQ_BROKEN, after a number of steps
 * that its size bounds; the device then needs a reset (2.1.2).
 * All functions want the VM's lock held.
 */
#ifndef VMM_CORE_VIRTQ_H
#define VMM_CORE_VIRTQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/addr.h"

#define VIRTQ_SIZE_MAX        128u
#define VIRTQ_CHAIN_BYTES_MAX (2u << 20) /* what one request may have the hypervisor move */

struct hyp;

struct virtq {
    uint16_t size;         /* 1 to VIRTQ_SIZE_MAX, a power of 2, when ready */
    bool ready;
    bool indirect;         /* negotiated: VIRTIO_F_INDIRECT_DESC, VIRTIO_F_EVENT_IDX */
    bool event_idx;
    ipaddr_t desc;         /* descriptor table */
    ipaddr_t avail;        /* driver area: what the driver offers */
    ipaddr_t used;         /* device area: what it gets back */
    uint16_t avail_index;  /* next of the available ring that is taken, counted modulo 2^16 */
    uint16_t used_index;   /* next of the used ring that is filled, likewise */
    uint16_t signalled;    /* used_index when an interrupt was considered last */
};

/* A buffer in the guest's memory, not yet known to be mapped. */
struct virtq_segment {
    ipaddr_t ipa;
    uint32_t bytes;
};

/* A request: segments that the device reads, then segments that it writes. */
struct virtq_chain {
    uint16_t head;         /* its first descriptor, for virtq_give() */
    unsigned count;        /* of seg[], at most the ring's size */
    unsigned read_count;   /* the first so many of them are read */
    uint32_t read_bytes;   /* together at most VIRTQ_CHAIN_BYTES_MAX */
    uint32_t write_bytes;
    struct virtq_segment seg[VIRTQ_SIZE_MAX];
};

enum virtq_result {
    VIRTQ_EMPTY,   /* nothing is available; the driver notifies when something is */
    VIRTQ_TAKEN,
    VIRTQ_BROKEN,
};

/* Makes the ring ready with its size and areas as they are; false: they are not ones that 2.6
 * allows (size, alignment, beyond 40 bits). */
bool virtq_start(struct virtq *q);

/* What virtq_start() demands, and whether the ring may be believed to be ready after a restore. */
bool virtq_is_valid(const struct virtq *q);

/* Takes the next available chain, if q is ready. */
enum virtq_result virtq_take(struct hyp *hyp, struct virtq *q, struct virtq_chain *chain);

/* Undoes the last virtq_take(): the next one finds the same request. */
void virtq_untake(struct virtq *q);

/* Returns a chain to the driver, written_bytes of its writable part filled.  False: broken. */
bool virtq_give(struct hyp *hyp, struct virtq *q, const struct virtq_chain *chain,
                uint32_t written_bytes);

/* *wanted: whether the driver wants an interrupt for what was given since the last call.  False:
 * broken. */
bool virtq_interrupt(struct hyp *hyp, struct virtq *q, bool *wanted);

/* Copies bytes [at, at + size_bytes) of the readable part from, of the writable part to, the guest.
 * False: outside of the chain, or not in the guest's memory (some may be copied). */
bool virtq_read(struct hyp *hyp, const struct virtq_chain *chain, uint32_t at, void *to,
                uint32_t size_bytes);
bool virtq_write(struct hyp *hyp, const struct virtq_chain *chain, uint32_t at, const void *from,
                 uint32_t size_bytes);

/* Where the hypervisor finds byte at of the readable (write: writable) part; *size_bytes gets how
 * many bytes are contiguous from there.  NULL as guest_mem_at(), and at the end of the part. */
void *virtq_at(struct hyp *hyp, const struct virtq_chain *chain, bool write, uint32_t at,
               uint32_t *size_bytes);

#endif
