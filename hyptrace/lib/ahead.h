/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What becomes of a trap, told at its entry: a second reader runs ahead until it is known.
 */
#ifndef HYPTRACE_LIB_AHEAD_H
#define HYPTRACE_LIB_AHEAD_H

#include "hyptrace/lib/exits.h"
#include "hyptrace/lib/reader.h"

/* How far ahead an answer is looked for. */
enum ht_ahead_wait {
    HT_AHEAD_INTID, /* until the trap's return, an interrupt's until it is acknowledged */
    HT_AHEAD_EXIT,  /* until the exit's end as well */
};

/* Entries that are kept at most; what is known later than that many entries is not told. */
#define HT_AHEAD_ENTRIES_MAX 262144

/* What followed an entry. */
struct ht_outcome {
    uint64_t seq;        /* of the entry */
    uint32_t detail;     /* cause.detail, with the INTID */
    bool settled;        /* nothing more will be known */
    bool returned;       /* hyp is valid */
    bool ended;          /* away and self are valid: the exit ended */
    bool migrated;       /* on another CPU; then they have no instructions */
    struct ht_span hyp;
    struct ht_span away;
    struct ht_span self;
};

typedef struct HtAhead HtAhead;

/** ht_ahead_new: for one pass over trace, which must outlive it.  NULL if nothing can be read. */
HtAhead *ht_ahead_new(const HtTrace *trace, enum ht_ahead_wait wait);
void ht_ahead_free(HtAhead *ahead);

/** ht_ahead_seek: as ht_reader_seek(), before the first question. */
void ht_ahead_seek(HtAhead *ahead, const struct ht_seek *seek);

/**
 * ht_ahead_find: what followed the entry with the sequence number seq.
 *
 * To be asked for in ascending order.  Valid until the next call; NULL if there is no such entry.
 */
const struct ht_outcome *ht_ahead_find(HtAhead *ahead, uint64_t seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtAhead, ht_ahead_free)

#endif
