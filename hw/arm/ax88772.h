/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ASIX AX88772A: USB 2.0 to 10/100 Ethernet, with its embedded PHY and its
 * serial EEPROM.
 *
 * QEMU interface:
 *  + a device on a USB bus, high or full speed
 *  + NIC properties (mac, netdev, ...); without a peer the link is down
 *
 * The framing of both directions is in ax88772_frames.c, the PHY in
 * ax88772_phy.c.
 */
#ifndef HW_ARM_EXYNOS5_AX88772_H
#define HW_ARM_EXYNOS5_AX88772_H

#include "hw/arm/exynos5/ax88772_regs.h"
#include "hw/usb.h"
#include "net/eth.h"
#include "net/net.h"

#define TYPE_AX88772 "ax88772"
OBJECT_DECLARE_SIMPLE_TYPE(Ax88772State, AX88772)

enum {
    AX_RX_BUFFER_BYTES = 20 * 1024,     /* of the AX88772A's packet memory */
    AX_FRAME_MIN_BYTES = 60,            /* without the checksum */
    AX_FRAME_MAX_BYTES = 1518,          /* a VLAN tag included */
    AX_PHY_REGS = 32,
};

/* Received frames with their headers, as the bulk IN endpoint gives them. */
typedef struct Ax88772Rx {
    uint8_t bytes[AX_RX_BUFFER_BYTES];
    uint32_t head;              /* next byte for the host */
    uint32_t used;              /* bytes from there on, the end wraps */
    uint32_t frame_left;        /* of them of a frame that the host has begun */
} Ax88772Rx;

/* The frame that comes in at the bulk OUT endpoint. */
typedef struct Ax88772Tx {
    uint8_t bytes[AX_HEADER_BYTES + AX_FRAME_MAX_BYTES];
    uint32_t used;              /* header included */
    uint32_t pad;               /* bytes to skip before the next header: 0, 1 */
    bool lost;                  /* no header makes sense until a short packet */
} Ax88772Tx;

struct Ax88772State {
    USBDevice parent_obj;

    NICState *nic;              /* NULL: no network behind it */
    NICConf conf;
    USBEndpoint *interrupt_ep;
    USBEndpoint *rx_ep;

    uint8_t eeprom[2 * AX_EEPROM_WORDS];
    bool eeprom_writable;
    bool host_owns_mii;
    uint8_t node_id[ETH_ALEN];
    uint8_t multi_filter[8];
    uint8_t ipg[3];
    uint16_t rx_ctl;
    uint16_t medium;
    uint8_t monitor;
    uint8_t gpios;
    uint8_t sw_reset;
    uint8_t phy_select;

    uint16_t phy[AX_PHY_REGS];
    bool link_lost;             /* BMSR link status latches low */
    uint8_t reported_link;      /* last at the interrupt endpoint, 0xff: none */

    Ax88772Rx rx;
    Ax88772Tx tx;
};

/* ax88772_phy_reset: the registers of the embedded PHY after a reset. */
void ax88772_phy_reset(Ax88772State *s);

/*
 * ax88772_phy_read, ax88772_phy_write:
 * @phy: address on the MII, @reg: 0 to 31, the bits above are ignored
 *
 * A register of clause 22.  Where no PHY answers reads give 0xffff.
 */
uint16_t ax88772_phy_read(Ax88772State *s, unsigned phy, unsigned reg);
void ax88772_phy_write(Ax88772State *s, unsigned phy, unsigned reg,
                       uint16_t value);

/* ax88772_phy_link: whether the PHY runs and has a link. */
bool ax88772_phy_link(Ax88772State *s);

/* ax88772_flush_net: frames that wait in the network may come now. */
void ax88772_flush_net(Ax88772State *s);

/* ax88772_rx_reset, ax88772_tx_reset: drop all frames of that direction. */
void ax88772_rx_reset(Ax88772State *s);
void ax88772_tx_reset(Ax88772State *s);

/* NetClientInfo.can_receive, .receive */
bool ax88772_can_receive(NetClientState *nc);
ssize_t ax88772_receive(NetClientState *nc, const uint8_t *frame, size_t bytes);

/*
 * ax88772_bulk_in: as many whole frames as fit into @p, or the next part of
 * one that is longer than @p.  NAK if there is none.
 */
void ax88772_bulk_in(Ax88772State *s, USBPacket *p);

/* ax88772_bulk_out: takes @p's bytes and sends the frames they complete. */
void ax88772_bulk_out(Ax88772State *s, USBPacket *p);

extern const VMStateDescription vmstate_ax88772_rx;
extern const VMStateDescription vmstate_ax88772_tx;

#endif
