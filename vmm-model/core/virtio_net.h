/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio network card for guests, on a port of a switch.  Virtio 1.1, 5.1.
 */
#ifndef VMM_CORE_VIRTIO_NET_H
#define VMM_CORE_VIRTIO_NET_H

#include "core/net_switch.h"
#include "core/virtio.h"

struct virtio_net {
    struct virtio virtio;
    struct net_switch *net;
    unsigned port;
    uint8_t mac[NET_MAC_BYTES];      /* configuration space, 5.1.4 */
    unsigned told;                   /* ports that got frames and do not know it yet */
    struct vm_work tell;
    uint8_t frame[NET_FRAME_MAX];    /* on its way from the guest to the switch */
};

/* A card in its reset state, connected to the switch.  Returns 0, or as net_connect(). */
int virtio_net_init(struct virtio_net *card, struct hyp *hyp, unsigned intid,
                    struct net_switch *net, const uint8_t mac[NET_MAC_BYTES]);

#endif
