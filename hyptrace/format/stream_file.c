/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A stream's file: whole packets are appended to it, or nothing.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/format/put.h"
#include "hyptrace/format/stream_file.h"

int ht_stream_file_open(struct ht_stream_file *f, const char *dir, unsigned cpu,
                        const char *suffix)
{
    char path[4096];
    int length = snprintf(path, sizeof(path), "%s/" HT_STREAM_PREFIX "%u%s", dir, cpu,
                          suffix);

    *f = (struct ht_stream_file) { .fd = -1 };
    if (length < 0 || (size_t)length >= sizeof(path)) {
        return -ENAMETOOLONG;
    }
    f->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return f->fd < 0 ? -errno : 0;
}

static int write_all(struct ht_stream_file *f, const uint8_t *data, size_t size_bytes)
{
    uint64_t at_bytes = f->end_bytes;

    while (size_bytes > 0) {
        ssize_t n = pwrite(f->fd, data, size_bytes, (off_t)at_bytes);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? -errno : -ENOSPC;
        }
        data += n;
        at_bytes += (uint64_t)n;
        size_bytes -= (size_t)n;
    }
    return 0;
}

int ht_stream_file_append(struct ht_stream_file *f, const uint8_t *packet, size_t size_bytes)
{
    int error = write_all(f, packet, size_bytes);

    if (error != 0) {
        /* If even this fails, the reader still sees whole packets and then a piece of one. */
        (void)!ftruncate(f->fd, (off_t)f->end_bytes);
        return error;
    }
    f->last_packet_bytes = f->end_bytes;
    f->end_bytes += size_bytes;
    return 0;
}

int ht_stream_file_set_discarded(struct ht_stream_file *f, uint64_t discarded_count)
{
    uint64_t value = HT_LE64(discarded_count);
    ssize_t n;

    if (f->end_bytes == 0) {
        return 0;
    }
    n = pwrite(f->fd, &value, sizeof(value), (off_t)(f->last_packet_bytes + HT_PACKET_DISCARDED));
    return n == (ssize_t)sizeof(value) ? 0 : n < 0 ? -errno : -EIO;
}

void ht_stream_file_close(struct ht_stream_file *f)
{
    if (f->fd >= 0) {
        close(f->fd);
        f->fd = -1;
    }
}
