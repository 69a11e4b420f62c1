/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The forms in which `hyptrace diff` tells its result.
 */
#ifndef HYPTRACE_CLI_DIFF_REPORT_H
#define HYPTRACE_CLI_DIFF_REPORT_H

#include "hyptrace/lib/diff.h"

struct diff_report {
    const HtCanonicals *a, *b;
    const struct ht_names *names_a, *names_b;
    const HtDiff *diff;
    unsigned context;   /* exits before and after the first difference */
    unsigned groups;    /* that are shown, 0: all */
    bool list;          /* show every difference */
};

/** diff_text: for people. */
GString *diff_text(const struct diff_report *report);

/** diff_json: one object with everything. */
GString *diff_json(const struct diff_report *report);

/** diff_what: what exactly differs: "r3", "place", "injected", "detail", "way on". */
void diff_what(GString *out, const struct diff_report *report, const struct ht_difference *d);

#endif
