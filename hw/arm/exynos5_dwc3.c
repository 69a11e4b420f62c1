/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 USB 3.0 host: composition of QEMU's usb_dwc3.
 *
 * QEMU's xHCI has its runtime registers and doorbells at 0x1000 and 0x2000.
 * The silicon's are below 0x1000, and FreeBSD 11, which maps one page of it
 * and believes RTSOFF and DBOFF (xhci.c, xhci_init), would access what
 * follows that page.  So both are moved: two aliases, and an overlay of the
 * two registers that tell.  Their exact offsets on silicon are not known.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/bitops.h"
#include "hw/arm/exynos5/exynos5_dwc3.h"
#include "hw/qdev-properties.h"

enum {
    WINDOW_BYTES = 0x10000,
    XHCI_BYTES = 0x600,         /* capabilities, operational, 2 ports */
    QEMU_RTSOFF = 0x1000,
    QEMU_DBOFF = 0x2000,
    RTSOFF = 0x600,
    RUNTIME_BYTES = 0x40,       /* one interrupter */
    DBOFF = 0x640,
    DOORBELL_BYTES = 4 * (XHCI_MAXSLOTS + 1),
    GLOBALS = 0xc100,
    GLOBALS_BYTES = 0x600,
    A_DBOFF = 0x14,             /* xHCI 5.3.7 */
    A_RTSOFF = 0x18,            /* xHCI 5.3.8 */
};
QEMU_BUILD_BUG_ON(DBOFF < RTSOFF + RUNTIME_BYTES);
QEMU_BUILD_BUG_ON(DBOFF + DOORBELL_BYTES > 0x1000);

/* The name of the bus comes from the id of the xHCI. */
#define XHCI_ID "xhci"

static uint64_t exynos5_dwc3_read_offsets(void *opaque, hwaddr offset,
                                          unsigned size)
{
    const uint64_t both = DBOFF | (uint64_t)RTSOFF << 8 * (A_RTSOFF - A_DBOFF);

    return extract64(both, 8 * offset, 8 * size);
}

static void exynos5_dwc3_write_offsets(void *opaque, hwaddr offset,
                                       uint64_t value, unsigned size)
{
    /* Read-only, as all capability registers. */
}

static const MemoryRegionOps exynos5_dwc3_offsets_ops = {
    .read = exynos5_dwc3_read_offsets,
    .write = exynos5_dwc3_write_offsets,
    .valid.min_access_size = 1,
    .valid.max_access_size = 4,
    .impl.min_access_size = 1,
    .impl.max_access_size = 4,
    .endianness = DEVICE_LITTLE_ENDIAN,
};

static void exynos5_dwc3_map(Exynos5Dwc3State *s)
{
    static const struct {
        const char *name;
        hwaddr at, from;
        uint64_t bytes;
    } windows[EXYNOS5_DWC3_WINDOWS] = {
        [EXYNOS5_DWC3_XHCI] = { "xhci", 0, 0, XHCI_BYTES },
        [EXYNOS5_DWC3_RUNTIME] = { "xhci-runtime", RTSOFF, QEMU_RTSOFF,
                                   RUNTIME_BYTES },
        [EXYNOS5_DWC3_DOORBELLS] = { "xhci-doorbells", DBOFF, QEMU_DBOFF,
                                     DOORBELL_BYTES },
        [EXYNOS5_DWC3_GLOBALS] = { "dwc3-globals", GLOBALS, GLOBALS,
                                   GLOBALS_BYTES },
    };
    MemoryRegion *whole = sysbus_mmio_get_region(SYS_BUS_DEVICE(&s->dwc3), 0);

    for (unsigned i = 0; i < EXYNOS5_DWC3_WINDOWS; i++) {
        memory_region_init_alias(&s->window[i], OBJECT(s), windows[i].name,
                                 whole, windows[i].from, windows[i].bytes);
        memory_region_add_subregion(&s->container, windows[i].at,
                                    &s->window[i]);
    }
    memory_region_add_subregion_overlap(&s->container, A_DBOFF, &s->offsets, 1);
}

static void exynos5_dwc3_init(Object *obj)
{
    Exynos5Dwc3State *s = EXYNOS5_DWC3(obj);

    object_initialize_child(obj, "dwc3", &s->dwc3, TYPE_USB_DWC3);
    memory_region_init(&s->container, obj, TYPE_EXYNOS5_DWC3, WINDOW_BYTES);
    memory_region_init_io(&s->offsets, obj, &exynos5_dwc3_offsets_ops, s,
                          "xhci-offsets", 8);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->container);
}

static void exynos5_dwc3_realize(DeviceState *dev, Error **errp)
{
    Exynos5Dwc3State *s = EXYNOS5_DWC3(dev);
    DeviceState *xhci = DEVICE(&s->dwc3.sysbus_xhci);

    xhci->id = g_strdup(XHCI_ID);
    qdev_prop_set_uint32(xhci, "intrs", 1);
    qdev_prop_set_uint32(xhci, "slots", XHCI_MAXSLOTS);
    qdev_prop_set_uint32(xhci, "p2", 1);
    qdev_prop_set_uint32(xhci, "p3", 1);
    if (!sysbus_realize(SYS_BUS_DEVICE(&s->dwc3), errp)) {
        return;
    }
    exynos5_dwc3_map(s);
    qdev_pass_gpios(xhci, dev, SYSBUS_DEVICE_GPIO_IRQ);
}

static void exynos5_dwc3_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "Exynos5250 USB 3.0 host (DWC3 and xHCI)";
    dc->realize = exynos5_dwc3_realize;
}

static const TypeInfo exynos5_dwc3_type = {
    .name = TYPE_EXYNOS5_DWC3,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Exynos5Dwc3State),
    .instance_init = exynos5_dwc3_init,
    .class_init = exynos5_dwc3_class_init,
};

static void exynos5_dwc3_register_types(void)
{
    type_register_static(&exynos5_dwc3_type);
}
type_init(exynos5_dwc3_register_types)
