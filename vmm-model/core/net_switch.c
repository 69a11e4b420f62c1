/* SPDX-License-Identifier: BSD-2-Clause */
/* An Ethernet switch between guests. */
#include <string.h>
#include "core/net_switch.h"
#include "core/status.h"

#define GROUP_BIT 1u /* of the first byte: a group, or everybody; IEEE 802.3 3.2.3 */

void net_switch_init(struct net_switch *net)
{
    memset(net, 0, sizeof(*net));
}

int net_connect(struct net_switch *net, void (*deliver)(void *opaque), void *opaque)
{
    int status = VMM_ENOMEM;

    arch_lock(&net->lock);
    for (int i = 0; i < NET_PORT_MAX && status < 0; i++) {
        struct net_port *port = &net->port[i];

        if (!port->connected) {
            port->connected = true;
            port->deliver = deliver;
            port->opaque = opaque;
            port->dropped = 0;
            port->head = port->count = 0;
            status = i;
        }
    }
    arch_unlock(&net->lock);
    return status;
}

void net_disconnect(struct net_switch *net, unsigned port)
{
    arch_lock(&net->lock);
    net->port[port].connected = false;
    for (unsigned i = 0; i < NET_ADDRESS_COUNT; i++) {
        if (net->address[i].port == port) {
            net->address[i].known = false;
        }
    }
    arch_unlock(&net->lock);
}

static struct net_address *find_address(struct net_switch *net, const uint8_t *mac)
{
    for (unsigned i = 0; i < NET_ADDRESS_COUNT; i++) {
        struct net_address *address = &net->address[i];

        if (address->known && memcmp(address->mac, mac, NET_MAC_BYTES) == 0) {
            return address;
        }
    }
    return NULL;
}

/* Who sends from a port is reached there. */
static void learn(struct net_switch *net, unsigned port, const uint8_t *mac)
{
    struct net_address *address = find_address(net, mac);

    if (mac[0] & GROUP_BIT) {
        return; /* nobody's own */
    }
    if (!address) {
        address = &net->address[net->next_address];
        net->next_address = (net->next_address + 1) % NET_ADDRESS_COUNT;
        memcpy(address->mac, mac, NET_MAC_BYTES);
        address->known = true;
    }
    address->port = (uint8_t)port;
}

static bool queue_frame(struct net_port *port, const uint8_t *data, uint32_t bytes)
{
    struct net_frame *frame = &port->frame[(port->head + port->count) % NET_QUEUE_FRAMES];

    if (port->count == NET_QUEUE_FRAMES) {
        port->dropped++;
        return false;
    }
    frame->bytes = (uint16_t)bytes;
    memcpy(frame->data, data, bytes);
    port->count++;
    return true;
}

/* Where a frame from port goes: a bit for each port. */
static unsigned destinations(struct net_switch *net, unsigned port, const uint8_t *mac)
{
    const struct net_address *address = find_address(net, mac);
    unsigned ports = 0;

    for (unsigned i = 0; i < NET_PORT_MAX; i++) {
        if (net->port[i].connected && i != port && (!address || address->port == i)) {
            ports |= 1u << i;
        }
    }
    return ports;
}

unsigned net_send(struct net_switch *net, unsigned port, const uint8_t *frame, uint32_t bytes)
{
    unsigned got = 0;

    if (bytes < NET_FRAME_MIN || bytes > NET_FRAME_MAX) {
        return 0;
    }
    arch_lock(&net->lock);
    learn(net, port, frame + NET_MAC_BYTES);
    for (unsigned left = destinations(net, port, frame); left != 0; left &= left - 1) {
        unsigned to = (unsigned)__builtin_ctz(left);

        if (queue_frame(&net->port[to], frame, bytes)) {
            got |= 1u << to;
        }
    }
    arch_unlock(&net->lock);
    return got;
}

void net_deliver(struct net_switch *net, unsigned ports)
{
    for (; ports != 0; ports &= ports - 1) {
        struct net_port *port = &net->port[__builtin_ctz(ports)];

        port->deliver(port->opaque);
    }
}

const struct net_frame *net_first(struct net_switch *net, unsigned port)
{
    struct net_port *from = &net->port[port];
    const struct net_frame *frame;

    arch_lock(&net->lock);
    frame = from->count ? &from->frame[from->head] : NULL;
    arch_unlock(&net->lock);
    return frame;
}

void net_drop_first(struct net_switch *net, unsigned port)
{
    struct net_port *from = &net->port[port];

    arch_lock(&net->lock);
    from->head = (from->head + 1) % NET_QUEUE_FRAMES;
    from->count--;
    arch_unlock(&net->lock);
}

void net_flush(struct net_switch *net, unsigned port)
{
    arch_lock(&net->lock);
    net->port[port].head = net->port[port].count = 0;
    arch_unlock(&net->lock);
}
