/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtio console.  Virtio 1.1, 5.3. */
#include <string.h>
#include "core/hyp.h"
#include "core/save.h"
#include "core/virtio_console.h"

#define QUEUE_RECEIVE  0
#define QUEUE_TRANSMIT 1
#define PIECE_BYTES    64u /* sent before the guest may run, or be preempted, again */

/* A piece of what the guest sends; the request is taken again for the next one. */
static enum virtio_result transmit(struct virtio_console *console)
{
    struct virtio *virtio = &console->virtio;
    struct virtq_chain *chain = &virtio->chain;
    enum virtio_result result = virtio_take(virtio, QUEUE_TRANSMIT);
    char piece[PIECE_BYTES];
    uint32_t bytes;

    if (result != VIRTIO_MORE) {
        return result;
    }
    if (console->sent > chain->read_bytes) {
        return VIRTIO_BROKEN; /* it has become shorter */
    }
    bytes = chain->read_bytes - console->sent;
    bytes = bytes < PIECE_BYTES ? bytes : PIECE_BYTES;
    if (!virtq_read(virtio->hyp, chain, console->sent, piece, bytes)) {
        return VIRTIO_BROKEN;
    }
    for (uint32_t i = 0; i < bytes; i++) {
        console->put(console->opaque, piece[i]);
    }
    console->sent += bytes;
    if (console->sent < chain->read_bytes) {
        virtq_untake(&virtio->queue[QUEUE_TRANSMIT]);
        return VIRTIO_MORE;
    }
    console->sent = 0;
    return virtio_give(virtio, QUEUE_TRANSMIT, 0);
}

/* What has been received into one buffer of the driver's. */
static enum virtio_result receive(struct virtio_console *console)
{
    struct virtio *virtio = &console->virtio;
    enum virtio_result result = console->count ? virtio_take(virtio, QUEUE_RECEIVE) : VIRTIO_IDLE;
    uint32_t bytes = 0;

    if (result != VIRTIO_MORE) {
        return result;
    }
    while (console->count > 0 && bytes < virtio->chain.write_bytes) {
        if (!virtq_write(virtio->hyp, &virtio->chain, bytes++, &console->fifo[console->head], 1)) {
            return VIRTIO_BROKEN;
        }
        console->head = (console->head + 1) % VIRTIO_CONSOLE_FIFO;
        console->count--;
    }
    return virtio_give(virtio, QUEUE_RECEIVE, bytes);
}

static enum virtio_result process(struct virtio *virtio, unsigned queue)
{
    struct virtio_console *console = (struct virtio_console *)virtio;

    return queue == QUEUE_TRANSMIT ? transmit(console) : receive(console);
}

static void reset(struct virtio *virtio)
{
    struct virtio_console *console = (struct virtio_console *)virtio;

    console->sent = 0;
    console->head = console->count = 0;
}

static void save(struct virtio *virtio, struct save_stream *s)
{
    struct virtio_console *console = (struct virtio_console *)virtio;
    uint32_t sent = console->sent;
    unsigned head = console->head, count = console->count;
    uint8_t fifo[VIRTIO_CONSOLE_FIFO];

    memcpy(fifo, console->fifo, sizeof(fifo));
    save_u32(s, &sent);
    save_unsigned_max(s, &head, VIRTIO_CONSOLE_FIFO - 1);
    save_unsigned_max(s, &count, VIRTIO_CONSOLE_FIFO);
    for (unsigned i = 0; i < VIRTIO_CONSOLE_FIFO; i++) {
        save_u8(s, &fifo[i]);
    }
    if (save_commits(s)) {
        console->sent = sent;
        console->head = head;
        console->count = count;
        memcpy(console->fifo, fifo, sizeof(fifo));
    }
}

static const struct virtio_ops ops = {
    .device_id = VIRTIO_ID_CONSOLE,
    .queue_count = QUEUE_TRANSMIT + 1,
    .process = process,
    .reset = reset,
    .save = save,
};

void virtio_console_init(struct virtio_console *console, struct hyp *hyp, unsigned intid,
                         void (*put)(void *opaque, char c), void *opaque)
{
    memset(console, 0, sizeof(*console));
    console->put = put;
    console->opaque = opaque;
    virtio_init(&console->virtio, &ops, hyp, intid, NULL);
}

void virtio_console_receive(struct virtio_console *console, char c)
{
    if (console->count < VIRTIO_CONSOLE_FIFO) {
        console->fifo[(console->head + console->count++) % VIRTIO_CONSOLE_FIFO] = (uint8_t)c;
    }
    virtio_service(&console->virtio, QUEUE_RECEIVE);
}
