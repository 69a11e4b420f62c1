/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtio entropy device.  Virtio 1.1, 5.4. */
#include <string.h>
#include "core/hyp.h"
#include "core/virtio_rng.h"

static enum virtio_result process(struct virtio *virtio, unsigned queue)
{
    struct virtio_rng *rng = (struct virtio_rng *)virtio;
    enum virtio_result result = virtio_take(virtio, queue);
    uint8_t entropy[VIRTIO_RNG_BYTES_MAX];
    uint32_t bytes = virtio->chain.write_bytes;

    if (result != VIRTIO_MORE) {
        return result;
    }
    if (bytes == 0) {
        return VIRTIO_BROKEN; /* 5.4.6.1 */
    }
    bytes = bytes < sizeof(entropy) ? bytes : (uint32_t)sizeof(entropy);
    rng->fill(rng->opaque, entropy, bytes);
    if (!virtq_write(virtio->hyp, &virtio->chain, 0, entropy, bytes)) {
        return VIRTIO_BROKEN;
    }
    return virtio_give(virtio, queue, bytes);
}

static const struct virtio_ops ops = {
    .device_id = VIRTIO_ID_RNG,
    .queue_count = 1,
    .process = process,
};

void virtio_rng_init(struct virtio_rng *rng, struct hyp *hyp, unsigned intid,
                     void (*fill)(void *opaque, void *to, size_t size_bytes), void *opaque)
{
    memset(rng, 0, sizeof(*rng));
    rng->fill = fill;
    rng->opaque = opaque;
    virtio_init(&rng->virtio, &ops, hyp, intid, NULL);
}
