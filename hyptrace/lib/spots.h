/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts traps by place, and by time, in constant memory.
 */
#ifndef HYPTRACE_LIB_SPOTS_H
#define HYPTRACE_LIB_SPOTS_H

#include <stdbool.h>
#include <stdint.h>

/* Places that are counted one by one; what comes later is counted together. */
#define HT_SPOTS_MAX 32768

/* Twice as many slots, so that a look-up ends soon. */
#define HT_SPOT_SLOTS (2 * HT_SPOTS_MAX)

/* One place: an instruction or a page, of a VM or of the hypervisor. */
struct ht_spot {
    uint32_t space;         /* number of the VM, or HT_SPACE_HYP */
    uint32_t address;       /* of the instruction; of a page: IPA >> 12 */
    uint64_t entries;       /* 0: the slot is free */
    uint64_t hyp;           /* sum, in the summary's unit */
};

/* All zero: nothing counted yet. */
struct ht_spots {
    unsigned count;
    struct ht_spot others;  /* together */
    struct ht_spot slots[HT_SPOT_SLOTS];
};

/** ht_spots_add: counts one entry. */
void ht_spots_add(struct ht_spots *spots, uint32_t space, uint32_t address, uint64_t hyp);

/* Columns of a timeline, half of them or more in use. */
#define HT_TIMELINE_COLUMNS 64
#define HT_TIMELINE_ROWS 64

/* Counts over time; the columns become wider as time goes on.  All zero: nothing counted yet. */
struct ht_timeline {
    bool begun;
    unsigned width_log2;    /* of the ns of a column */
    uint64_t begin_ns;
    unsigned columns;       /* in use */
    uint64_t counts[HT_TIMELINE_COLUMNS][HT_TIMELINE_ROWS];
};

/** ht_timeline_column: the column of a time, for ++ of counts; widens the columns if need be. */
unsigned ht_timeline_column(struct ht_timeline *timeline, uint64_t time_ns);

#endif
