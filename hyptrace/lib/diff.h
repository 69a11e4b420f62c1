/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Differences between the exits of two traces.
 */
#ifndef HYPTRACE_LIB_DIFF_H
#define HYPTRACE_LIB_DIFF_H

#include "hyptrace/lib/canonical.h"

enum ht_diff_kind {
    HT_DIFF_REMOVED,  /* only in a */
    HT_DIFF_INSERTED, /* only in b */
    HT_DIFF_ASKED,    /* changed: another detail or place, of the same class */
    HT_DIFF_ANSWERED, /* changed: the same question, another answer */
    HT_DIFF_COUNT,
};

/* One difference. */
struct ht_difference {
    enum ht_diff_kind kind;
    struct ht_where where;
    const struct ht_canonical *a, *b; /* NULL of INSERTED and REMOVED */
    uint32_t index_a, index_b;        /* where it is, or would be, in the vCPU's exits */
    uint64_t order;                   /* sequence number in a at which it showed */
};

/* Differences of one kind, VM and cause. */
struct ht_diff_group {
    enum ht_diff_kind kind;
    unsigned vm;
    struct ht_cause cause;            /* of the exit in a, or of an inserted one in b */
    uint64_t count;
    const struct ht_difference *first;
};

typedef struct HtDiff {
    GArray *differences;              /* struct ht_difference, by order: causes come first */
    GArray *groups;                   /* struct ht_diff_group, most first */
    uint64_t counts[HT_DIFF_COUNT];
    uint64_t same;                    /* exits that are the same in both */
} HtDiff;

/**
 * ht_diff_new: compares the exits of two traces, vCPU by vCPU, by their canonical form.
 *
 * The first difference is the one that showed first in the order of a: a question when it was
 * asked, an answer when it was given.  Both must live longer.  Free with ht_diff_free().
 */
HtDiff *ht_diff_new(const HtCanonicals *a, const HtCanonicals *b);
void ht_diff_free(HtDiff *diff);

/** ht_diff_vcpu: the exits of a vCPU, or NULL. */
const struct ht_canonical_vcpu *ht_diff_vcpu(const HtCanonicals *exits, struct ht_where where);

/** ht_diff_kind_name: "removed", "inserted", "asked", "answered". */
const char *ht_diff_kind_name(enum ht_diff_kind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtDiff, ht_diff_free)

#endif
