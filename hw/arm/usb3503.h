/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SMSC USB3503: a high-speed hub with three ports.
 *
 * QEMU interface:
 *  + a device on a USB bus, which it extends by the ports "P.1" to "P.3" of
 *    the port P that it is on
 *  + named GPIO input "reset-n": RESET_N, high until first driven.  While it
 *    is low the hub and what is behind it are off the bus.
 *
 * Its transaction translator is absent, since QEMU's EHCI has no split
 * transactions: the ports take high-speed devices only.
 */
#ifndef HW_ARM_EXYNOS5_USB3503_H
#define HW_ARM_EXYNOS5_USB3503_H

#include "hw/usb.h"

#define TYPE_USB3503 "usb3503"
OBJECT_DECLARE_SIMPLE_TYPE(Usb3503State, USB3503)

#define USB3503_RESET_N "reset-n"

enum {
    USB3503_PORTS = 3,
};

typedef struct Usb3503Port {
    USBPort port;
    uint16_t status;    /* wPortStatus, USB 2.0 table 11-21 */
    uint16_t change;    /* wPortChange, USB 2.0 table 11-22 */
} Usb3503Port;

struct Usb3503State {
    USBDevice parent_obj;

    USBEndpoint *status_ep;
    Usb3503Port ports[USB3503_PORTS];
};

#endif
