/* SPDX-License-Identifier: BSD-2-Clause */
/* Ranges of physical memory, and a first fit among what is left of them. */
#ifndef VMM_BOOT_RANGE_H
#define VMM_BOOT_RANGE_H

#include <stdbool.h>
#include <stdint.h>

/* [base, base + size_bytes); the sum does not wrap. */
struct range {
    uint64_t base;
    uint64_t size_bytes;
};

#define RANGE_SET_MAX 48

struct range_set {
    struct range range[RANGE_SET_MAX];
    unsigned count;
};

/* The range's sum does not wrap and it is not empty. */
bool range_is_valid(struct range range);

bool range_overlaps(struct range a, struct range b);

bool range_equal(struct range a, struct range b);

/* Every byte of part is in whole. */
bool range_contains(struct range whole, struct range part);

/* True if one range of the set contains range. */
bool range_set_contains(const struct range_set *set, struct range range);

/* The first member that overlaps range, or NULL. */
const struct range *range_set_overlap(const struct range_set *set, struct range range);

/* Adds a valid range; false if the set is full. */
bool range_set_add(struct range_set *set, struct range range);

/* Finds size_bytes aligned to align (a power of two) in memory that overlaps nothing of used: the
 * lowest such place.  False if there is none. */
bool range_find(const struct range_set *memory, const struct range_set *used, uint64_t size_bytes,
                uint64_t align, uint64_t *base);

#endif
