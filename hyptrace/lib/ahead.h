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

/* Changed registers and injected interrupts of an answer that are kept; more are only counted. */
#define HT_ANSWER_OUTPUTS_MAX 4
#define HT_ANSWER_INJECTED_MAX 4

/* What the hypervisor did with a trap, as far as whoever goes on can see it. */
struct ht_answer {
    bool known;              /* its return was seen */
    struct ht_where to;      /* who goes on; of a nested trap undefined */
    uint32_t pc, psr;        /* where it goes on */
    uint8_t changed;         /* registers of kind guest that are not what they were at the entry; */
    uint8_t injected;        /* writes of list registers that made an interrupt pending; */
    uint16_t intids[HT_ANSWER_INJECTED_MAX];          /* the first of them: their INTIDs */
    struct ht_change outputs[HT_ANSWER_OUTPUTS_MAX];  /* the first, in ascending rows */
};

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
    struct ht_answer answer; /* if the reader was asked for answers */
};

typedef struct HtAhead HtAhead;

/**
 * ht_ahead_new: for one pass over trace, which must outlive it.  answers: outcomes have them.  NULL
 * if nothing can be read.
 */
HtAhead *ht_ahead_new(const HtTrace *trace, enum ht_ahead_wait wait, bool answers);
void ht_ahead_free(HtAhead *ahead);

/** ht_ahead_seek: as ht_reader_seek(), before the first question. */
void ht_ahead_seek(HtAhead *ahead, const struct ht_seek *seek);

/** ht_ahead_follow: as ht_reader_follow(). */
void ht_ahead_follow(HtAhead *ahead, gboolean follow);

/** ht_ahead_pending: more may become known of what ht_ahead_find() returned last. */
gboolean ht_ahead_pending(const HtAhead *ahead);

/**
 * ht_ahead_find: what followed the entry with the sequence number seq.
 *
 * To be asked for in ascending order.  Valid until the next call; NULL if there is no such entry.
 */
const struct ht_outcome *ht_ahead_find(HtAhead *ahead, uint64_t seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtAhead, ht_ahead_free)

#endif
