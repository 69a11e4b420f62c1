/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The flight recorder: the last packets of a CPU, in memory.
 */
#include "qemu/osdep.h"
#include "target/arm/hyptrace/ring.h"

static uint8_t *place(const HtRing *ring, unsigned index)
{
    return ring->places + index * ring->place_bytes;
}

void ht_ring_init(HtRing *ring, struct ht_stream *stream, uint64_t ring_bytes,
                  uint64_t packet_bytes)
{
    ring->place_bytes = packet_bytes;
    ring->place_count = MAX(ring_bytes / packet_bytes, 2);
    ring->places = g_malloc(ring->place_count * ring->place_bytes);
    ring->size_bytes = g_new0(uint32_t, ring->place_count);
    ring->event_count = g_new0(uint32_t, ring->place_count);
    stream->packet = ring->places;
}

void ht_ring_keep(HtRing *ring, struct ht_stream *stream, size_t size_bytes)
{
    ring->size_bytes[ring->open] = size_bytes;
    ring->event_count[ring->open] = stream->event_count;
    ring->open = (ring->open + 1) % ring->place_count;
    if (ring->closed_count < ring->place_count - 1) {
        ring->closed_count++;
    } else {
        stream->discarded_count += ring->event_count[ring->open];
    }
    stream->packet = place(ring, ring->open);
}

/* Which packets were dropped before it, and its number among those that are written. */
static void renumber(uint8_t *packet, const struct ht_stream *stream)
{
    uint8_t *seq_num = packet + HT_PACKET_SEQ_NUM;

    ht_put_u64(&seq_num, stream->packet_count);
    ht_put_u64(&seq_num, stream->discarded_count);
    QEMU_BUILD_BUG_ON(HT_PACKET_DISCARDED != HT_PACKET_SEQ_NUM + 8);
}

int ht_ring_write(HtRing *ring, struct ht_stream *stream, struct ht_stream_file *file)
{
    int result = 0;

    while (ring->closed_count > 0) {
        unsigned index = (ring->open + ring->place_count - ring->closed_count) %
                         ring->place_count;
        int error;

        renumber(place(ring, index), stream);
        error = ht_stream_file_append(file, place(ring, index), ring->size_bytes[index]);
        if (error) {
            stream->discarded_count += ring->event_count[index];
            result = error;
        } else {
            ht_packet_written(stream);
        }
        ring->closed_count--;
    }
    return result;
}
