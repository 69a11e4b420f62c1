/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ASIX AX88772A USB Ethernet: descriptors, vendor requests, interrupt
 * endpoint.  No datasheet of it is public: what is here was read in the
 * drivers that ax88772_regs.h names, and they are the judges.
 *
 * Choices where drivers do not tell: registers that the drivers write before
 * they use them are 0 after reset, but for the inter-packet gaps and the
 * medium mode, which get the values that all drivers write; a word of the
 * EEPROM that no driver reads is erased (0xffff); the interrupt endpoint
 * reports once for each change of the link.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/log.h"
#include "hw/arm/exynos5/ax88772.h"
#include "hw/qdev-properties.h"
#include "hw/usb/desc.h"
#include "migration/vmstate.h"

enum {
    CHIPCODE_AX88772A = 1,
    INTERRUPT_EP = 1,
    RX_EP = 2,
    TX_EP = 3,
    EXTERNAL_PHY_ABSENT = 0xe0,
    MEDIUM_RESET = 0x0336,      /* 100 Mbit/s, full duplex, flow control */
    LINK_NOT_REPORTED = 0xff,
};

enum {
    STR_MANUFACTURER = 1,
    STR_PRODUCT,
    STR_SERIALNUMBER,
};

static const USBDescStrings ax88772_strings = {
    [STR_MANUFACTURER] = "ASIX Elec. Corp.",
    [STR_PRODUCT] = "AX88x72A",
    [STR_SERIALNUMBER] = "000001",
};

#define AX_INTERFACE(bulk_bytes, interval)                                  \
    {                                                                       \
        .bNumEndpoints = 3,                                                 \
        .bInterfaceClass = USB_CLASS_VENDOR_SPEC,                           \
        .bInterfaceSubClass = 0xff,                                         \
        .eps = (USBDescEndpoint[]) {                                        \
            {                                                               \
                .bEndpointAddress = USB_DIR_IN | INTERRUPT_EP,              \
                .bmAttributes = USB_ENDPOINT_XFER_INT,                      \
                .wMaxPacketSize = AX_INTERRUPT_BYTES,                       \
                .bInterval = (interval),                                    \
            }, {                                                            \
                .bEndpointAddress = USB_DIR_IN | RX_EP,                     \
                .bmAttributes = USB_ENDPOINT_XFER_BULK,                     \
                .wMaxPacketSize = (bulk_bytes),                             \
            }, {                                                            \
                .bEndpointAddress = USB_DIR_OUT | TX_EP,                    \
                .bmAttributes = USB_ENDPOINT_XFER_BULK,                     \
                .wMaxPacketSize = (bulk_bytes),                             \
            },                                                              \
        },                                                                  \
    }

static const USBDescIface ax88772_iface_full = AX_INTERFACE(64, 128);
static const USBDescIface ax88772_iface_high = AX_INTERFACE(512, 11);

#define AX_DEVICE(iface)                                                    \
    {                                                                       \
        .bcdUSB = 0x0200,                                                   \
        .bDeviceClass = USB_CLASS_VENDOR_SPEC,                              \
        .bDeviceSubClass = 0xff,                                            \
        .bMaxPacketSize0 = 64,                                              \
        .bNumConfigurations = 1,                                            \
        .confs = (USBDescConfig[]) {                                        \
            {                                                               \
                .bNumInterfaces = 1,                                        \
                .bConfigurationValue = 1,                                   \
                .bmAttributes = USB_CFG_ATT_ONE | USB_CFG_ATT_WAKEUP,       \
                .bMaxPower = 125,                                           \
                .nif = 1,                                                   \
                .ifs = (iface),                                             \
            },                                                              \
        },                                                                  \
    }

static const USBDescDevice ax88772_device_full = AX_DEVICE(&ax88772_iface_full);
static const USBDescDevice ax88772_device_high = AX_DEVICE(&ax88772_iface_high);

