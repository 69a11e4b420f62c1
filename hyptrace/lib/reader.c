/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Merges the streams of all CPUs by sequence number.
 */
#include <string.h>

#include "hyptrace/lib/error.h"
#include "hyptrace/lib/reader.h"
#include "hyptrace/lib/source.h"

struct HtReader {
    unsigned count;
    struct ht_source *sources;
    struct ht_source *current;  /* the stream with the lowest sequence number, */
    uint64_t bound;             /* up to before this one of another stream */
    struct ht_event event;
    GError *mixed;              /* the streams are not of one trace, or NULL */
    bool follow;                /* the trace is being written */
    bool pending;
    uint64_t last_seq;          /* of the event delivered last, when following, */
    uint64_t last_lost;         /* and how many were lost up to there */
};

/* A stream of a CPU that the trace has not. */
static void look_for_others(HtReader *reader, const HtTrace *trace)
{
    g_autoptr(GDir) dir = g_dir_open(trace->dir, 0, NULL);
    const char *name;

    while (dir && !reader->mixed && (name = g_dir_read_name(dir))) {
        guint64 cpu;

        if (g_str_has_prefix(name, HT_STREAM_PREFIX) &&
            g_ascii_string_to_unsigned(name + strlen(HT_STREAM_PREFIX), 10, trace->cpus, G_MAXUINT,
                                       &cpu, NULL)) {
            g_set_error(&reader->mixed, HT_ERROR, HT_ERROR_FOREIGN,
                        "%s" G_DIR_SEPARATOR_S "%s: the trace has %u CPUs, this file is of another"
                        " one: not read", trace->dir, name, trace->cpus);
        }
    }
}

HtReader *ht_reader_new(const HtTrace *trace, HtReadFlags flags, GError **error)
{
    HtReader *reader = g_new0(HtReader, 1);
    unsigned missing = 0;

    reader->count = trace->cpus;
    reader->sources = g_new0(struct ht_source, trace->cpus);
    for (unsigned i = 0; i < trace->cpus; i++) {
        ht_source_open(&reader->sources[i], trace, i, flags);
        missing += reader->sources[i].error != NULL;
    }
    look_for_others(reader, trace);
    if (missing == trace->cpus) {
        g_propagate_error(error, g_error_copy(reader->sources[0].error));
        g_clear_pointer(&reader, ht_reader_free);
    }
    return reader;
}

void ht_reader_free(HtReader *reader)
{
    if (!reader) {
        return;
    }
    for (unsigned i = 0; i < reader->count; i++) {
        ht_source_close(&reader->sources[i]);
    }
    g_clear_error(&reader->mixed);
    g_free(reader->sources);
    g_free(reader);
}

void ht_reader_seek(HtReader *reader, const struct ht_seek *seek)
{
    for (unsigned i = 0; i < reader->count; i++) {
        ht_source_seek(&reader->sources[i], seek);
    }
    reader->current = NULL;
}

void ht_reader_follow(HtReader *reader, gboolean follow)
{
    reader->follow = follow;
    reader->pending = false;
    reader->current = NULL;
    for (unsigned i = 0; i < reader->count; i++) {
        ht_source_follow(&reader->sources[i], follow);
    }
}

gboolean ht_reader_pending(const HtReader *reader)
{
    return reader->pending;
}

static uint64_t lost(const HtReader *reader)
{
    uint64_t sum = 0;

    for (unsigned i = 0; i < reader->count; i++) {
        sum += reader->sources[i].lost;
    }
    return sum;
}

/* Sequence numbers have no gaps but for lost events: nothing that is still missing comes before. */
static bool comes_next(const HtReader *reader, const struct ht_source *source)
{
    return source->seq <= reader->last_seq + 1 + (lost(reader) - reader->last_lost);
}

/* While a stream has no next event, every event of the others is looked at. */
static void wait_for_order(HtReader *reader)
{
    if (reader->current && comes_next(reader, reader->current)) {
        reader->bound = reader->current->seq;
    } else {
        reader->current = NULL;
        reader->pending = true;
    }
}

/* An event has a number of its own. */
static void note_same_number(HtReader *reader, const struct ht_source *a,
                             const struct ht_source *b)
{
    if (!reader->mixed) {
        g_set_error(&reader->mixed, HT_ERROR, HT_ERROR_FOREIGN,
                    "%s: offset %" G_GUINT64_FORMAT ": its event %" G_GUINT64_FORMAT
                    " is one of CPU %u too: files of two traces in one directory", b->path,
                    b->offset_bytes, b->seq, a->cpu);
    }
}

/* Finds the stream whose next event comes first, and how far it may run. */
static void select_source(HtReader *reader)
{
    struct ht_source *first = NULL;
    bool waiting = false;

    reader->bound = UINT64_MAX;
    for (unsigned i = 0; i < reader->count; i++) {
        struct ht_source *source = &reader->sources[i];

        if (!ht_source_peek(source)) {
            waiting = waiting || source->pending;
            continue;
        }
        if (!first || source->seq < first->seq) {
            reader->bound = first ? first->seq : UINT64_MAX;
            first = source;
        } else {
            if (G_UNLIKELY(source->seq == first->seq)) {
                note_same_number(reader, first, source);
            }
            reader->bound = MIN(reader->bound, source->seq);
        }
    }
    reader->current = first;
    reader->pending = false;
    if (waiting) {
        wait_for_order(reader);
    }
}

/* The first defect of all streams, if there is any, and how many there are. */
static void report_defects(HtReader *reader, GError **error)
{
    const GError *first = reader->mixed;
    unsigned defects = reader->mixed != NULL;

    for (unsigned i = 0; i < reader->count; i++) {
        defects += reader->sources[i].defects;
        first = first ? first : reader->sources[i].error;
    }
    if (first) {
        g_propagate_error(error, g_error_copy(first));
        if (defects > 1 && error) {
            char *message = g_strdup_printf("%s (and %u more)", (*error)->message, defects - 1);

            g_free((*error)->message);
            (*error)->message = message;
        }
    }
}

const struct ht_event *ht_reader_next(HtReader *reader, GError **error)
{
    for (;;) {
        struct ht_source *source = reader->current;

        if (!source || !ht_source_peek(source) || source->seq >= reader->bound) {
            select_source(reader);
            source = reader->current;
        }
        if (!source) {
            if (!reader->pending) {
                report_defects(reader, error);
            }
            return NULL;
        }
        if (ht_source_take(source, &reader->event)) {
            if (reader->follow) {
                reader->last_seq = reader->event.seq;
                reader->last_lost = lost(reader);
            }
            return &reader->event;
        }
    }
}

guint64 ht_reader_lost(const HtReader *reader, unsigned cpu)
{
    return reader->sources[cpu].lost;
}

guint64 ht_reader_bytes(const HtReader *reader)
{
    guint64 bytes = 0;

    for (unsigned i = 0; i < reader->count; i++) {
        bytes += reader->sources[i].bytes_read;
    }
    return bytes;
}
