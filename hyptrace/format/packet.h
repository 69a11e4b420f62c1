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
    uint64_t seq_last;          /* the same */
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

/* In line: these run for every event. */

static inline unsigned ht_put_time(struct ht_stream *s, uint8_t **p, uint64_t time_ns)
{
    uint64_t step_ns = time_ns - s->time_last_ns;

    s->time_last_ns = time_ns;
    if (step_ns == 0) {
        return HT_TIME_SAME;
    }
    ht_put_u64(p, time_ns);
    if (step_ns < 1u << 16) {
        *p -= 6;
        return HT_TIME_LOW16;
    }
    if (step_ns < 1u << 24) {
        *p -= 5;
        return HT_TIME_LOW24;
    }
    return HT_TIME_FULL;
}

static inline unsigned ht_put_seq(struct ht_stream *s, uint8_t **p, uint64_t seq)
{
    uint64_t step = seq - s->seq_last;

    s->seq_last = seq;
    if (step <= 1) {
        return step == 1 ? HT_SEQ_NEXT : HT_SEQ_SAME;
    }
    if (step <= UINT8_MAX) {
        ht_put_u8(p, (uint8_t)step);
        return HT_SEQ_STEP8;
    }
    ht_put_u32(p, (uint32_t)seq);
    return HT_SEQ_LOW32;
}

/* A snapshot belongs to the event that follows it: it has run nothing. */
static inline unsigned ht_put_insns(struct ht_stream *s, uint8_t **p, enum ht_event_id id,
                                    uint64_t insns_total)
{
    uint64_t insns = insns_total - s->insns_last;

    if (insns == 0 || id == HT_EV_REGISTERS) {
        return HT_INSNS_NONE;
    }
    s->insns_last = insns_total;
    ht_put_u32(p, insns > UINT32_MAX ? UINT32_MAX : (uint32_t)insns);
    if (insns <= UINT8_MAX) {
        *p -= 3;
        return HT_INSNS_U8;
    }
    if (insns <= UINT16_MAX) {
        *p -= 2;
        return HT_INSNS_U16;
    }
    return HT_INSNS_U32;
}

/**
 * ht_event_begin: writes an event's header and context.
 * Preconditions: ht_packet_has_room(); times and sequence numbers do not decrease.
 * Returns where the payload goes; finish with ht_event_end().
 */
static inline uint8_t *ht_event_begin(struct ht_stream *s, enum ht_event_id id,
                                      const struct ht_stamp *stamp)
{
    uint8_t *header = s->packet + s->used_bytes;
    uint8_t *p = header + 1;
    uint8_t *context;
    unsigned code;

    code = ht_put_time(s, &p, stamp->time_ns);
    *header = (uint8_t)(code << HT_HEADER_TIME_SHIFT | (unsigned)id << HT_HEADER_ID_SHIFT);
    context = p++;
    code = ht_put_seq(s, &p, stamp->seq) << HT_CONTEXT_SEQ_SHIFT;
    if (s->with_insns) {
        code |= ht_put_insns(s, &p, id, stamp->insns_total) << HT_CONTEXT_INSNS_SHIFT;
    }
    *context = (uint8_t)code;
    s->event_count += id != HT_EV_REGISTERS;
    return p;
}

/** ht_event_end: the payload ends at @end. */
static inline void ht_event_end(struct ht_stream *s, const uint8_t *end)
{
    s->used_bytes = (size_t)(end - s->packet);
}

#endif
