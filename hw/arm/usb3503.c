/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SMSC USB3503, a high-speed USB 2.0 hub (chapter 11 of that specification;
 * sections below are of it).  Its I2C configuration interface is absent: the
 * Arndale does not connect it (Linux exynos5250-arndale.dts, usb-hub).
 *
 * A port that is powered shows what is connected to it; reset enables it.
 * Ports are powered together with the hub, but can be switched one by one.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/bitops.h"
#include "qemu/log.h"
#include "hw/arm/exynos5/usb3503.h"
#include "hw/arm/exynos5/usb3503_regs.h"
#include "hw/qdev-core.h"
#include "hw/usb/desc.h"
#include "migration/vmstate.h"

#define CONNECTION  R_HUB_PORT_STATUS_CONNECTION_MASK
#define ENABLE      R_HUB_PORT_STATUS_ENABLE_MASK
#define SUSPEND     R_HUB_PORT_STATUS_SUSPEND_MASK
#define RESET       R_HUB_PORT_STATUS_RESET_MASK
#define POWER       R_HUB_PORT_STATUS_POWER_MASK
#define HIGH_SPEED  R_HUB_PORT_STATUS_HIGH_SPEED_MASK

enum {
    STATUS_ENDPOINT = 1,
    DESCRIPTOR_TYPE_HUB = 0x29,
    /* Individual power switching and over-current report, 11.23.2.1. */
    HUB_CHARACTERISTICS = 0x09,
    POWER_GOOD_2MS = 50,
};

/* Interrupt status needs a bit for the hub and one for each port, 11.12.4. */
QEMU_BUILD_BUG_ON(USB3503_PORTS + 1 > 8);

static const USBDescIface usb3503_iface = {
    .bNumEndpoints = 1,
    .bInterfaceClass = USB_CLASS_HUB,
    .eps = (USBDescEndpoint[]) {
        {
            .bEndpointAddress = USB_DIR_IN | STATUS_ENDPOINT,
            .bmAttributes = USB_ENDPOINT_XFER_INT,
            .wMaxPacketSize = 1,
            .bInterval = 12,
        },
    },
};

static const USBDescDevice usb3503_device = {
    .bcdUSB = 0x0200,
    .bDeviceClass = USB_CLASS_HUB,
    .bDeviceProtocol = 1,       /* one transaction translator, 11.23.1 */
    .bMaxPacketSize0 = 64,
    .bNumConfigurations = 1,
    .confs = (USBDescConfig[]) {
        {
            .bNumInterfaces = 1,
            .bConfigurationValue = 1,
            .bmAttributes = USB_CFG_ATT_ONE | USB_CFG_ATT_SELFPOWER |
                            USB_CFG_ATT_WAKEUP,
            .nif = 1,
            .ifs = &usb3503_iface,
        },
    },
};

/* It has none, but usb_desc_string() wants a table. */
static const USBDescStrings usb3503_strings;

/* Identifiers: Linux drivers/usb/misc/usb3503.c and the USB id lists. */
static const USBDesc usb3503_desc = {
    .id = {
        .idVendor = 0x0424,
        .idProduct = 0x3503,
        .bcdDevice = 0xa1a0,
    },
    .high = &usb3503_device,
    .str = usb3503_strings,
};

static Usb3503Port *usb3503_port(USBPort *port)
{
    return container_of(port, Usb3503Port, port);
}

/* Some port has news: the host reads them at the interrupt endpoint. */
static void usb3503_notify(Usb3503State *s)
{
    usb_wakeup(s->status_ep, 0);
}

static void usb3503_port_set(Usb3503Port *p, uint16_t bits)
{
    p->status |= bits;
}

/* @changes: bits of wPortChange that become 1, CONNECTION to RESET. */
static void usb3503_port_changed(Usb3503State *s, Usb3503Port *p,
                                 uint16_t changes)
{
    if (changes) {
        p->change |= changes;
        usb3503_notify(s);
    }
}

static bool usb3503_port_has_device(const Usb3503Port *p)
{
    return p->port.dev && p->port.dev->attached;
}

