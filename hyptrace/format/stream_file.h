/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A stream's file: whole packets are appended to it, or nothing.
 */
#ifndef HYPTRACE_FORMAT_STREAM_FILE_H
#define HYPTRACE_FORMAT_STREAM_FILE_H

#include <stddef.h>
#include <stdint.h>

struct ht_stream_file {
    int fd;                     /* -1: not open */
    uint64_t end_bytes;         /* end of the last whole packet */
    uint64_t last_packet_bytes; /* where the last whole packet begins; = end_bytes if none */
};

/**
 * ht_stream_file_open: creates stream_cpu@cpu@suffix in the directory @dir.
 * Returns 0, or -errno: -EEXIST if there is one.
 */
int ht_stream_file_open(struct ht_stream_file *f, const char *dir, unsigned cpu,
                        const char *suffix);

/**
 * ht_stream_file_append: writes one packet.
 * Returns 0, or -errno; then the file ends behind the last whole packet, as before.
 */
int ht_stream_file_append(struct ht_stream_file *f, const uint8_t *packet, size_t size_bytes);

/**
 * ht_stream_file_set_discarded: corrects events_discarded of the last packet on disk, for losses
 * after which no packet could be written.  Returns 0 (also without a packet) or -errno.
 */
int ht_stream_file_set_discarded(struct ht_stream_file *f, uint64_t discarded_count);

/** ht_stream_file_close: closes the file; harmless if it is not open. */
void ht_stream_file_close(struct ht_stream_file *f);

#endif
