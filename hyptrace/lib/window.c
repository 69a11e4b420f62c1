/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A moving window on a file.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hyptrace/lib/window.h"

/* No more than the file needs, as long as that is not known to change. */
static size_t fitting_size(int fd, size_t size_bytes)
{
    struct stat info;

    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (uint64_t)info.st_size < size_bytes) {
        size_bytes = (size_t)MAX(info.st_size, HT_WINDOW_BYTES_MIN);
    }
    return size_bytes;
}

bool ht_window_open(struct ht_window *window, const char *path, size_t size_bytes)
{
    memset(window, 0, sizeof(*window));
    window->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (window->fd < 0) {
        return false;
    }
    posix_fadvise(window->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    window->size_bytes = fitting_size(window->fd, size_bytes);
    window->buffer = g_malloc(window->size_bytes);
    window->pos = window->end = window->buffer;
    return true;
}

uint64_t ht_window_file_bytes(const struct ht_window *window)
{
    struct stat info;

    return fstat(window->fd, &info) == 0 ? (uint64_t)info.st_size : 0;
}

void ht_window_close(struct ht_window *window)
{
    if (window->buffer) {
        close(window->fd);
        g_free(window->buffer);
        memset(window, 0, sizeof(*window));
    }
}

void ht_window_fill(struct ht_window *window)
{
    size_t kept = window->end - window->pos;

    window->base_bytes = ht_window_offset(window);
    memmove(window->buffer, window->pos, kept);
    window->pos = window->buffer;
    while (kept < window->size_bytes && !window->at_eof) {
        ssize_t n = pread(window->fd, window->buffer + kept, window->size_bytes - kept,
                          (off_t)(window->base_bytes + kept));

        if (n > 0) {
            kept += n;
        } else if (n == 0 || errno != EINTR) {
            window->read_errno = n < 0 ? errno : 0;
            window->at_eof = true;
        }
    }
    window->end = window->buffer + kept;
}

void ht_window_seek(struct ht_window *window, uint64_t offset_bytes)
{
    uint64_t end = window->base_bytes + (uint64_t)(window->end - window->buffer);

    if (offset_bytes <= end) {
        window->pos = window->buffer + (offset_bytes - window->base_bytes);
    } else {
        ht_window_jump(window, offset_bytes);
    }
}

void ht_window_jump(struct ht_window *window, uint64_t offset_bytes)
{
    window->base_bytes = offset_bytes;
    window->pos = window->end = window->buffer;
    window->at_eof = false;
    ht_window_fill(window);
}