/* Shows a device behind a powered port, 11.5.1. */
static void usb3503_port_connect(Usb3503State *s, Usb3503Port *p)
{
    if ((p->status & POWER) && !(p->status & CONNECTION) &&
        usb3503_port_has_device(p)) {
        usb3503_port_set(p, CONNECTION);
        usb3503_port_changed(s, p, CONNECTION);
    }
}

static void usb3503_port_disconnect(Usb3503State *s, Usb3503Port *p)
{
    uint16_t was = p->status;

    p->status &= ~(CONNECTION | ENABLE | SUSPEND | HIGH_SPEED);
    usb3503_port_changed(s, p, was & CONNECTION);
}

static void usb3503_attach(USBPort *port)
{
    usb3503_port_connect(port->opaque, usb3503_port(port));
}

/* The hosts upstream drop what they have queued for the device. */
static void usb3503_child_detach(USBPort *port, USBDevice *child)
{
    Usb3503State *s = port->opaque;
    USBPort *upstream = USB_DEVICE(s)->port;

    if (upstream) {
        upstream->ops->child_detach(upstream, child);
    }
}

static void usb3503_detach(USBPort *port)
{
    usb3503_child_detach(port, port->dev);
    usb3503_port_disconnect(port->opaque, usb3503_port(port));
}

/* Remote wake-up of a suspended port, 11.9. */
static void usb3503_wakeup(USBPort *port)
{
    Usb3503Port *p = usb3503_port(port);

    if (p->status & SUSPEND) {
        p->status &= ~SUSPEND;
        usb3503_port_changed(port->opaque, p, SUSPEND);
    }
}

static void usb3503_complete(USBPort *port, USBPacket *packet)
{
    Usb3503State *s = port->opaque;
    USBPort *upstream = USB_DEVICE(s)->port;

    upstream->ops->complete(upstream, packet);
}

static USBPortOps usb3503_port_ops = {
    .attach = usb3503_attach,
    .detach = usb3503_detach,
    .child_detach = usb3503_child_detach,
    .wakeup = usb3503_wakeup,
    .complete = usb3503_complete,
};

/* Traffic passes the ports that are enabled and not suspended, 11.5.1. */
static USBDevice *usb3503_find_device(USBDevice *dev, uint8_t addr)
{
    Usb3503State *s = USB3503(dev);

    for (unsigned i = 0; i < USB3503_PORTS; i++) {
        Usb3503Port *p = &s->ports[i];
        USBDevice *found;

        if ((p->status & (ENABLE | SUSPEND)) == ENABLE) {
            found = usb_find_device(&p->port, addr);
            if (found) {
                return found;
            }
        }
    }
    return NULL;
}

static void usb3503_handle_reset(USBDevice *dev)
{
    Usb3503State *s = USB3503(dev);

    for (unsigned i = 0; i < USB3503_PORTS; i++) {
        s->ports[i].status = POWER;
        s->ports[i].change = 0;
        usb3503_port_connect(s, &s->ports[i]);
    }
}

static void usb3503_port_reset(Usb3503State *s, Usb3503Port *p)
{
    if (!(p->status & CONNECTION)) {
        return;
    }
    usb_device_reset(p->port.dev);
    p->status &= ~SUSPEND;
    usb3503_port_set(p, ENABLE | HIGH_SPEED);
    usb3503_port_changed(s, p, RESET);
}

static void usb3503_port_power(Usb3503State *s, Usb3503Port *p, bool on)
{
    if (on) {
        usb3503_port_set(p, POWER);
        usb3503_port_connect(s, p);
    } else {
        p->status = 0;
        p->change = 0;
    }
}

static bool usb3503_set_port_feature(Usb3503State *s, Usb3503Port *p,
                                     int feature)
{
    switch (feature) {
    case HUB_PORT_SUSPEND:
        if (p->status & ENABLE) {
            usb3503_port_set(p, SUSPEND);
        }
        return true;
    case HUB_PORT_RESET:
        usb3503_port_reset(s, p);
        return true;
    case HUB_PORT_POWER:
        usb3503_port_power(s, p, true);
        return true;
    case HUB_PORT_TEST:
    case HUB_PORT_INDICATOR:
        return true;            /* nothing of it can be seen */
    default:
        return false;
    }
}

