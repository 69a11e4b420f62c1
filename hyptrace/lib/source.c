/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events of one CPU.
 */
#include <errno.h>
#include <string.h>

#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/packet_header.h"
#include "hyptrace/lib/source.h"

/* Longest event header and context: extended time, seq, insns. */
#define HEADER_BYTES_MAX (1 + 1 + 8 + 4 + 4)

G_GNUC_PRINTF(4, 5)
static void defect(struct ht_source *source, HtError code, uint64_t offset_bytes,
                   const char *format, ...)
{
    va_list args;
    char *what;

    source->defects++;
    source->gap = true;
    if (source->error) {
        return;
    }
    va_start(args, format);
    what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(&source->error, HT_ERROR, code, "%s: offset %" G_GUINT64_FORMAT ": %s",
                source->path, offset_bytes, what);
    g_free(what);
}

void ht_source_open(struct ht_source *source, const HtTrace *trace, unsigned cpu,
                    HtReadFlags flags)
{
    char *name = g_strdup_printf("%s%u", HT_STREAM_PREFIX, cpu);

    memset(source, 0, sizeof(*source));
    source->path = g_build_filename(trace->dir, name, NULL);
    source->cpu = cpu;
    source->flags = flags;
    source->mode = (struct ht_delta_mode) {trace->registers, (flags & HT_READ_CORE) != 0};
    source->icount = trace->icount;
    if (!ht_window_open(&source->window, source->path, HT_WINDOW_BYTES)) {
        source->defects++;
        g_set_error(&source->error, HT_ERROR, HT_ERROR_IO,
                    "%s: %s: the events of CPU %u are missing", source->path,
                    g_strerror(errno), cpu);
        source->window.at_eof = true;
    }
    g_free(name);
}

void ht_source_close(struct ht_source *source)
{
    ht_window_close(&source->window);
    g_clear_error(&source->error);
    g_clear_pointer(&source->path, g_free);
}

/* Notes why the file's last bytes cannot be used, and leaves none. */
static void end_of_file(struct ht_source *source, const char *inside)
{
    struct ht_window *window = &source->window;

    if (window->read_errno) {
        defect(source, HT_ERROR_IO, ht_window_offset(window), "%s",
               g_strerror(window->read_errno));
    } else {
        uint64_t size_bytes = window->base_bytes + (uint64_t)(window->end - window->buffer);

        defect(source, HT_ERROR_TRUNCATED, size_bytes,
               "the file ends inside %s; what is whole before it was read", inside);
    }
    window->pos = window->end;
    window->at_eof = true;
    source->packet_end_bytes = source->bytes_read = ht_window_offset(window);
}

/* Moves to the next place where a packet seems to begin, or to the end of the file. */
static void find_packet(struct ht_source *source)
{
    struct ht_window *window = &source->window;

    while (ht_window_need(window, HT_PACKET_MARK_BYTES)) {
        const uint8_t *last = window->end - HT_PACKET_MARK_BYTES;

        for (const uint8_t *p = window->pos; p <= last; p++) {
            if (*p == (HT_CTF_MAGIC & 0xff) && ht_packet_begins(p)) {
                window->pos = p;
                return;
            }
        }
        window->pos = last + 1;
    }
    window->pos = window->end;
}

/* Reads the header of the packet at the window's position; FALSE at the end of the file. */
static bool begin_packet(struct ht_source *source)
{
    struct ht_window *window = &source->window;

    while (ht_window_need(window, HT_PACKET_HEADER_BYTES)) {
        uint64_t offset_bytes = ht_window_offset(window);
        struct ht_packet packet;
        const char *wrong = ht_packet_decode(&packet, window->pos, source->cpu);

        if (!wrong) {
            source->packet_end_bytes = offset_bytes + packet.bytes;
            source->bytes_read = source->packet_end_bytes;
            source->gap = source->gap || packet.lost != source->lost;
            source->lost = packet.lost;
            source->time_ns = packet.time_begin_ns;
            source->seq = packet.seq_begin;
            source->insns = packet.insns_begin;
            window->pos += HT_PACKET_HEADER_BYTES;
            return true;
        }
        defect(source, HT_ERROR_CORRUPT, offset_bytes, "%s", wrong);
        window->pos++;
        find_packet(source);
    }
    if (window->pos != window->end || window->read_errno) {
        end_of_file(source, "a packet header");
    }
    return false;
}

