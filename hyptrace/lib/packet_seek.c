/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds a packet of a stream by bisecting the file.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/lib/packet_header.h"
#include "hyptrace/lib/packet_seek.h"

#define CHUNK_BYTES (64u * 1024)

struct finder {
    int fd;
    unsigned format, cpu;
    const struct ht_seek *seek;
    uint8_t chunk[CHUNK_BYTES];
};

static size_t read_at(const struct finder *finder, uint64_t offset_bytes, uint8_t *bytes,
                      size_t count)
{
    size_t done = 0;

    while (done < count) {
        ssize_t n = pread(finder->fd, bytes + done, count - done, (off_t)(offset_bytes + done));

        if (n == 0 || (n < 0 && errno != EINTR)) {
            break;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return done;
}

/* The first packet that begins in [offset, end) of the file: its offset, or end if there is none. */
static uint64_t next_packet(struct finder *finder, uint64_t offset_bytes, uint64_t end_bytes,
                            struct ht_packet *packet)
{
    while (offset_bytes < end_bytes) {
        size_t count = read_at(finder, offset_bytes, finder->chunk, CHUNK_BYTES);

        for (size_t i = 0; i + HT_PACKET_HEADER_BYTES <= count && offset_bytes + i < end_bytes;
             i++) {
            if (ht_packet_begins(finder->chunk + i, finder->format) &&
                !ht_packet_decode(packet, finder->chunk + i, finder->format, finder->cpu)) {
                return offset_bytes + i;
            }
        }
        if (count < CHUNK_BYTES) {
            break;
        }
        offset_bytes += CHUNK_BYTES - HT_PACKET_HEADER_BYTES + 1;
    }
    return end_bytes;
}

static bool is_late(const struct finder *finder, const struct ht_packet *packet)
{
    uint64_t begin = finder->seek->by_seq ? packet->seq_begin : packet->time_begin_ns;

    return begin > finder->seek->key;
}

/* From the packet at offset_bytes on, one after the other. */
static uint64_t step(struct finder *finder, uint64_t offset_bytes)
{
    uint8_t header[HT_PACKET_HEADER_BYTES];
    uint64_t best = offset_bytes;
    struct ht_packet packet;

    while (read_at(finder, offset_bytes, header, sizeof(header)) == sizeof(header) &&
           !ht_packet_decode(&packet, header, finder->format, finder->cpu) &&
           (offset_bytes == best || !is_late(finder, &packet))) {
        best = offset_bytes;
        if (packet.bytes > INT64_MAX - offset_bytes) {
            break;
        }
        offset_bytes += packet.bytes;
    }
    return best;
}

uint64_t ht_packet_seek(int fd, unsigned format, unsigned cpu, const struct ht_seek *seek)
{
    g_autofree struct finder *finder = g_new0(struct finder, 1);
    uint64_t low = 0, high;
    struct stat info;

    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        return 0;
    }
    *finder = (struct finder) {.fd = fd, .format = format, .cpu = cpu, .seek = seek};
    high = (uint64_t)info.st_size;
    while (high - low > 2 * CHUNK_BYTES) {
        uint64_t middle = low + (high - low) / 2;
        struct ht_packet packet;
        uint64_t found = next_packet(finder, middle, high, &packet);

        if (found == high || is_late(finder, &packet)) {
            high = middle;
        } else {
            low = found;
        }
    }
    return step(finder, low);
}
