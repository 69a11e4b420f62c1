/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The formats of `hyptrace export`: each gets the traps one after the other.
 */
#ifndef HYPTRACE_CLI_EXPORT_H
#define HYPTRACE_CLI_EXPORT_H

#include "hyptrace/lib/hyptrace.h"

/* What a folded stack's number counts. */
enum export_weight { WEIGHT_COUNT, WEIGHT_HYP, WEIGHT_AWAY };

struct exporter {
    const HtTrace *trace;
    const struct ht_names *names;
    enum export_weight weight;
    GString *out;             /* not written yet */
    uint64_t count;           /* traps so far */
    GHashTable *stacks;       /* folded: text to uint64_t */
};

struct export_format {
    const char *name;
    void (*begin)(struct exporter *exporter);
    void (*trap)(struct exporter *exporter, const struct ht_facts *facts);
    void (*end)(struct exporter *exporter, HtVms *vms);
};

extern const struct export_format export_chrome, export_csv, export_jsonl, export_folded;

/** export_detail: the detail of the trap in words, as summary shows it; empty if there is none. */
void export_detail(const struct ht_facts *facts, char *text, size_t size_bytes);

#endif