static const USBDesc ax88772_desc = {
    .id = {
        .idVendor = 0x0b95,
        .idProduct = 0x772a,
        .bcdDevice = 0x0001,
        .iManufacturer = STR_MANUFACTURER,
        .iProduct = STR_PRODUCT,
        .iSerialNumber = STR_SERIALNUMBER,
    },
    .full = &ax88772_device_full,
    .high = &ax88772_device_high,
    .str = ax88772_strings,
};

static void ax88772_load_eeprom(Ax88772State *s)
{
    memcpy(s->node_id, s->eeprom + 2 * AX_EEPROM_NODE_ID, ETH_ALEN);
}

static void ax88772_reset_registers(Ax88772State *s)
{
    static const uint8_t ipg_reset[] = { 0x15, 0x0c, 0x12 };

    s->eeprom_writable = false;
    s->host_owns_mii = false;
    memset(s->multi_filter, 0, sizeof(s->multi_filter));
    memcpy(s->ipg, ipg_reset, sizeof(s->ipg));
    s->rx_ctl = 0;
    s->medium = MEDIUM_RESET;
    s->monitor = s->gpios = s->phy_select = 0;
    s->sw_reset = R_AX_SW_RESET_IPRL_MASK;
    s->reported_link = LINK_NOT_REPORTED;
    ax88772_load_eeprom(s);
    ax88772_phy_reset(s);
    ax88772_rx_reset(s);
    ax88772_tx_reset(s);
}

/* Tells the host about the link as soon as it asks. */
static void ax88772_link_changed(Ax88772State *s)
{
    if (!ax88772_phy_link(s)) {
        s->link_lost = true;
    }
    usb_wakeup(s->interrupt_ep, 0);
}

static void ax88772_software_reset(Ax88772State *s, uint8_t value)
{
    bool phy_was_on = s->sw_reset & R_AX_SW_RESET_IPRL_MASK;

    s->sw_reset = value;
    if (value & R_AX_SW_RESET_RR_MASK) {
        ax88772_rx_reset(s);
    }
    if (value & R_AX_SW_RESET_RT_MASK) {
        ax88772_tx_reset(s);
    }
    if (phy_was_on && !(value & R_AX_SW_RESET_IPRL_MASK)) {
        ax88772_phy_reset(s);
    }
    ax88772_link_changed(s);
}

static void ax88772_write_gpios(Ax88772State *s, uint8_t value)
{
    s->gpios = value & ~R_AX_GPIOS_RSE_MASK;
    if (value & R_AX_GPIOS_RSE_MASK) {
        ax88772_load_eeprom(s);
    }
}

static void ax88772_write_eeprom(Ax88772State *s, unsigned word, uint16_t value)
{
    if (s->eeprom_writable) {
        stw_le_p(s->eeprom + 2 * (word % AX_EEPROM_WORDS), value);
    } else {
        qemu_log_mask(LOG_GUEST_ERROR, "ax88772: the EEPROM is protected\n");
    }
}

static int put16(uint8_t *data, uint16_t value)
{
    stw_le_p(data, value);
    return 2;
}

static int put_bytes(uint8_t *data, const void *bytes, int count)
{
    memcpy(data, bytes, count);
    return count;
}

static int ax88772_put_statmngsts(const Ax88772State *s, uint8_t *data)
{
    data[0] = FIELD_DP8(0, AX_STATMNGSTS, HOST_EN, s->host_owns_mii);
    data[0] = FIELD_DP8(data[0], AX_STATMNGSTS, CHIPCODE, CHIPCODE_AX88772A);
    return 1;
}

static int ax88772_put_mii(Ax88772State *s, unsigned phy, unsigned reg,
                           uint8_t *data)
{
    if (!s->host_owns_mii) {
        qemu_log_mask(LOG_GUEST_ERROR, "ax88772: MII read without SET_SW_MII\n");
        return put16(data, 0xffff);
    }
    return put16(data, ax88772_phy_read(s, phy, reg));
}

