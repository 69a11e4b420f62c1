/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts traps by place, and by time.
 */
#include <string.h>

#include "hyptrace/lib/spots.h"

#define WIDTH_LOG2_MIN 10 /* about a microsecond */

void ht_spots_add(struct ht_spots *spots, uint32_t space, uint32_t address, uint64_t hyp)
{
    uint64_t key = (uint64_t)space << 32 | address;
    unsigned slot = (unsigned)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 40) % HT_SPOT_SLOTS;
    struct ht_spot *spot = &spots->slots[slot];

    while (spot->entries && (spot->space != space || spot->address != address)) {
        slot = (slot + 1) % HT_SPOT_SLOTS;
        spot = &spots->slots[slot];
    }
    if (!spot->entries && spots->count == HT_SPOTS_MAX) {
        spot = &spots->others;
    } else if (!spot->entries) {
        spot->space = space;
        spot->address = address;
        spots->count++;
    }
    spot->entries++;
    spot->hyp += hyp;
}

/* Two columns become one. */
static void widen(struct ht_timeline *timeline)
{
    for (unsigned column = 0; column < HT_TIMELINE_COLUMNS / 2; column++) {
        for (unsigned row = 0; row < HT_TIMELINE_ROWS; row++) {
            timeline->counts[column][row] = timeline->counts[2 * column][row] +
                                            timeline->counts[2 * column + 1][row];
        }
    }
    memset(timeline->counts[HT_TIMELINE_COLUMNS / 2], 0, sizeof(timeline->counts) / 2);
    timeline->columns = (timeline->columns + 1) / 2;
    timeline->width_log2++;
}

unsigned ht_timeline_column(struct ht_timeline *timeline, uint64_t time_ns)
{
    uint64_t passed_ns;
    unsigned column;

    if (!timeline->begun) {
        timeline->begun = true;
        timeline->begin_ns = time_ns;
        timeline->width_log2 = WIDTH_LOG2_MIN;
    }
    passed_ns = time_ns > timeline->begin_ns ? time_ns - timeline->begin_ns : 0;
    while (passed_ns >> timeline->width_log2 >= HT_TIMELINE_COLUMNS) {
        widen(timeline);
    }
    column = (unsigned)(passed_ns >> timeline->width_log2);
    timeline->columns = column >= timeline->columns ? column + 1 : timeline->columns;
    return column;
}
