/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What `hyptrace top` counts, and how it shows that.
 */
#ifndef HYPTRACE_CLI_TOP_H
#define HYPTRACE_CLI_TOP_H

#include "hyptrace/lib/hyptrace.h"

/* Entries that are not nested, and the virtual time to their returns. */
struct top_count {
    uint64_t entries;
    uint64_t hyp_ns;
};

/* Everything counted up to some time. */
struct top_counts {
    uint64_t begin_ns, end_ns;  /* virtual time of the first and the last event */
    uint64_t lost;
    struct top_count all;
    struct top_count classes[HT_CLASS_COUNT];
    struct top_count vms[HT_VMS_MAX + 1];
    struct top_count cpus[HT_CPUS_MAX];
};

/* Two moments: rates are those between them. */
struct top_view {
    const HtTrace *trace;
    const struct ht_names *names;
    unsigned vm_count;
    const struct top_counts *before, *now;
};

/** top_text: tables of at most so many lines (0: all). */
void top_text(GString *out, const struct top_view *view, unsigned lines);

/** top_json: one object on a line. */
void top_json(GString *out, const struct top_view *view);

#endif
