/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A part of a trace as a trace; several parts of a trace as one.
 */
#ifndef HYPTRACE_LIB_SLICE_H
#define HYPTRACE_LIB_SLICE_H

#include "hyptrace/lib/walk.h"

/* Which part.  Everything that is given must hold. */
struct ht_slice {
    uint64_t from_ns, to_ns;     /* virtual time, both included; 0 and UINT64_MAX: all */
    uint64_t from_seq, to_seq;   /* sequence numbers, the same */
    uint64_t count;              /* at most that many events; UINT64_MAX: all */
    HtFilter *begin;             /* from the first event that it selects, or NULL */
    HtFilter *end;               /* up to the first one after that, included, or NULL */
    HtFilter *keep;              /* only events that it selects, or NULL */
};

/**
 * ht_slice_write: writes the part of trace into a new trace in dir.
 *
 * By time and sequence number only the packets that are needed are read.  Registers, times and
 * sequence numbers stay as they were; events that were lost are lost in the slice too.  VMs are
 * numbered by a reader by their first appearance, so their numbers may be others in the slice.
 * *written gets the events.  FALSE with *error: HT_ERROR_IO if dir cannot be written; or what was
 * wrong with the trace (ht_reader_next()), then the rest of the part is there.
 */
gboolean ht_slice_write(const HtTrace *trace, const struct ht_slice *slice,
                        const struct ht_names *names, const char *dir, uint64_t *written,
                        GError **error);

/**
 * ht_merge_write: writes the events of count (up to 64) traces, which are pieces of one, into a new
 * trace in dir, in the order of their sequence numbers; those that several have, once.
 *
 * Besides the errors of ht_slice_write() there is HT_ERROR_CORRUPT if the traces are not of the
 * same machine and kind, or two have different events of the same number.
 */
gboolean ht_merge_write(HtTrace *const *traces, unsigned count, const char *dir,
                        uint64_t *written, GError **error);

/** ht_slice_copy_info: copies what provenance.json says, if the trace has one. */
gboolean ht_slice_copy_info(const HtTrace *trace, const char *dir, GError **error);

#endif
