/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A PL011 UART for guests.  ARM DDI 0183G.  Sends at once; receives into a FIFO of 16.
 */
#ifndef VMM_CORE_PL011_H
#define VMM_CORE_PL011_H

#include <stdbool.h>
#include <stdint.h>
#include "core/mmio.h"

#define PL011_FIFO_SIZE 16

struct pl011 {
    struct hyp *hyp;
    unsigned intid;                       /* of its interrupt line, 32 up */
    void (*put)(void *opaque, char c);    /* a character that the guest sent; VM's lock held */
    void *opaque;
    uint32_t cr, lcr_h, ibrd, fbrd, ifls, imsc, ris;
    uint8_t fifo[PL011_FIFO_SIZE];
    unsigned head, count;                 /* of received characters */
};

/* Reset state. */
void pl011_init(struct pl011 *uart, struct hyp *hyp, unsigned intid,
                void (*put)(void *opaque, char c), void *opaque);

/* The registers, for mmio_add(): 4 KiB; opaque is the struct pl011. */
enum mmio_result pl011_access(void *opaque, struct hypctx *ctx, struct mmio_access *access);

/* A character arrives; lost if the FIFO is full.  The VM's lock is held. */
void pl011_receive(struct pl011 *uart, char c);

extern const struct mmio_device_ops pl011_ops;

#endif
