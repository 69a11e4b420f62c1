/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Framing of the ASIX AX88772A.  In both directions each frame has a header
 * of four bytes in front: its length and the length's complement, little
 * endian.  A frame of odd length is followed by one byte of no meaning (Linux
 * asix_rx_fixup_internal, asix_tx_fixup; U-Boot asix_recv, asix_send).
 */
#include "qemu/osdep.h"
#include "qemu/log.h"
#include "hw/arm/exynos5/ax88772.h"
#include "migration/vmstate.h"

/* Header, frame and the byte that makes it even. */
static uint32_t framed_bytes(uint32_t bytes)
{
    return AX_HEADER_BYTES + ROUND_UP(bytes, 2);
}

static uint32_t header_of(uint32_t bytes)
{
    return bytes | (~bytes & 0xffff) << 16;
}

/*
 * The length that a header gives; false if it is none.  The bits above the
 * length are flags of other chips of the family.
 */
static bool header_length(uint32_t header, uint32_t *bytes)
{
    *bytes = header & AX_LENGTH_MASK;
    return *bytes == (~header >> 16 & AX_LENGTH_MASK);
}

void ax88772_rx_reset(Ax88772State *s)
{
    s->rx.head = s->rx.used = s->rx.frame_left = 0;
}

void ax88772_tx_reset(Ax88772State *s)
{
    s->tx.used = s->tx.pad = 0;
    s->tx.lost = false;
}

static void rx_put(Ax88772Rx *rx, const void *bytes, uint32_t count)
{
    uint32_t tail = (rx->head + rx->used) % AX_RX_BUFFER_BYTES;
    uint32_t first = MIN(count, AX_RX_BUFFER_BYTES - tail);

    memcpy(rx->bytes + tail, bytes, first);
    memcpy(rx->bytes, (const uint8_t *)bytes + first, count - first);
    rx->used += count;
}

static void rx_take(Ax88772Rx *rx, USBPacket *p, uint32_t count)
{
    uint32_t first = MIN(count, AX_RX_BUFFER_BYTES - rx->head);

    usb_packet_copy(p, rx->bytes + rx->head, first);
    if (count > first) {
        usb_packet_copy(p, rx->bytes, count - first);
    }
    rx->head = (rx->head + count) % AX_RX_BUFFER_BYTES;
    rx->used -= count;
}

/* Framed bytes of the frame that begins @ahead bytes behind the head. */
static uint32_t rx_frame_at(const Ax88772Rx *rx, uint32_t ahead)
{
    uint32_t at = (rx->head + ahead) % AX_RX_BUFFER_BYTES;
    uint32_t low = rx->bytes[at];
    uint32_t high = rx->bytes[(at + 1) % AX_RX_BUFFER_BYTES];

    return framed_bytes((low | high << 8) & AX_LENGTH_MASK);
}

static bool rx_is_on(const Ax88772State *s)
{
    return (s->rx_ctl & R_AX_RX_CTL_SO_MASK) &&
           (s->medium & R_AX_MEDIUM_RE_MASK);
}

static bool rx_wants_multicast(const Ax88772State *s, const uint8_t *frame)
{
    unsigned hash = net_crc32(frame, ETH_ALEN) >> 26;

    if (s->rx_ctl & R_AX_RX_CTL_AMALL_MASK) {
        return true;
    }
    return (s->rx_ctl & R_AX_RX_CTL_AM_MASK) &&
           (s->multi_filter[hash / 8] & BIT(hash % 8));
}

static bool rx_wants(const Ax88772State *s, const uint8_t *frame)
{
    if (s->rx_ctl & R_AX_RX_CTL_PRO_MASK) {
        return true;
    }
    if (is_broadcast_ether_addr(frame)) {
        return s->rx_ctl & R_AX_RX_CTL_AB_MASK;
    }
    if (is_multicast_ether_addr(frame)) {
        return rx_wants_multicast(s, frame);
    }
    return memcmp(frame, s->node_id, ETH_ALEN) == 0;
}

/* A full-sized frame has room; and while receiving is off nothing waits. */
bool ax88772_can_receive(NetClientState *nc)
{
    Ax88772State *s = qemu_get_nic_opaque(nc);

    return !rx_is_on(s) || AX_RX_BUFFER_BYTES - s->rx.used >=
                           framed_bytes(AX_FRAME_MAX_BYTES);
}

ssize_t ax88772_receive(NetClientState *nc, const uint8_t *frame, size_t bytes)
{
    static const uint8_t zeros[AX_FRAME_MIN_BYTES];
    Ax88772State *s = qemu_get_nic_opaque(nc);
    uint32_t length = MAX(bytes, AX_FRAME_MIN_BYTES);
    uint8_t header[AX_HEADER_BYTES];

    if (!rx_is_on(s) || !ax88772_phy_link(s) || bytes < ETH_HLEN ||
        bytes > AX_FRAME_MAX_BYTES || !rx_wants(s, frame)) {
        return bytes;
    }
    if (!ax88772_can_receive(nc)) {
        return 0;
    }
    stl_le_p(header, header_of(length));
    rx_put(&s->rx, header, sizeof(header));
    rx_put(&s->rx, frame, bytes);
    rx_put(&s->rx, zeros, ROUND_UP(length, 2) - bytes);
    usb_wakeup(s->rx_ep, 0);
    return bytes;
}

