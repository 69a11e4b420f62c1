/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A PL061 GPIO controller for guests, of eight pins.  ARM DDI 0190.  Its duty here is the power
 * button: Linux's gpio-keys wants a pin with an interrupt.
 */
#ifndef VMM_CORE_PL061_H
#define VMM_CORE_PL061_H

#include <stdbool.h>
#include <stdint.h>
#include "core/mmio.h"

#define PL061_POWER_BUTTON 3   /* the pin that guest device trees name */

struct pl061 {
    struct hyp *hyp;
    unsigned intid;            /* of its interrupt line, 32 up */
    uint8_t input;             /* levels outside of the pins */
    uint8_t output;            /* GPIODATA of those that are outputs */
    uint8_t dir, is, ibe, iev, ie, afsel;
    uint8_t edges;             /* seen, not yet cleared */
};

/* Reset state, all pins low. */
void pl061_init(struct pl061 *gpio, struct hyp *hyp, unsigned intid);

/* The registers, for mmio_add(): 4 KiB; opaque is the struct pl061. */
enum mmio_result pl061_access(void *opaque, struct hypctx *ctx, struct mmio_access *access);

extern const struct mmio_device_ops pl061_ops;

/* The level of a pin from outside, 0 to 7: the power button is pressed (true), or released.  The
 * VM's lock is held. */
void pl061_set_pin(struct pl061 *gpio, unsigned pin, bool level);

#endif
