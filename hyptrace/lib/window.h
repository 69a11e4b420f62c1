/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A moving window on a file that is read once from front to back.  The bytes are copied: a
 * mapping would turn a file that shrinks, or a bad disk, into a signal.
 */
#ifndef HYPTRACE_LIB_WINDOW_H
#define HYPTRACE_LIB_WINDOW_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

struct ht_window {
    int fd;
    int read_errno;       /* reading failed with this, or 0 */
    bool at_eof;          /* nothing follows after `end` */
    size_t size_bytes;    /* capacity of buffer */
    uint8_t *buffer;
    const uint8_t *pos;   /* next byte to consume, moved by the user */
    const uint8_t *end;   /* after the last byte that is here */
    uint64_t base_bytes;  /* file offset of buffer[0] */
};

/* Smallest window; whatever is needed in one piece must fit. */
#define HT_WINDOW_BYTES_MIN 4096

/**
 * ht_window_open: opens path with a window of at most size_bytes, which are at least
 * HT_WINDOW_BYTES_MIN.  FALSE with errno set on failure.
 */
bool ht_window_open(struct ht_window *window, const char *path, size_t size_bytes);

/** ht_window_close: closes the file and frees the buffer; a zeroed window is allowed. */
void ht_window_close(struct ht_window *window);

/** ht_window_fill: moves the window so that it begins at pos and reads as much as fits. */
void ht_window_fill(struct ht_window *window);

/** ht_window_seek: sets pos to a file offset not before base_bytes, filling as needed. */
void ht_window_seek(struct ht_window *window, uint64_t offset_bytes);

/** ht_window_jump: sets pos to any file offset. */
void ht_window_jump(struct ht_window *window, uint64_t offset_bytes);

/** ht_window_file_bytes: how large the file is now; 0 if that cannot be told. */
uint64_t ht_window_file_bytes(const struct ht_window *window);

/** ht_window_offset: the file offset of pos. */
static inline uint64_t ht_window_offset(const struct ht_window *window)
{
    return window->base_bytes + (uint64_t)(window->pos - window->buffer);
}

/** ht_window_need: tries to have count bytes at pos; returns whether they are there. */
static inline bool ht_window_need(struct ht_window *window, size_t count)
{
    if ((size_t)(window->end - window->pos) < count && !window->at_eof) {
        ht_window_fill(window);
    }
    return (size_t)(window->end - window->pos) >= count;
}

#endif
