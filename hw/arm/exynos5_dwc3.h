/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 USB 3.0 host: QEMU's DWC3 with its xHCI, one USB 2.0 and one
 * USB 3.0 port.  The device and OTG roles are absent.
 *
 * QEMU interface:
 *  + sysbus MMIO region 0: xHCI at 0, DWC3 global registers at 0xc100
 *  + named GPIO output SYSBUS_DEVICE_GPIO_IRQ 0: the interrupt
 *  + bus "xhci.0"
 *
 * Addresses: Linux exynos5250.dtsi, usb@12000000.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_DWC3_H
#define HW_ARM_EXYNOS5_EXYNOS5_DWC3_H

#include "hw/sysbus.h"
#include "hw/usb/hcd-dwc3.h"

#define TYPE_EXYNOS5_DWC3 "exynos5-dwc3"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5Dwc3State, EXYNOS5_DWC3)

/* Windows of the container, see exynos5_dwc3.c. */
enum {
    EXYNOS5_DWC3_XHCI,
    EXYNOS5_DWC3_RUNTIME,
    EXYNOS5_DWC3_DOORBELLS,
    EXYNOS5_DWC3_GLOBALS,
    EXYNOS5_DWC3_WINDOWS
};

struct Exynos5Dwc3State {
    SysBusDevice parent_obj;

    USBDWC3 dwc3;
    MemoryRegion container;
    MemoryRegion window[EXYNOS5_DWC3_WINDOWS];
    MemoryRegion offsets;       /* DBOFF and RTSOFF */
};

#endif