static bool usb3503_clear_port_feature(Usb3503State *s, Usb3503Port *p,
                                       int feature)
{
    switch (feature) {
    case HUB_PORT_ENABLE:
        p->status &= ~(ENABLE | SUSPEND);
        return true;
    case HUB_PORT_SUSPEND:
        if (p->status & SUSPEND) {
            p->status &= ~SUSPEND;
            usb3503_port_changed(s, p, SUSPEND);
        }
        return true;
    case HUB_PORT_POWER:
        usb3503_port_power(s, p, false);
        return true;
    case HUB_PORT_INDICATOR:
        return true;
    case HUB_C_PORT_CONNECTION ... HUB_C_PORT_RESET:
        p->change &= ~BIT(feature - HUB_C_PORT_CONNECTION);
        return true;
    default:
        return false;
    }
}

static int usb3503_get_port_status(const Usb3503Port *p, uint8_t *data)
{
    stw_le_p(data, p->status);
    stw_le_p(data + 2, p->change);
    return 4;
}

/* 11.23.2.1; every port is removable and switched by itself. */
static int usb3503_get_hub_descriptor(uint8_t *data)
{
    const uint8_t descriptor[] = {
        9, DESCRIPTOR_TYPE_HUB, USB3503_PORTS, HUB_CHARACTERISTICS, 0,
        POWER_GOOD_2MS, 1, 0x00, 0xff,
    };

    memcpy(data, descriptor, sizeof(descriptor));
    return sizeof(descriptor);
}

/*
 * A request to port @index, numbered from 1.  Returns the bytes put into
 * @data, or -1 if the hub does not know such a request.
 */
static int usb3503_port_request(Usb3503State *s, int request, int value,
                                int index, uint8_t *data)
{
    unsigned n = (index & 0xff) - 1;
    bool known = false;

    if (n >= USB3503_PORTS) {
        return -1;
    }
    switch (request) {
    case HUB_GET_PORT_STATUS:
        return usb3503_get_port_status(&s->ports[n], data);
    case HUB_SET_PORT_FEATURE:
        known = usb3503_set_port_feature(s, &s->ports[n], value);
        break;
    case HUB_CLEAR_PORT_FEATURE:
        known = usb3503_clear_port_feature(s, &s->ports[n], value);
        break;
    }
    return known ? 0 : -1;
}

static int usb3503_request(Usb3503State *s, int request, int value, int index,
                           uint8_t *data)
{
    switch (request) {
    case HUB_GET_HUB_STATUS:
        memset(data, 0, 4);     /* power is good, no over-current */
        return 4;
    case HUB_GET_HUB_DESCRIPTOR:
        return usb3503_get_hub_descriptor(data);
    case HUB_SET_HUB_FEATURE:
    case HUB_CLEAR_HUB_FEATURE:
        return value <= 1 ? 0 : -1;
    default:
        return usb3503_port_request(s, request, value, index, data);
    }
}

static void usb3503_handle_control(USBDevice *dev, USBPacket *p, int request,
                                   int value, int index, int length,
                                   uint8_t *data)
{
    int bytes;

    if (usb_desc_handle_control(dev, p, request, value, index, length,
                                data) >= 0) {
        return;
    }
    bytes = usb3503_request(USB3503(dev), request, value, index, data);
    if (bytes < 0) {
        qemu_log_mask(LOG_GUEST_ERROR, "usb3503: unknown request 0x%04x, "
                      "value 0x%x, index 0x%x\n", request, value, index);
        p->status = USB_RET_STALL;
    } else {
        p->actual_length = MIN(bytes, length);
    }
}

