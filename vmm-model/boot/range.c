/* SPDX-License-Identifier: BSD-2-Clause */
/* Ranges of physical memory. */
#include <stddef.h>
#include "boot/range.h"

bool range_is_valid(struct range range)
{
    return range.size_bytes > 0 && range.base + range.size_bytes > range.base;
}

static uint64_t last(struct range range)
{
    return range.base + (range.size_bytes - 1);
}

bool range_overlaps(struct range a, struct range b)
{
    return a.base <= last(b) && b.base <= last(a);
}

bool range_equal(struct range a, struct range b)
{
    return a.base == b.base && a.size_bytes == b.size_bytes;
}

bool range_contains(struct range whole, struct range part)
{
    return part.base >= whole.base && last(part) <= last(whole);
}

bool range_set_contains(const struct range_set *set, struct range range)
{
    for (unsigned i = 0; i < set->count; i++) {
        if (range_contains(set->range[i], range)) {
            return true;
        }
    }
    return false;
}

const struct range *range_set_overlap(const struct range_set *set, struct range range)
{
    for (unsigned i = 0; i < set->count; i++) {
        if (range_overlaps(set->range[i], range)) {
            return &set->range[i];
        }
    }
    return NULL;
}

bool range_set_add(struct range_set *set, struct range range)
{
    if (set->count == RANGE_SET_MAX) {
        return false;
    }
    set->range[set->count++] = range;
    return true;
}

/* Tries whole's places in ascending order: behind each range that is in the way. */
static bool find_in(struct range whole, const struct range_set *used, uint64_t size_bytes,
                    uint64_t align, uint64_t *base)
{
    struct range place = {whole.base, size_bytes};

    for (;;) {
        const struct range *hit;

        place.base = (place.base + (align - 1)) & ~(align - 1);
        if (place.base < whole.base || !range_is_valid(place) || !range_contains(whole, place)) {
            return false;
        }
        hit = range_set_overlap(used, place);
        if (!hit) {
            *base = place.base;
            return true;
        }
        place.base = hit->base + hit->size_bytes;
    }
}

bool range_find(const struct range_set *memory, const struct range_set *used, uint64_t size_bytes,
                uint64_t align, uint64_t *base)
{
    for (unsigned i = 0; size_bytes > 0 && i < memory->count; i++) {
        if (find_in(memory->range[i], used, size_bytes, align, base)) {
            return true;
        }
    }
    return false;
}