/* Makes a whole event readable; returns where the bytes that belong to the packet end. */
static const uint8_t *event_limit(struct ht_source *source)
{
    struct ht_window *window = &source->window;
    uint64_t left_bytes;

    ht_window_need(window, HT_EVENT_BYTES_MAX);
    left_bytes = source->packet_end_bytes - ht_window_offset(window);
    return left_bytes < (uint64_t)(window->end - window->pos) ? window->pos + left_bytes
                                                              : window->end;
}

/* Gives up the rest of the packet after an event that does not fit, beginning at offset_bytes. */
static void skip_packet(struct ht_source *source, uint64_t offset_bytes)
{
    struct ht_window *window = &source->window;
    uint64_t here_bytes = window->base_bytes + (uint64_t)(window->end - window->buffer);

    if (window->at_eof && here_bytes < source->packet_end_bytes &&
        here_bytes - offset_bytes < HT_EVENT_BYTES_MAX && ht_event_name(source->id)) {
        end_of_file(source, "an event");
        return;
    }
    if (ht_event_name(source->id)) {
        defect(source, HT_ERROR_CORRUPT, offset_bytes, "impossible %s event; packet skipped",
               ht_event_name(source->id));
    } else {
        defect(source, HT_ERROR_CORRUPT, offset_bytes, "unknown event id %u; packet skipped",
               source->id);
    }
    ht_window_seek(window, source->packet_end_bytes);
}

/* value with its low half replaced; it never becomes smaller. */
static inline uint64_t advance_low32(uint64_t value, uint32_t low)
{
    uint64_t next = (value & ~UINT64_C(0xffffffff)) | low;

    return next < value ? next + (UINT64_C(1) << 32) : next;
}

/* Decodes header and context at the window's position.  FALSE: they do not end in the packet. */
static bool take_header(struct ht_source *source)
{
    const uint8_t *limit = source->limit = event_limit(source);
    const uint8_t *p = source->window.pos;
    size_t left_bytes = limit - p;
    bool extended = left_bytes && p[0] == HT_EVENT_EXTENDED;
    size_t bytes = (extended ? 10 : 5) + (source->icount ? 8 : 4);

    source->id = HT_EV_REGISTERS; /* until known, for the words of an error */
    if (left_bytes < bytes) {
        return false;
    }
    if (extended) {
        source->id = p[1];
        source->time_ns = ht_le64(p + 2);
        p += 10;
    } else {
        source->id = p[0];
        source->time_ns = advance_low32(source->time_ns, ht_le32(p + 1));
        p += 5;
    }
    source->seq = advance_low32(source->seq, ht_le32(p));
    if (source->icount) {
        source->insns += ht_le32(p + 4);
    }
    source->window.pos += bytes;
    return true;
}

static bool wanted(const struct ht_source *source)
{
    return source->id != HT_EV_REGISTERS || (source->flags & HT_READ_SNAPSHOTS);
}

bool ht_source_peek(struct ht_source *source)
{
    struct ht_event snapshot;

    while (!source->peeked) {
        source->offset_bytes = ht_window_offset(&source->window);
        if (source->offset_bytes >= source->packet_end_bytes) {
            if (!begin_packet(source)) {
                return false;
            }
        } else if (!take_header(source)) {
            skip_packet(source, source->offset_bytes);
        } else {
            source->peeked = true;
            if (!wanted(source)) {
                ht_source_take(source, &snapshot);
            }
        }
    }
    return true;
}

bool ht_source_take(struct ht_source *source, struct ht_event *event)
{
    const uint8_t *end;
    struct ht_window *window = &source->window;

    event->id = source->id;
    event->cpu = source->cpu;
    event->seq = source->seq;
    event->time_ns = source->time_ns;
    event->insns = source->insns;
    event->offset_bytes = source->offset_bytes;
    event->regs = source->regs;
    event->gap = source->gap;
    source->peeked = false;

    end = ht_payload_decode(event, source->regs, source->mode, window->pos, source->limit);
    if (!end) {
        skip_packet(source, source->offset_bytes);
        return false;
    }
    window->pos = end;
    source->gap = source->gap && event->id == HT_EV_REGISTERS;
    return true;
}