/* A vendor request with data to the host: returns the bytes, -1 if unknown. */
static int ax88772_read(Ax88772State *s, unsigned request, uint16_t value,
                        uint16_t index, uint8_t *data)
{
    static const uint8_t phy_ids[] = { EXTERNAL_PHY_ABSENT, AX_PHY_ADDRESS };

    switch (request) {
    case AX_READ_MII:
        return ax88772_put_mii(s, value, index, data);
    case AX_READ_STATMNGSTS:
        return ax88772_put_statmngsts(s, data);
    case AX_READ_EEPROM:
        return put_bytes(data, s->eeprom + 2 * (value % AX_EEPROM_WORDS), 2);
    case AX_READ_RX_CTL:
        return put16(data, s->rx_ctl);
    case AX_READ_IPG:
        return put_bytes(data, s->ipg, sizeof(s->ipg));
    case AX_READ_NODE_ID:
        return put_bytes(data, s->node_id, sizeof(s->node_id));
    case AX_READ_MULTI_FILTER:
        return put_bytes(data, s->multi_filter, sizeof(s->multi_filter));
    case AX_READ_PHY_ID:
        return put_bytes(data, phy_ids, sizeof(phy_ids));
    case AX_READ_MEDIUM:
        return put16(data, s->medium);
    case AX_READ_MONITOR:
        return put_bytes(data, &s->monitor, 1);
    case AX_READ_GPIOS:
        return put_bytes(data, &s->gpios, 1);
    case AX_READ_PHY_SELECT:
        return put_bytes(data, &s->phy_select, 1);
    default:
        return -1;
    }
}

/* A vendor request that brings @length bytes of @data; false if unknown. */
static bool ax88772_write_data(Ax88772State *s, unsigned request,
                               uint16_t value, uint16_t index,
                               const uint8_t *data, int length)
{
    switch (request) {
    case AX_WRITE_MII:
        if (length < 2) {
            return false;
        }
        if (s->host_owns_mii) {
            ax88772_phy_write(s, value, index, lduw_le_p(data));
            ax88772_link_changed(s);
        }
        return true;
    case AX_WRITE_NODE_ID:
        if (length < ETH_ALEN) {
            return false;
        }
        memcpy(s->node_id, data, ETH_ALEN);
        return true;
    case AX_WRITE_MULTI_FILTER:
        if (length < (int)sizeof(s->multi_filter)) {
            return false;
        }
        memcpy(s->multi_filter, data, sizeof(s->multi_filter));
        return true;
    default:
        return false;
    }
}

/* A vendor request that is complete with its value and index; false: unknown. */
static bool ax88772_write(Ax88772State *s, unsigned request, uint16_t value,
                          uint16_t index)
{
    switch (request) {
    case AX_SET_SW_MII:
    case AX_SET_HW_MII:
        s->host_owns_mii = request == AX_SET_SW_MII;
        return true;
    case AX_WRITE_EEPROM:
        ax88772_write_eeprom(s, value, index);
        return true;
    case AX_EEPROM_WRITE_ENABLE:
    case AX_EEPROM_WRITE_DISABLE:
        s->eeprom_writable = request == AX_EEPROM_WRITE_ENABLE;
        return true;
    case AX_WRITE_RX_CTL:
        s->rx_ctl = value;
        ax88772_flush_net(s);
        return true;
    case AX_WRITE_IPG:
        s->ipg[0] = value;
        s->ipg[1] = value >> 8;
        s->ipg[2] = index;
        return true;
    case AX_WRITE_MEDIUM:
        s->medium = value;
        return true;
    case AX_WRITE_MONITOR:
        s->monitor = value;
        return true;
    case AX_WRITE_GPIOS:
        ax88772_write_gpios(s, value);
        return true;
    case AX_SW_RESET:
        ax88772_software_reset(s, value);
        return true;
    case AX_WRITE_PHY_SELECT:
        s->phy_select = value;
        return true;
    default:
        return false;
    }
}

/*
 * CLEAR_FEATURE(ENDPOINT_HALT): no endpoint stays halted, but FreeBSD sends
 * nothing before this has succeeded.  USB 2.0 9.4.1.
 */
static bool ax88772_clear_halt(USBDevice *dev, int request, int value,
                               int index)
{
    int pid = index & USB_DIR_IN ? USB_TOKEN_IN : USB_TOKEN_OUT;
    unsigned number = index & 0xf;

    return request == (EndpointOutRequest | USB_REQ_CLEAR_FEATURE) &&
           value == 0 && number != 0 &&
           usb_ep_get_type(dev, pid, number) != USB_ENDPOINT_XFER_INVALID;
}

