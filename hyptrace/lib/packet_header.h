/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Header and context of a packet.
 */
#ifndef HYPTRACE_LIB_PACKET_HEADER_H
#define HYPTRACE_LIB_PACKET_HEADER_H

#include <stdbool.h>
#include <stdint.h>

/* What the reader wants of them. */
struct ht_packet {
    uint64_t time_begin_ns;
    uint64_t bytes;        /* whole packet */
    uint64_t lost;         /* events lost in this stream so far */
    uint64_t seq_begin;
    uint64_t insns_begin;
};

/**
 * ht_packet_decode: decodes the HT_PACKET_HEADER_BYTES bytes at the start of a packet of cpu in a
 * trace of a version of the format.
 * Returns NULL, or words for what is wrong with them.
 */
const char *ht_packet_decode(struct ht_packet *packet, const uint8_t *bytes, unsigned format,
                             unsigned cpu);

/** ht_packet_begins: true if the 20 bytes are the magic number and the version's uuid. */
bool ht_packet_begins(const uint8_t *bytes, unsigned format);

#define HT_PACKET_MARK_BYTES 20

#endif
