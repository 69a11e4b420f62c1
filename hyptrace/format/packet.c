/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Builds the packets of one stream in memory: header and context.
 */
#include "hyptrace/format/packet.h"

static const uint8_t uuid[16] = { HT_UUID_BYTES };

void ht_stream_init(struct ht_stream *s, uint8_t *packet, size_t capacity_bytes, uint32_t cpu,
                    bool with_insns)
{
    *s = (struct ht_stream) {
        .packet = packet,
        .capacity_bytes = capacity_bytes,
        .cpu = cpu,
        .with_insns = with_insns,
    };
}

void ht_packet_open(struct ht_stream *s, const struct ht_stamp *stamp)
{
    s->used_bytes = HT_PACKET_HEADER_BYTES;
    s->event_count = 0;
    s->time_begin_ns = stamp->time_ns;
    s->time_last_ns = stamp->time_ns;
    s->seq_begin = stamp->seq;
    s->seq_last = stamp->seq;
    s->insns_begin = s->insns_last;
}

size_t ht_packet_close(struct ht_stream *s)
{
    size_t size_bytes = s->used_bytes;
    uint8_t *p = s->packet;

    ht_put_u32(&p, HT_CTF_MAGIC);
    memcpy(p, uuid, sizeof(uuid));
    p += sizeof(uuid);
    ht_put_u32(&p, 0);
    ht_put_u64(&p, s->time_begin_ns);
    ht_put_u64(&p, s->time_last_ns);
    ht_put_u64(&p, size_bytes * 8);
    ht_put_u64(&p, size_bytes * 8);
    ht_put_u64(&p, s->packet_count);
    ht_put_u64(&p, s->discarded_count);
    ht_put_u64(&p, s->seq_begin);
    ht_put_u64(&p, s->insns_begin);
    ht_put_u32(&p, s->cpu);
    s->used_bytes = 0;
    return size_bytes;
}

void ht_packet_written(struct ht_stream *s)
{
    s->packet_count++;
}

void ht_packet_lost(struct ht_stream *s)
{
    s->discarded_count += s->event_count;
}