static void ax88772_handle_control(USBDevice *dev, USBPacket *p, int request,
                                   int value, int index, int length,
                                   uint8_t *data)
{
    Ax88772State *s = AX88772(dev);
    int bytes = -1;

    if (usb_desc_handle_control(dev, p, request, value, index, length,
                                data) >= 0) {
        return;
    }
    if ((request & 0xff00) == VendorDeviceRequest) {
        bytes = ax88772_read(s, request & 0xff, value, index, data);
    } else if ((request & 0xff00) == VendorDeviceOutRequest &&
               (ax88772_write(s, request & 0xff, value, index) ||
                ax88772_write_data(s, request & 0xff, value, index, data,
                                   length))) {
        bytes = length;
    } else if (ax88772_clear_halt(dev, request, value, index)) {
        bytes = 0;
    }
    if (bytes < 0) {
        qemu_log_mask(LOG_GUEST_ERROR, "ax88772: unknown request 0x%04x, "
                      "value 0x%x, index 0x%x, %d bytes\n", request, value,
                      index, length);
        p->status = USB_RET_STALL;
    } else {
        p->actual_length = MIN(bytes, length);
    }
}

static void ax88772_interrupt_in(Ax88772State *s, USBPacket *p)
{
    uint8_t report[AX_INTERRUPT_BYTES] = { AX_INTERRUPT_MARK };
    uint8_t link = ax88772_phy_link(s) ? AX_INTERRUPT_PPLS : 0;

    if (link == s->reported_link) {
        p->status = USB_RET_NAK;
        return;
    }
    report[AX_INTERRUPT_LINK] = link;
    s->reported_link = link;
    usb_packet_copy(p, report, MIN(sizeof(report), p->iov.size));
}

static void ax88772_handle_data(USBDevice *dev, USBPacket *p)
{
    Ax88772State *s = AX88772(dev);

    if (p->pid == USB_TOKEN_IN && p->ep->nr == INTERRUPT_EP) {
        ax88772_interrupt_in(s, p);
    } else if (p->pid == USB_TOKEN_IN && p->ep->nr == RX_EP) {
        ax88772_bulk_in(s, p);
    } else if (p->pid == USB_TOKEN_OUT && p->ep->nr == TX_EP) {
        ax88772_bulk_out(s, p);
    } else {
        p->status = USB_RET_STALL;
    }
}

static void ax88772_handle_reset(USBDevice *dev)
{
    ax88772_reset_registers(AX88772(dev));
}

static void ax88772_net_link_changed(NetClientState *nc)
{
    ax88772_link_changed(qemu_get_nic_opaque(nc));
}

static NetClientInfo ax88772_net_info = {
    .type = NET_CLIENT_DRIVER_NIC,
    .size = sizeof(NICState),
    .can_receive = ax88772_can_receive,
    .receive = ax88772_receive,
    .link_status_changed = ax88772_net_link_changed,
};

/* The EEPROM as it left the factory: the MAC address, else erased. */
static void ax88772_program_eeprom(Ax88772State *s)
{
    memset(s->eeprom, 0xff, sizeof(s->eeprom));
    memcpy(s->eeprom + 2 * AX_EEPROM_NODE_ID, s->conf.macaddr.a, ETH_ALEN);
}

static void ax88772_realize(USBDevice *dev, Error **errp)
{
    Ax88772State *s = AX88772(dev);

    usb_desc_init(dev);
    s->interrupt_ep = usb_ep_get(dev, USB_TOKEN_IN, INTERRUPT_EP);
    s->rx_ep = usb_ep_get(dev, USB_TOKEN_IN, RX_EP);
    qemu_macaddr_default_if_unset(&s->conf.macaddr);
    ax88772_program_eeprom(s);
    if (s->conf.peers.ncs[0]) {
        s->nic = qemu_new_nic(&ax88772_net_info, &s->conf, TYPE_AX88772,
                              DEVICE(dev)->id,
                              &DEVICE(dev)->mem_reentrancy_guard, s);
        qemu_format_nic_info_str(qemu_get_queue(s->nic), s->conf.macaddr.a);
    }
    ax88772_reset_registers(s);
}