/* Bytes of whole frames that fit into a packet of @room bytes. */
static uint32_t rx_whole_frames(const Ax88772Rx *rx, uint32_t room)
{
    uint32_t count = 0;

    while (count < rx->used && count + rx_frame_at(rx, count) <= room) {
        count += rx_frame_at(rx, count);
    }
    return count;
}

void ax88772_flush_net(Ax88772State *s)
{
    if (s->nic) {
        qemu_flush_queued_packets(qemu_get_queue(s->nic));
    }
}

void ax88772_bulk_in(Ax88772State *s, USBPacket *p)
{
    Ax88772Rx *rx = &s->rx;
    uint32_t burst = 2048u << FIELD_EX16(s->rx_ctl, AX_RX_CTL, MFB);
    uint32_t room = MIN(p->iov.size - p->actual_length, burst);
    uint32_t count = 0;

    if (!rx->used) {
        p->status = USB_RET_NAK;
        return;
    }
    if (!rx->frame_left) {
        count = rx_whole_frames(rx, room);
        if (!count) {
            rx->frame_left = rx_frame_at(rx, 0);
        }
    }
    if (rx->frame_left) {
        count = MIN(rx->frame_left, room);
        rx->frame_left -= count;
    }
    rx_take(rx, p, count);
    ax88772_flush_net(s);
}

static void tx_send(Ax88772State *s, uint32_t bytes)
{
    const uint8_t *frame = s->tx.bytes + AX_HEADER_BYTES;

    if (ax88772_phy_link(s)) {
        qemu_send_packet(qemu_get_queue(s->nic), frame, bytes);
    }
}

/* Looks at a header that has just become complete. */
static void tx_check_header(Ax88772Tx *tx)
{
    uint32_t bytes;

    if (!header_length(ldl_le_p(tx->bytes), &bytes) ||
        bytes > AX_FRAME_MAX_BYTES) {
        qemu_log_mask(LOG_GUEST_ERROR, "ax88772: no header of a frame: "
                      "0x%08x\n", ldl_le_p(tx->bytes));
        tx->lost = true;
    } else if (bytes == 0) {
        tx->used = 0;           /* fills a packet up */
    }
}

/* Bytes that the frame, or before that its header, still needs. */
static uint32_t tx_missing(const Ax88772Tx *tx)
{
    if (tx->used < AX_HEADER_BYTES) {
        return AX_HEADER_BYTES - tx->used;
    }
    return AX_HEADER_BYTES + (ldl_le_p(tx->bytes) & AX_LENGTH_MASK) - tx->used;
}

/* Takes at most @left bytes from @p; returns how many. */
static uint32_t tx_step(Ax88772State *s, USBPacket *p, uint32_t left)
{
    Ax88772Tx *tx = &s->tx;
    uint32_t count;

    if (tx->pad) {
        tx->pad = 0;
        usb_packet_skip(p, 1);
        return 1;
    }
    count = MIN(tx_missing(tx), left);
    usb_packet_copy(p, tx->bytes + tx->used, count);
    tx->used += count;
    if (tx->used == AX_HEADER_BYTES) {
        tx_check_header(tx);
    } else if (tx->used > AX_HEADER_BYTES && tx_missing(tx) == 0) {
        uint32_t bytes = tx->used - AX_HEADER_BYTES;

        tx_send(s, bytes);
        tx->used = 0;
        tx->pad = bytes % 2;
    }
    return count;
}

void ax88772_bulk_out(Ax88772State *s, USBPacket *p)
{
    uint32_t left = p->iov.size - p->actual_length;
    bool is_short = left == 0 || left % p->ep->max_packet_size != 0;

    while (left && !s->tx.lost) {
        left -= tx_step(s, p, left);
    }
    usb_packet_skip(p, left);
    if (is_short) {
        /* The end of a transfer: the next one begins with a header. */
        ax88772_tx_reset(s);
    }
}

const VMStateDescription vmstate_ax88772_rx = {
    .name = "ax88772-rx",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT8_ARRAY(bytes, Ax88772Rx, AX_RX_BUFFER_BYTES),
        VMSTATE_UINT32(head, Ax88772Rx),
        VMSTATE_UINT32(used, Ax88772Rx),
        VMSTATE_UINT32(frame_left, Ax88772Rx),
        VMSTATE_END_OF_LIST()
    },
};

const VMStateDescription vmstate_ax88772_tx = {
    .name = "ax88772-tx",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT8_ARRAY(bytes, Ax88772Tx,
                            AX_HEADER_BYTES + AX_FRAME_MAX_BYTES),
        VMSTATE_UINT32(used, Ax88772Tx),
        VMSTATE_UINT32(pad, Ax88772Tx),
        VMSTATE_BOOL(lost, Ax88772Tx),
        VMSTATE_END_OF_LIST()
    },
};
