/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 USB 2.0 host: QEMU's EHCI with three root ports, its OHCI as
 * companion of all three, and their common interrupt.
 *
 * QEMU interface:
 *  + sysbus MMIO region 0: EHCI (capabilities at 0, CAPLENGTH 0x10)
 *  + sysbus MMIO region 1: OHCI
 *  + GPIO output 0: their interrupt
 *  + bus "ehci.0", its ports "1" (the SoC's USB 2.0 PHY), "2" and "3" (HSIC)
 *
 * Interrupt and addresses: Linux exynos5250.dtsi, usb@12110000, usb@12120000.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_USB2_H
#define HW_ARM_EXYNOS5_EXYNOS5_USB2_H

#include "hw/or-irq.h"
#include "hw/sysbus.h"
#include "hw/usb/hcd-ehci.h"
#include "hw/usb/hcd-ohci.h"

#define TYPE_EXYNOS5_USB2 "exynos5-usb2"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5Usb2State, EXYNOS5_USB2)

enum {
    EXYNOS5_USB2_PORTS = 3,
};

struct Exynos5Usb2State {
    SysBusDevice parent_obj;

    EHCISysBusState ehci;
    OHCISysBusState ohci;
    OrIRQState irq;
};

/* exynos5_usb2_bus: the bus of all ports; @s must be realized. */
USBBus *exynos5_usb2_bus(Exynos5Usb2State *s);

#endif
