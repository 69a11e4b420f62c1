/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events of one CPU.
 */
#include <errno.h>
#include <string.h>

#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/format1.h"
#include "hyptrace/lib/packet_header.h"
#include "hyptrace/lib/source.h"

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
    source->icount = trace->icount;
    source->format = trace->format;
    source->mode = (struct ht_delta_mode) {
        .coded = trace->registers,
        .lists = trace->registers && trace->format == 1,
        .keep_core = (flags & HT_READ_CORE) != 0,
        .plain_returns = trace->format == 1,
    };
    if (!ht_window_open(&source->window, source->path, HT_WINDOW_BYTES)) {
        int reason = errno;
        g_autofree char *packed = g_strconcat(source->path, HT_PACKED_SUFFIX, NULL);
        bool is_packed = g_file_test(packed, G_FILE_TEST_EXISTS);

        source->defects++;
        g_set_error(&source->error, HT_ERROR, HT_ERROR_IO,
                    is_packed ? "%s: %s: the stream is compressed: use 'hyptrace unpack'"
                              : "%s: %s: the events of CPU %u are missing", source->path,
                    g_strerror(reason), cpu);
        source->window.at_eof = true;
    }
    g_free(name);
}

void ht_source_seek(struct ht_source *source, const struct ht_seek *seek)
{
    if (!source->window.buffer) {
        return;
    }
    source->packet_end_bytes = ht_packet_seek(source->window.fd, source->format, source->cpu,
                                              seek);
    source->peeked = false;
    ht_window_jump(&source->window, source->packet_end_bytes);
}

void ht_source_follow(struct ht_source *source, bool follow)
{
    source->follow = follow;
    source->pending = false;
    source->window.at_eof = !source->window.buffer;
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
            if (*p == (HT_CTF_MAGIC & 0xff) && ht_packet_begins(p, source->format)) {
                window->pos = p;
                return;
            }
        }
        window->pos = last + 1;
    }
    window->pos = window->end;
}

/* The packet at the window's position, if one is there, is in the file up to its end. */
static bool is_whole(struct ht_source *source)
{
    struct ht_window *window = &source->window;
    struct ht_packet packet;

    window->at_eof = false;
    if (!ht_window_need(window, HT_PACKET_HEADER_BYTES)) {
        return false;
    }
    return ht_packet_decode(&packet, window->pos, source->format, source->cpu) ||
           ht_window_offset(window) + packet.bytes <= ht_window_file_bytes(window);
}

/* Reads the header of the packet at the window's position; FALSE at the end of the file. */
static bool begin_packet(struct ht_source *source)
{
    struct ht_window *window = &source->window;

    source->pending = source->follow && window->buffer && !is_whole(source);
    if (source->pending) {
        return false;
    }

    while (ht_window_need(window, HT_PACKET_HEADER_BYTES)) {
        uint64_t offset_bytes = ht_window_offset(window);
        struct ht_packet packet;
        const char *wrong = ht_packet_decode(&packet, window->pos, source->format,
                                             source->cpu);

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

/* value with its low bits replaced; it never becomes smaller. */
static inline uint64_t advance_low(uint64_t value, uint32_t low, unsigned bits)
{
    uint64_t next = (value & ~((UINT64_C(1) << bits) - 1)) | low;

    return next < value ? next + (UINT64_C(1) << bits) : next;
}

/*
 * Decodes header and context at the window's position, in version 1 of the format.  FALSE: they do
 * not end in the packet.
 */
static bool take_header1(struct ht_source *source, const uint8_t *p, size_t left_bytes)
{
    bool extended = left_bytes && p[0] == HT1_EVENT_EXTENDED;
    size_t bytes = (extended ? 10 : 5) + (source->icount ? 8 : 4);

    if (left_bytes < bytes) {
        return false;
    }
    if (extended) {
        source->id = p[1];
        source->time_ns = ht_le64(p + 2);
        p += 10;
    } else {
        source->id = p[0];
        source->time_ns = advance_low(source->time_ns, ht_le32(p + 1), 32);
        p += 5;
    }
    source->seq = advance_low(source->seq, ht_le32(p), 32);
    if (source->icount) {
        source->insns += ht_le32(p + 4);
    }
    source->window.pos += bytes;
    return true;
}

static inline const uint8_t *take_time(struct ht_source *source, const uint8_t *p,
                                       enum ht_time_code code)
{
    switch (code) {
    case HT_TIME_SAME:
        return p;
    case HT_TIME_LOW16:
        source->time_ns = advance_low(source->time_ns, ht_le16(p), 16);
        return p + 2;
    case HT_TIME_LOW24:
        source->time_ns = advance_low(source->time_ns, ht_le16(p) | (uint32_t)p[2] << 16, 24);
        return p + 3;
    case HT_TIME_FULL:
        source->time_ns = ht_le64(p);
        return p + 8;
    }
    g_assert_not_reached();
}

static inline const uint8_t *take_seq(struct ht_source *source, const uint8_t *p,
                                      enum ht_seq_code code)
{
    switch (code) {
    case HT_SEQ_SAME:
        return p;
    case HT_SEQ_NEXT:
        source->seq++;
        return p;
    case HT_SEQ_STEP8:
        source->seq += *p;
        return p + 1;
    case HT_SEQ_LOW32:
        source->seq = advance_low(source->seq, ht_le32(p), 32);
        return p + 4;
    }
    g_assert_not_reached();
}

static inline const uint8_t *take_insns(struct ht_source *source, const uint8_t *p,
                                        enum ht_insns_code code)
{
    switch (code) {
    case HT_INSNS_NONE:
        return p;
    case HT_INSNS_U8:
        source->insns += *p;
        return p + 1;
    case HT_INSNS_U16:
        source->insns += ht_le16(p);
        return p + 2;
    case HT_INSNS_U32:
        source->insns += ht_le32(p);
        return p + 4;
    }
    g_assert_not_reached();
}

/* The same in version 2. */
static bool take_header2(struct ht_source *source, const uint8_t *bytes, size_t left_bytes)
{
    static const uint8_t time_bytes[] = {0, 2, 3, 8}, value_bytes[] = {0, 1, 2, 4};
    static const uint8_t seq_bytes[] = {0, 0, 1, 4};
    unsigned time_code, seq_code, insns_code;
    const uint8_t *p = bytes;
    size_t size;

    if (left_bytes < 2 || left_bytes < 2u + time_bytes[p[0] & 3]) {
        return false;
    }
    time_code = p[0] >> HT_HEADER_TIME_SHIFT & 3;
    seq_code = p[1 + time_bytes[time_code]] >> HT_CONTEXT_SEQ_SHIFT & 3;
    insns_code = source->icount ? p[1 + time_bytes[time_code]] >> HT_CONTEXT_INSNS_SHIFT & 3
                                : HT_INSNS_NONE;
    size = 2u + time_bytes[time_code] + seq_bytes[seq_code] + value_bytes[insns_code];
    if (left_bytes < size) {
        return false;
    }
    source->id = *p++ >> HT_HEADER_ID_SHIFT;
    p = take_time(source, p, time_code) + 1;
    p = take_seq(source, p, seq_code);
    p = take_insns(source, p, insns_code);
    source->window.pos += size;
    return true;
}

static bool take_header(struct ht_source *source)
{
    const uint8_t *p;

    source->limit = event_limit(source); /* moves the window */
    source->id = HT_EV_REGISTERS; /* until known, for the words of an error */
    p = source->window.pos;
    return source->format == 1 ? take_header1(source, p, (size_t)(source->limit - p))
                               : take_header2(source, p, (size_t)(source->limit - p));
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
