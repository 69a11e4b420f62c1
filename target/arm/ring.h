/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The flight recorder: the last packets of a CPU, in memory.
 */
#ifndef TARGET_ARM_HYPTRACE_RING_H
#define TARGET_ARM_HYPTRACE_RING_H

#include "hyptrace/format/packet.h"
#include "hyptrace/format/stream_file.h"

/* Places for packets; the stream builds the open one in place, so that nothing is copied. */
typedef struct HtRing {
    uint8_t *places;            /* place_count times place_bytes */
    size_t place_bytes;
    unsigned place_count;
    unsigned open;              /* place of the packet that is being built */
    unsigned closed_count;      /* places before it that hold packets */
    uint32_t *size_bytes;       /* of the packet in each place */
    uint32_t *event_count;
} HtRing;

/** ht_ring_init: makes the places and gives @stream the first.  At least 2 places. */
void ht_ring_init(HtRing *ring, struct ht_stream *stream, uint64_t ring_bytes,
                  uint64_t packet_bytes);

/**
 * ht_ring_keep: keeps the stream's packet, which was just closed (@size_bytes), and goes on in the
 * next place; events of the packet that was there count as discarded.
 */
void ht_ring_keep(HtRing *ring, struct ht_stream *stream, size_t size_bytes);

/**
 * ht_ring_write: appends the packets to @file, oldest first, and forgets them.  Safe in a signal
 * handler.  Returns 0 or -errno; packets that could not be written count as discarded.
 */
int ht_ring_write(HtRing *ring, struct ht_stream *stream, struct ht_stream_file *file);

#endif