static void ax88772_unrealize(USBDevice *dev)
{
    if (AX88772(dev)->nic) {
        qemu_del_nic(AX88772(dev)->nic);
    }
}

/* A saved state comes from outside: its indices are checked. */
static int ax88772_post_load(void *opaque, int version_id)
{
    Ax88772State *s = opaque;
    const Ax88772Rx *rx = &s->rx;
    const Ax88772Tx *tx = &s->tx;
    uint32_t length = ldl_le_p(tx->bytes) & AX_LENGTH_MASK;

    if (rx->head >= AX_RX_BUFFER_BYTES || rx->used > AX_RX_BUFFER_BYTES ||
        rx->frame_left > rx->used) {
        return -EINVAL;
    }
    if (tx->used >= AX_HEADER_BYTES &&
        (length > AX_FRAME_MAX_BYTES || tx->used > AX_HEADER_BYTES + length)) {
        return -EINVAL;
    }
    return 0;
}

static const VMStateDescription vmstate_ax88772 = {
    .name = TYPE_AX88772,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = ax88772_post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_USB_DEVICE(parent_obj, Ax88772State),
        VMSTATE_UINT8_ARRAY(eeprom, Ax88772State, 2 * AX_EEPROM_WORDS),
        VMSTATE_BOOL(eeprom_writable, Ax88772State),
        VMSTATE_BOOL(host_owns_mii, Ax88772State),
        VMSTATE_UINT8_ARRAY(node_id, Ax88772State, ETH_ALEN),
        VMSTATE_UINT8_ARRAY(multi_filter, Ax88772State, 8),
        VMSTATE_UINT8_ARRAY(ipg, Ax88772State, 3),
        VMSTATE_UINT16(rx_ctl, Ax88772State),
        VMSTATE_UINT16(medium, Ax88772State),
        VMSTATE_UINT8(monitor, Ax88772State),
        VMSTATE_UINT8(gpios, Ax88772State),
        VMSTATE_UINT8(sw_reset, Ax88772State),
        VMSTATE_UINT8(phy_select, Ax88772State),
        VMSTATE_UINT16_ARRAY(phy, Ax88772State, AX_PHY_REGS),
        VMSTATE_BOOL(link_lost, Ax88772State),
        VMSTATE_UINT8(reported_link, Ax88772State),
        VMSTATE_STRUCT(rx, Ax88772State, 1, vmstate_ax88772_rx, Ax88772Rx),
        VMSTATE_STRUCT(tx, Ax88772State, 1, vmstate_ax88772_tx, Ax88772Tx),
        VMSTATE_END_OF_LIST()
    },
};

static const Property ax88772_properties[] = {
    DEFINE_NIC_PROPERTIES(Ax88772State, conf),
};

static void ax88772_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    USBDeviceClass *uc = USB_DEVICE_CLASS(oc);

    uc->product_desc = "ASIX AX88772A";
    uc->usb_desc = &ax88772_desc;
    uc->realize = ax88772_realize;
    uc->unrealize = ax88772_unrealize;
    uc->handle_attach = usb_desc_attach;
    uc->handle_reset = ax88772_handle_reset;
    uc->handle_control = ax88772_handle_control;
    uc->handle_data = ax88772_handle_data;
    dc->desc = "ASIX AX88772A USB Ethernet";
    dc->vmsd = &vmstate_ax88772;
    device_class_set_props(dc, ax88772_properties);
    set_bit(DEVICE_CATEGORY_NETWORK, dc->categories);
}

static const TypeInfo ax88772_type = {
    .name = TYPE_AX88772,
    .parent = TYPE_USB_DEVICE,
    .instance_size = sizeof(Ax88772State),
    .class_init = ax88772_class_init,
};

static void ax88772_register_types(void)
{
    type_register_static(&ax88772_type);
}
type_init(ax88772_register_types)