/* The status change bitmap, 11.12.4; NAK while nothing has changed. */
static void usb3503_handle_data(USBDevice *dev, USBPacket *p)
{
    Usb3503State *s = USB3503(dev);
    uint8_t bitmap = 0;

    if (p->pid != USB_TOKEN_IN || p->ep->nr != STATUS_ENDPOINT) {
        p->status = USB_RET_STALL;
        return;
    }
    for (unsigned i = 0; i < USB3503_PORTS; i++) {
        if (s->ports[i].change) {
            bitmap |= BIT(1 + i);
        }
    }
    if (!bitmap) {
        p->status = USB_RET_NAK;
    } else if (p->iov.size > 0) {
        usb_packet_copy(p, &bitmap, sizeof(bitmap));
    }
}

/* Takes what is behind the hub off the bus, then the hub itself. */
static void usb3503_leave_bus(Usb3503State *s)
{
    for (unsigned i = 0; i < USB3503_PORTS; i++) {
        Usb3503Port *p = &s->ports[i];

        if (p->status & CONNECTION) {
            usb3503_child_detach(&p->port, p->port.dev);
        }
        p->status = 0;
        p->change = 0;
    }
    usb_device_detach(USB_DEVICE(s));
}

/* RESET_N of the chip. */
static void usb3503_set_reset_n(void *opaque, int n, int level)
{
    USBDevice *dev = USB_DEVICE(opaque);

    if (!level && dev->attached) {
        usb3503_leave_bus(USB3503(dev));
    } else if (level && !dev->attached && dev->port) {
        /* It was on this port before: nothing can be wrong with it. */
        usb_device_attach(dev, &error_abort);
    }
}

static void usb3503_realize(USBDevice *dev, Error **errp)
{
    Usb3503State *s = USB3503(dev);

    usb_desc_init(dev);
    s->status_ep = usb_ep_get(dev, USB_TOKEN_IN, STATUS_ENDPOINT);
    for (unsigned i = 0; i < USB3503_PORTS; i++) {
        usb_register_port(usb_bus_from_device(dev), &s->ports[i].port, s, i,
                          &usb3503_port_ops, USB_SPEED_MASK_HIGH);
        usb_port_location(&s->ports[i].port, dev->port, i + 1);
    }
    qdev_init_gpio_in_named(DEVICE(dev), usb3503_set_reset_n, USB3503_RESET_N,
                            1);
    usb3503_handle_reset(dev);
}

static void usb3503_unrealize(USBDevice *dev)
{
    Usb3503State *s = USB3503(dev);

    for (unsigned i = 0; i < USB3503_PORTS; i++) {
        usb_unregister_port(usb_bus_from_device(dev), &s->ports[i].port);
    }
}

static const VMStateDescription vmstate_usb3503_port = {
    .name = "usb3503-port",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT16(status, Usb3503Port),
        VMSTATE_UINT16(change, Usb3503Port),
        VMSTATE_END_OF_LIST()
    },
};

static const VMStateDescription vmstate_usb3503 = {
    .name = TYPE_USB3503,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_USB_DEVICE(parent_obj, Usb3503State),
        VMSTATE_STRUCT_ARRAY(ports, Usb3503State, USB3503_PORTS, 1,
                             vmstate_usb3503_port, Usb3503Port),
        VMSTATE_END_OF_LIST()
    },
};

static void usb3503_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    USBDeviceClass *uc = USB_DEVICE_CLASS(oc);

    uc->product_desc = "USB3503";
    uc->usb_desc = &usb3503_desc;
    uc->realize = usb3503_realize;
    uc->unrealize = usb3503_unrealize;
    uc->handle_attach = usb_desc_attach;
    uc->find_device = usb3503_find_device;
    uc->handle_reset = usb3503_handle_reset;
    uc->handle_control = usb3503_handle_control;
    uc->handle_data = usb3503_handle_data;
    dc->desc = "SMSC USB3503 high-speed hub";
    dc->vmsd = &vmstate_usb3503;
    set_bit(DEVICE_CATEGORY_BRIDGE, dc->categories);
}

static const TypeInfo usb3503_type = {
    .name = TYPE_USB3503,
    .parent = TYPE_USB_DEVICE,
    .instance_size = sizeof(Usb3503State),
    .class_init = usb3503_class_init,
};

static void usb3503_register_types(void)
{
    type_register_static(&usb3503_type);
}
type_init(usb3503_register_types)
