/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets, docs/trace-format.md "Packet".
 */
#include <stddef.h>
#include <string.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/format1.h"
#include "hyptrace/lib/packet_header.h"

static const uint8_t uuids[HT_FORMAT_VERSION][16] = {{HT_UUID1_BYTES}, {HT_UUID_BYTES}};

bool ht_packet_begins(const uint8_t *bytes, unsigned format)
{
    return ht_le32(bytes + HT_PACKET_MAGIC) == HT_CTF_MAGIC &&
           memcmp(bytes + HT_PACKET_UUID, uuids[format - 1], sizeof(uuids[0])) == 0;
}

const char *ht_packet_decode(struct ht_packet *packet, const uint8_t *bytes, unsigned format,
                             unsigned cpu)
{
    uint64_t content_bits = ht_le64(bytes + HT_PACKET_CONTENT_BITS);

    if (ht_le32(bytes + HT_PACKET_MAGIC) != HT_CTF_MAGIC) {
        return "no packet begins here";
    }
    if (!ht_packet_begins(bytes, format)) {
        return "packet of another trace format";
    }
    if (ht_le32(bytes + HT_PACKET_STREAM_ID) != 0) {
        return "packet of an unknown kind of stream";
    }
    if (ht_le32(bytes + HT_PACKET_CPU) != cpu) {
        return "packet of another CPU";
    }
    if (content_bits % 8 || content_bits != ht_le64(bytes + HT_PACKET_PACKET_BITS) ||
        content_bits / 8 < HT_PACKET_HEADER_BYTES || content_bits / 8 > HT_PACKET_BYTES_MAX) {
        return "packet with an impossible size";
    }
    packet->bytes = content_bits / 8;
    packet->time_begin_ns = ht_le64(bytes + HT_PACKET_TIME_BEGIN);
    packet->lost = ht_le64(bytes + HT_PACKET_DISCARDED);
    packet->seq_begin = ht_le64(bytes + HT_PACKET_SEQ_BEGIN);
    packet->insns_begin = ht_le64(bytes + HT_PACKET_INSNS_BEGIN);
    return NULL;
}
