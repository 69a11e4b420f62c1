/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events of one CPU: packets, event headers, defects and how to get past them.
 */
#ifndef HYPTRACE_LIB_SOURCE_H
#define HYPTRACE_LIB_SOURCE_H

#include <glib.h>
#include "hyptrace/lib/event.h"
#include "hyptrace/lib/packet_seek.h"
#include "hyptrace/lib/payload.h"
#include "hyptrace/lib/reader.h"
#include "hyptrace/lib/window.h"

struct ht_source {
    struct ht_window window;
    char *path;
    unsigned cpu;
    HtReadFlags flags;
    struct ht_delta_mode mode;
    bool icount;
    unsigned format;           /* version of the format */

    uint64_t packet_end_bytes; /* file offset */
    bool follow;               /* the file grows: only whole packets are begun */
    bool pending;              /* no whole packet follows yet */
    bool gap;                  /* events are missing before the next one */
    uint64_t lost;             /* as of the last packet header */
    uint64_t bytes_read;       /* up to the end of the last packet begun, or of the file */

    /* of the last event whose header was read */
    bool peeked;               /* it is not taken yet; window.pos is at its payload */
    const uint8_t *limit;      /* where the bytes end that may be its */
    uint8_t id;
    uint64_t offset_bytes;
    uint64_t time_ns;
    uint64_t seq;
    uint64_t insns;

    uint32_t regs[HT_REG_COUNT];

    GError *error;             /* the first defect */
    unsigned defects;
};

/** ht_source_open: opens dir's stream of cpu.  A missing file is the stream's first defect. */
void ht_source_open(struct ht_source *source, const HtTrace *trace, unsigned cpu,
                    HtReadFlags flags);

/** ht_source_seek: the next event is the first of the packet that ht_packet_seek() finds. */
void ht_source_seek(struct ht_source *source, const struct ht_seek *seek);

/** ht_source_follow: says whether the file still grows. */
void ht_source_follow(struct ht_source *source, bool follow);

/** ht_source_close: releases everything; a zeroed stream is allowed. */
void ht_source_close(struct ht_source *source);

/**
 * ht_source_peek: reads the header of the next event to deliver, if that is not done yet.
 * Returns FALSE at the end of the stream, for now if it is pending.  Else seq and time_ns are the event's.
 */
bool ht_source_peek(struct ht_source *source);

/** ht_source_take: decodes the peeked event.  FALSE: it was defective, peek again. */
bool ht_source_take(struct ht_source *source, struct ht_event *event);

#endif
