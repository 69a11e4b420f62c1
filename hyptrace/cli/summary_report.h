/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two forms of a summary.  The text is to be freed.
 */
#ifndef HYPTRACE_CLI_SUMMARY_REPORT_H
#define HYPTRACE_CLI_SUMMARY_REPORT_H

#include "hyptrace/cli/json.h"
#include "hyptrace/lib/hyptrace.h"

/** summary_tables: for people, 100 columns; top details per class, 0 for all. */
GString *summary_tables(const HtTrace *trace, const HtSummary *summary, const struct ht_names *names,
                        unsigned top);

/** summary_json: one object with everything; times in the unit named by "unit". */
GString *summary_json(const HtTrace *trace, const HtSummary *summary,
                      const struct ht_names *names);

/* A function, an instruction without a symbol, or a page, and what traps there. */
struct hot {
    char *where;            /* "vm1", "hyp" */
    char *what;             /* "memcpy", "0xc0008120", "0x12c20000 uart2" */
    uint64_t entries;
    uint64_t hyp;
};

/** summary_hot_code, summary_hot_pages: struct hot, most entries first; to be unreferenced. */
GPtrArray *summary_hot_code(const HtSummary *summary, const struct ht_names *names);
GPtrArray *summary_hot_pages(const HtSummary *summary, const struct ht_names *names);

/** summary_add_timeline: lines of blocks, one for each class and VM that has entries. */
void summary_add_timeline(GString *out, const HtSummary *summary, const struct ht_names *names);

/** summary_json_timeline: the same with numbers. */
void summary_json_timeline(struct json *json, const HtSummary *summary,
                           const struct ht_names *names);

#endif
