/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtio-mmio transport for devices of guests.  Virtio 1.1, 4.2.2 (version 2, "modern"), with
 * the device life cycle of 2.1 and 3.1.
 *
 * A device (virtio_blk.c and so on) has a struct virtio and a struct virtio_ops.  A notification of
 * the driver marks a queue; the device takes its requests one by one as work (work.h).  A driver
 * that breaks the rules finds DEVICE_NEEDS_RESET in the status and no more answers until it resets.
 */
#ifndef VMM_CORE_VIRTIO_H
#define VMM_CORE_VIRTIO_H

#include <stdbool.h>
#include <stdint.h>
#include "core/mmio.h"
#include "core/virtq.h"
#include "core/work.h"

#define VIRTIO_MMIO_BYTES 0x1000u
#define VIRTIO_QUEUE_MAX  2

/* Status, 2.1 */
#define VIRTIO_ACKNOWLEDGE  1u
#define VIRTIO_DRIVER       2u
#define VIRTIO_DRIVER_OK    4u
#define VIRTIO_FEATURES_OK  8u
#define VIRTIO_NEEDS_RESET  64u
#define VIRTIO_FAILED       128u

/* Features of all devices, 6 */
#define VIRTIO_F_INDIRECT_DESC (1ull << 28)
#define VIRTIO_F_EVENT_IDX     (1ull << 29)
#define VIRTIO_F_VERSION_1     (1ull << 32)

/* Device IDs, 5 */
#define VIRTIO_ID_NET     1u
#define VIRTIO_ID_BLOCK   2u
#define VIRTIO_ID_CONSOLE 3u
#define VIRTIO_ID_RNG     4u

struct hyp;
struct virtio;

/* What a device makes of a queue. */
enum virtio_result {
    VIRTIO_IDLE,    /* nothing to do until the next notification */
    VIRTIO_MORE,    /* one request is done, there may be others */
    VIRTIO_BROKEN,  /* the driver broke a rule */
};

/* What makes a device out of a struct virtio. */
struct virtio_ops {
    uint32_t device_id;
    uint64_t features;           /* offered beside those of all devices */
    unsigned queue_count;        /* 1 to VIRTIO_QUEUE_MAX */
    unsigned config_bytes;       /* of virtio.config */
    /* Handles at most one request of queue, which is ready. */
    enum virtio_result (*process)(struct virtio *virtio, unsigned queue);
    void (*reset)(struct virtio *virtio);   /* after the transport's own reset; NULL: nothing */
    void (*save)(struct virtio *virtio, struct save_stream *s); /* of the device's; NULL: none */
};

struct virtio {
    const struct virtio_ops *ops;
    struct hyp *hyp;
    unsigned intid;              /* of its interrupt line, 32 up */
    uint64_t offered;            /* features */
    uint64_t accepted;           /* features that the driver has written */
    uint32_t offered_select;     /* which 32 bits of offered are read */
    uint32_t accepted_select;    /* which 32 bits of accepted are written */
    uint32_t status;
    uint32_t interrupt_status;
    uint32_t queue_select;
    uint32_t notified;           /* a bit for each queue with requests not yet looked at */
    struct virtq queue[VIRTIO_QUEUE_MAX];
    const void *config;          /* the device's configuration space, little-endian */
    struct vm_work work;
    struct virtq_chain chain;    /* the request that is under way */
};

/* A device in its reset state.  config: ops->config_bytes, lent.  It gets an address by
 * vm_add_device() with virtio_access. */
void virtio_init(struct virtio *virtio, const struct virtio_ops *ops, struct hyp *hyp,
                 unsigned intid, const void *config);

/* As the driver's write of 0 to the status. */
void virtio_reset(struct virtio *virtio);

/* The registers, for mmio_add(): VIRTIO_MMIO_BYTES; opaque is the struct virtio. */
enum mmio_result virtio_access(void *opaque, struct hypctx *ctx, struct mmio_access *access);

extern const struct mmio_device_ops virtio_device_ops;

/* Something came for a queue from outside (a character, a frame): lets the device fill the driver's
 * buffers now.  The caller bounds how much there is.  The VM's lock is held. */
void virtio_service(struct virtio *virtio, unsigned queue);

/* ---- For devices, in process() ---- */

/* Takes the queue's next request into virtio->chain; VIRTIO_MORE: it is there. */
enum virtio_result virtio_take(struct virtio *virtio, unsigned queue);

/* Gives virtio->chain back, written_bytes filled: VIRTIO_MORE, or VIRTIO_BROKEN. */
enum virtio_result virtio_give(struct virtio *virtio, unsigned queue, uint32_t written_bytes);

#endif
