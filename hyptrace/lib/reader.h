/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads the events of a trace, all CPUs merged into one sequence.
 */
#ifndef HYPTRACE_LIB_READER_H
#define HYPTRACE_LIB_READER_H

#include <glib.h>
#include "hyptrace/lib/event.h"
#include "hyptrace/lib/packet_seek.h"
#include "hyptrace/lib/trace.h"

typedef struct HtReader HtReader;

/* What a reader is asked for beyond the events themselves. */
typedef enum {
    HT_READ_DEFAULT = 0,
    HT_READ_CORE = 1 << 0,      /* keep rows 0 to 15 of ht_event.regs up to date as well */
    HT_READ_SNAPSHOTS = 1 << 1, /* deliver `registers` events too */
} HtReadFlags;

/**
 * ht_reader_new: prepares to read the whole trace from its beginning.
 *
 * trace must outlive the reader.  Memory does not depend on the size of the trace: one buffer
 * of HT_WINDOW_BYTES per CPU.  Returns NULL with HT_ERROR_IO if no stream can be opened at all.
 */
HtReader *ht_reader_new(const HtTrace *trace, HtReadFlags flags, GError **error);

/** ht_reader_free: frees the reader; NULL is allowed. */
void ht_reader_free(HtReader *reader);

/**
 * ht_reader_next: reads the next event in the order of the sequence numbers.
 *
 * Returns the event, valid until the next call, or NULL at the end.  At the end *error is set if
 * anything was wrong with the trace (HT_ERROR_TRUNCATED, _CORRUPT, _EMPTY, _FOREIGN, _IO): the
 * first defect, and how many there were.  All that could be read was delivered before, from the
 * other streams and from later packets too.
 */
const struct ht_event *ht_reader_next(HtReader *reader, GError **error);

/**
 * ht_reader_seek: goes on, on every CPU, with the last packet that begins at or before a time or
 * sequence number, without reading the trace up to there.  Events before it are still delivered.
 * Events lost before there count as lost at the first of them.
 */
void ht_reader_seek(HtReader *reader, const struct ht_seek *seek);

/**
 * ht_reader_follow: says whether the trace is still being written; at first it is taken as complete.
 *
 * While it is, ht_reader_next() returns NULL without an error, and ht_reader_pending() is TRUE, where
 * no whole packet follows yet, or where another CPU may still have an earlier event.  Try again later.
 */
void ht_reader_follow(HtReader *reader, gboolean follow);

/** ht_reader_pending: ht_reader_next() returned NULL because more is to come. */
gboolean ht_reader_pending(const HtReader *reader);

/** ht_reader_lost: events that the recorder reports as lost on cpu in the packets read so far. */
guint64 ht_reader_lost(const HtReader *reader, unsigned cpu);

/** ht_reader_bytes: bytes of stream files up to where they have been read, all CPUs. */
guint64 ht_reader_bytes(const HtReader *reader);

/* Buffer for one stream; packets may be larger. */
#define HT_WINDOW_BYTES (256u * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtReader, ht_reader_free)

#endif
