/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio console for guests, of one port.  Virtio 1.1, 5.3.
 */
#ifndef VMM_CORE_VIRTIO_CONSOLE_H
#define VMM_CORE_VIRTIO_CONSOLE_H

#include "core/virtio.h"

#define VIRTIO_CONSOLE_FIFO 64u

struct virtio_console {
    struct virtio virtio;
    void (*put)(void *opaque, char c);   /* a character that the guest sent; VM's lock held */
    void *opaque;
    uint32_t sent;                       /* characters of the request that is under way */
    uint8_t fifo[VIRTIO_CONSOLE_FIFO];   /* received, no buffer of the driver's yet */
    unsigned head, count;
};

void virtio_console_init(struct virtio_console *console, struct hyp *hyp, unsigned intid,
                         void (*put)(void *opaque, char c), void *opaque);

/* A character arrives; lost if the FIFO is full.  The VM's lock is held. */
void virtio_console_receive(struct virtio_console *console, char c);

#endif
