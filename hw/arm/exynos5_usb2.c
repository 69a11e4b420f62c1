/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 USB 2.0 host: composition of QEMU's EHCI and OHCI.  A device
 * that is not high-speed is handed to the companion, as on silicon: the EHCI
 * has no transaction translator.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "hw/arm/exynos5/exynos5_usb2.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"

#define TYPE_EXYNOS5_EHCI "exynos5-ehci"
/* The name of the EHCI's bus comes from its id, see qbus_init_internal(). */
#define EHCI_ID "ehci"
#define EHCI_BUS "ehci.0"

USBBus *exynos5_usb2_bus(Exynos5Usb2State *s)
{
    return &s->ehci.ehci.bus;
}

static void exynos5_usb2_init(Object *obj)
{
    Exynos5Usb2State *s = EXYNOS5_USB2(obj);

    object_initialize_child(obj, "ehci", &s->ehci, TYPE_EXYNOS5_EHCI);
    object_initialize_child(obj, "ohci", &s->ohci, TYPE_SYSBUS_OHCI);
    object_initialize_child(obj, "irq", &s->irq, TYPE_OR_IRQ);
}

static bool exynos5_usb2_realize_hosts(Exynos5Usb2State *s, Error **errp)
{
    DeviceState *ehci = DEVICE(&s->ehci), *ohci = DEVICE(&s->ohci);

    ehci->id = g_strdup(EHCI_ID);
    qdev_prop_set_bit(ehci, "companion-enable", true);
    qdev_prop_set_string(ohci, "masterbus", EHCI_BUS);
    qdev_prop_set_uint32(ohci, "num-ports", EXYNOS5_USB2_PORTS);
    return sysbus_realize(SYS_BUS_DEVICE(ehci), errp) &&
           sysbus_realize(SYS_BUS_DEVICE(ohci), errp);
}

static void exynos5_usb2_realize(DeviceState *dev, Error **errp)
{
    Exynos5Usb2State *s = EXYNOS5_USB2(dev);
    SysBusDevice *sbd = SYS_BUS_DEVICE(dev);
    SysBusDevice *hosts[] = { SYS_BUS_DEVICE(&s->ehci),
                              SYS_BUS_DEVICE(&s->ohci) };

    object_property_set_int(OBJECT(&s->irq), "num-lines", ARRAY_SIZE(hosts),
                            &error_abort);
    if (!exynos5_usb2_realize_hosts(s, errp) ||
        !qdev_realize(DEVICE(&s->irq), NULL, errp)) {
        return;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(hosts); i++) {
        sysbus_init_mmio(sbd, sysbus_mmio_get_region(hosts[i], 0));
        sysbus_connect_irq(hosts[i], 0,
                           qdev_get_gpio_in(DEVICE(&s->irq), i));
    }
    qdev_pass_gpios(DEVICE(&s->irq), dev, NULL);
}

/* QEMU's sysbus-ohci saves nothing by itself. */
static const VMStateDescription vmstate_exynos5_usb2 = {
    .name = TYPE_EXYNOS5_USB2,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_STRUCT(ohci.ohci, Exynos5Usb2State, 1, vmstate_ohci_state,
                       OHCIState),
        VMSTATE_END_OF_LIST()
    },
};

static void exynos5_usb2_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "Exynos5250 USB 2.0 host (EHCI and OHCI)";
    dc->realize = exynos5_usb2_realize;
    dc->vmsd = &vmstate_exynos5_usb2;
}

static void exynos5_ehci_class_init(ObjectClass *oc, void *data)
{
    SysBusEHCIClass *sec = SYS_BUS_EHCI_CLASS(oc);

    sec->capsbase = 0;
    sec->opregbase = 0x10;
    sec->portnr = EXYNOS5_USB2_PORTS;
}

static const TypeInfo exynos5_usb2_types[] = {
    {
        .name = TYPE_EXYNOS5_EHCI,
        .parent = TYPE_SYS_BUS_EHCI,
        .class_init = exynos5_ehci_class_init,
    }, {
        .name = TYPE_EXYNOS5_USB2,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(Exynos5Usb2State),
        .instance_init = exynos5_usb2_init,
        .class_init = exynos5_usb2_class_init,
    },
};
DEFINE_TYPES(exynos5_usb2_types)
