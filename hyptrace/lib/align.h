/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Aligns two sequences: which elements of the one stand for which of the other.
 */
#ifndef HYPTRACE_LIB_ALIGN_H
#define HYPTRACE_LIB_ALIGN_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

/* A place where they differ: count_a elements from a on have become count_b from b on. */
struct ht_hunk {
    uint32_t a, count_a;
    uint32_t b, count_b;
};

/**
 * ht_align: compares a (length_a elements) with b, equal elements being equal numbers.
 *
 * First what occurs once in each is paired, in the longest order that both have (patience); then
 * Myers' O(ND) divide and conquer does the stretches between, in memory linear in the lengths.
 * A stretch with more than some hundred differences is split where most was found equal, so
 * that the time stays within the lengths times a constant; then the result is right, not least.
 * Returns the hunks in order, to be freed with g_array_unref().  Lengths are below 2^30.
 */
GArray *ht_align(const uint64_t *a, uint32_t length_a, const uint64_t *b, uint32_t length_b);

#endif
