/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An Ethernet switch between guests: learns which address is behind which port (IEEE 802.1D 7.8),
 * and keeps frames for a port until its guest has room for them.  Frames are dropped when a port's
 * queue is full; nothing is allocated.
 *
 * The switch has a lock of its own, taken inside of VMs' locks and around none.
 */
#ifndef VMM_CORE_NET_SWITCH_H
#define VMM_CORE_NET_SWITCH_H

#include <stdbool.h>
#include <stdint.h>
#include "arch/arch.h"

#define NET_PORT_MAX      4
#define NET_QUEUE_FRAMES  64u
#define NET_FRAME_MIN     14u   /* header of an Ethernet frame, without padding */
#define NET_FRAME_MAX     1518u /* with a VLAN tag, without check sequence */
#define NET_ADDRESS_COUNT 32u   /* learnt; the oldest is forgotten */
#define NET_MAC_BYTES     6

struct net_frame {
    uint16_t bytes;
    uint8_t data[NET_FRAME_MAX];
};

struct net_port {
    bool connected;
    void (*deliver)(void *opaque);  /* frames have come; called with no lock held */
    void *opaque;
    uint64_t dropped;
    unsigned head, count;
    struct net_frame frame[NET_QUEUE_FRAMES];
};

struct net_address {
    bool known;
    uint8_t mac[NET_MAC_BYTES];
    uint8_t port;
};

struct net_switch {
    struct arch_lock lock;
    struct net_port port[NET_PORT_MAX];
    struct net_address address[NET_ADDRESS_COUNT];
    unsigned next_address;          /* which is forgotten next */
};

/* No port is connected. */
void net_switch_init(struct net_switch *net);

/* Connects something that takes frames; returns its port.  VMM_ENOMEM: all are taken. */
int net_connect(struct net_switch *net, void (*deliver)(void *opaque), void *opaque);

/* Nobody sends to port any more; no deliver() of it is under way, nor will be. */
void net_disconnect(struct net_switch *net, unsigned port);

/* A frame of bytes comes in at port: queued for the port where its destination is, or for all others
 * if that is a group or not known.  Returns a bit for each port that got it; the caller calls
 * net_deliver() with them when it holds no VM's lock.  Frames that are too short or too long are
 * dropped. */
unsigned net_send(struct net_switch *net, unsigned port, const uint8_t *frame, uint32_t bytes);

/* Tells the ports that frames have come.  The caller holds no lock. */
void net_deliver(struct net_switch *net, unsigned ports);

/* The first frame that waits for port, or NULL; it stays until net_drop_first().  For the one who
 * owns the port. */
const struct net_frame *net_first(struct net_switch *net, unsigned port);
void net_drop_first(struct net_switch *net, unsigned port);

/* Forgets what waits for port. */
void net_flush(struct net_switch *net, unsigned port);

#endif
