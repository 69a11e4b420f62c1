/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Builds the packets of one stream in memory.  No allocation, no input or output: the caller
 * gives the buffer and writes closed packets (stream_file.h).
 */
#ifndef HYPTRACE_FORMAT_PACKET_H
#define HYPTRACE_FORMAT_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/format/put.h"

/* What every event carries besides its payload. */
struct ht_stamp {
    uint64_t time_ns;       /* virtual clock */
    uint64_t seq;           /* machine-wide sequence number */
    uint64_t insns_total;   /* instructions this CPU has executed; ignored without icount */
};

struct ht_stream {
    uint8_t *packet;            /* the packet being built */
    size_t capacity_bytes;
    size_t used_bytes;          /* 0: no packet is open */
    uint32_t cpu;
    bool with_insns;            /* event contexts have `insns` */
    uint64_t time_begin_ns;     /* of the open packet */
    uint64_t time_last_ns;      /* of the stream's last event */
    uint64_t seq_begin;
    uint64_t insns_last;        /* insns_total of the stream's last event */
    uint64_t insns_begin;       /* insns_last when the packet was opened */
    uint64_t packet_count;      /* packets that count: closed and not given up */
    uint64_t discarded_count;   /* events of packets given up */
    uint32_t event_count;       /* in the open packet, snapshots not counted */
};

/**
 * ht_stream_init: prepares an empty stream.
 * @packet: buffer of @capacity_bytes (HT_PACKET_BYTES_MIN to HT_PACKET_BYTES_MAX), kept by the
 * caller for the stream's life.
 */
void ht_stream_init(struct ht_stream *s, uint8_t *packet, size_t capacity_bytes, uint32_t cpu,
                    bool with_insns);

/**
 * ht_packet_open: begins a packet; its first event will have @stamp.
 * Precondition: no packet is open.
 */
void ht_packet_open(struct ht_stream *s, const struct ht_stamp *stamp);

/**
 * ht_packet_close: completes the open packet's header.
 * Returns the packet's size in bytes; the bytes are at s->packet until the next open.  The caller
 * writes them and then calls ht_packet_written() or ht_packet_lost().
 */
size_t ht_packet_close(struct ht_stream *s);

/** ht_packet_written: the closed packet is on disk. */
void ht_packet_written(struct ht_stream *s);

/** ht_packet_lost: the closed packet is given up; its events count as discarded. */
void ht_packet_lost(struct ht_stream *s);

/** ht_packet_has_room: true if a packet is open and the longest event fits. */
static inline bool ht_packet_has_room(const struct ht_stream *s)
{
    return s->used_bytes != 0 && s->used_bytes + HT_EVENT_BYTES_MAX <= s->capacity_bytes;
}

/* In line: these two run for every event. */

static inline void ht_put_event_header(struct ht_stream *s, uint8_t **p, enum ht_event_id id,
                                       uint64_t time_ns)
{
    if (time_ns - s->time_last_ns <= UINT32_MAX) {
        ht_put_u8(p, (uint8_t)id);
        ht_put_u32(p, (uint32_t)time_ns);
    } else {
        ht_put_u8(p, HT_EVENT_EXTENDED);
        ht_put_u8(p, (uint8_t)id);
        ht_put_u64(p, time_ns);
    }
    s->time_last_ns = time_ns;
}

/* A snapshot belongs to the event that follows it: it is not counted and has run nothing. */
static inline void ht_put_insns(struct ht_stream *s, uint8_t **p, enum ht_event_id id,
                                uint64_t insns_total)
{
    uint64_t insns = 0;

    if (id != HT_EV_REGISTERS) {
        insns = insns_total - s->insns_last;
        s->insns_last = insns_total;
    }
    ht_put_u32(p, insns > UINT32_MAX ? UINT32_MAX : (uint32_t)insns);
}

/**
 * ht_event_begin: writes an event's header and context.
 * Preconditions: ht_packet_has_room(); times and sequence numbers do not decrease.
 * Returns where the payload goes; finish with ht_event_end().
 */
static inline uint8_t *ht_event_begin(struct ht_stream *s, enum ht_event_id id,
                                      const struct ht_stamp *stamp)
{
    uint8_t *p = s->packet + s->used_bytes;

    ht_put_event_header(s, &p, id, stamp->time_ns);
    ht_put_u32(&p, (uint32_t)stamp->seq);
    if (s->with_insns) {
        ht_put_insns(s, &p, id, stamp->insns_total);
    }
    s->event_count += id != HT_EV_REGISTERS;
    return p;
}

/** ht_event_end: the payload ends at @end. */
static inline void ht_event_end(struct ht_stream *s, const uint8_t *end)
{
    s->used_bytes = (size_t)(end - s->packet);
}

#endif
