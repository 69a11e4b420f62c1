/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio entropy device for guests.  Virtio 1.1, 5.4.
 */
#ifndef VMM_CORE_VIRTIO_RNG_H
#define VMM_CORE_VIRTIO_RNG_H

#include <stddef.h>
#include "core/virtio.h"

#define VIRTIO_RNG_BYTES_MAX 64u /* of an answer; the driver asks again */

struct virtio_rng {
    struct virtio virtio;
    void (*fill)(void *opaque, void *to, size_t size_bytes); /* with entropy; VM's lock held */
    void *opaque;
};

void virtio_rng_init(struct virtio_rng *rng, struct hyp *hyp, unsigned intid,
                     void (*fill)(void *opaque, void *to, size_t size_bytes), void *opaque);

#endif
