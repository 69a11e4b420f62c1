/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The devices that every guest of the board has beside its UART, and where.
 */
#ifndef VMM_ARMV7_DEVICES_H
#define VMM_ARMV7_DEVICES_H

#include "core/pl031.h"
#include "core/pl061.h"
#include "core/virtio_console.h"
#include "core/virtio_net.h"
#include "core/virtio_rng.h"

/* At GUEST_VIRTIO (boot/guest_map.h), in this order. */
#define DEVICES_VIRTIO_COUNT 3 /* net, entropy, console */

struct guest_devices {
    struct pl031 rtc;           /* 1970 at power-on: the board has no time yet */
    struct pl061 gpio;
    struct vm_alarm release;    /* of the power button */
    struct virtio_net net;
    struct virtio_rng rng;
    struct virtio_console console;
};

/* Adds the devices to VM number, from virtio place `first` on.  Its network card is
 * 02:00:00:00:00:number + 1, on one switch with the others'.  put: what the guest sends to its console, as virtio_console_init() has it.
 * Returns 0, or as vm_add_device() and net_connect(). */
int devices_add(struct guest_devices *devices, struct hyp *hyp, unsigned number,
                unsigned first, void (*put)(void *opaque, char c), void *opaque);

/* Presses the power button for a tenth of a second.  The VM's lock is held. */
void devices_press_button(struct guest_devices *devices);

#endif
