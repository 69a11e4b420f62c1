/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio network card.  Virtio 1.1, 5.1.
 *
 * A frame for another VM goes into the switch under this VM's lock.  The other one's rings are filled
 * under its own lock alone, as work that has released ours.
 */
#include <string.h>
#include "core/hyp.h"
#include "core/virtio_net.h"

#define QUEUE_RECEIVE  0
#define QUEUE_TRANSMIT 1
#define F_MAC          (1ull << 5)
#define HEADER_BYTES   12u /* struct virtio_net_hdr, 5.1.6 */

/* 5.1.6: no offloads; one buffer for each frame. */
static const uint8_t receive_header[HEADER_BYTES] = {[10] = 1};

/* Frames that the switch would drop are not even looked at. */
static enum virtio_result transmit(struct virtio_net *card)
{
    struct virtio *virtio = &card->virtio;
    enum virtio_result result = virtio_take(virtio, QUEUE_TRANSMIT);
    uint32_t bytes = virtio->chain.read_bytes - HEADER_BYTES;

    if (result != VIRTIO_MORE) {
        return result;
    }
    if (virtio->chain.read_bytes < HEADER_BYTES) {
        return VIRTIO_BROKEN;
    }
    if (bytes <= NET_FRAME_MAX) {
        if (!virtq_read(virtio->hyp, &virtio->chain, HEADER_BYTES, card->frame, bytes)) {
            return VIRTIO_BROKEN;
        }
        card->told |= net_send(card->net, card->port, card->frame, bytes);
        if (card->told) {
            work_add(virtio->hyp, &card->tell);
        }
    }
    return virtio_give(virtio, QUEUE_TRANSMIT, 0);
}

/* 5.1.6.3.1: a buffer has room for the largest frame. */
static enum virtio_result receive(struct virtio_net *card)
{
    struct virtio *virtio = &card->virtio;
    const struct net_frame *frame = net_first(card->net, card->port);
    enum virtio_result result = frame ? virtio_take(virtio, QUEUE_RECEIVE) : VIRTIO_IDLE;
    uint32_t bytes;

    if (result != VIRTIO_MORE) {
        return result;
    }
    bytes = frame->bytes;
    if (!virtq_write(virtio->hyp, &virtio->chain, 0, receive_header, HEADER_BYTES) ||
        !virtq_write(virtio->hyp, &virtio->chain, HEADER_BYTES, frame->data, bytes)) {
        return VIRTIO_BROKEN;
    }
    net_drop_first(card->net, card->port);
    return virtio_give(virtio, QUEUE_RECEIVE, HEADER_BYTES + bytes);
}

static enum virtio_result process(struct virtio *virtio, unsigned queue)
{
    struct virtio_net *card = (struct virtio_net *)virtio;

    return queue == QUEUE_TRANSMIT ? transmit(card) : receive(card);
}

static void reset(struct virtio *virtio)
{
    struct virtio_net *card = (struct virtio_net *)virtio;

    net_flush(card->net, card->port);
}

static const struct virtio_ops ops = {
    .device_id = VIRTIO_ID_NET,
    .features = F_MAC,
    .queue_count = QUEUE_TRANSMIT + 1,
    .config_bytes = NET_MAC_BYTES,
    .process = process,
    .reset = reset,
};

/* The switch has frames for this card; called by who sent them. */
static void deliver(void *opaque)
{
    struct virtio_net *card = opaque;

    arch_lock(&card->virtio.hyp->lock);
    virtio_service(&card->virtio, QUEUE_RECEIVE);
    arch_unlock(&card->virtio.hyp->lock);
}

/* Tells the others with our lock released: they may be telling us. */
static void tell(struct vm_work *work, struct hyp *hyp)
{
    struct virtio_net *card =
        (struct virtio_net *)((char *)work - offsetof(struct virtio_net, tell));
    unsigned ports = card->told;

    card->told = 0;
    arch_unlock(&hyp->lock);
    net_deliver(card->net, ports);
    arch_lock(&hyp->lock);
}

int virtio_net_init(struct virtio_net *card, struct hyp *hyp, unsigned intid,
                    struct net_switch *net, const uint8_t mac[NET_MAC_BYTES])
{
    int port = net_connect(net, deliver, card);

    if (port < 0) {
        return port;
    }
    memset(card, 0, sizeof(*card));
    card->net = net;
    card->port = (unsigned)port;
    card->tell.run = tell;
    memcpy(card->mac, mac, sizeof(card->mac));
    virtio_init(&card->virtio, &ops, hyp, intid, card->mac);
    return VMM_OK;
}
