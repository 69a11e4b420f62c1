/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two forms of a summary.  The text is to be freed.
 */
#ifndef HYPTRACE_CLI_SUMMARY_REPORT_H
#define HYPTRACE_CLI_SUMMARY_REPORT_H

#include "hyptrace/lib/hyptrace.h"

/** summary_tables: for people, 100 columns; top details per class, 0 for all. */
GString *summary_tables(const HtTrace *trace, const HtSummary *summary, const HtMap *map,
                        unsigned top);

/** summary_json: one object with everything; times in the unit named by "unit". */
GString *summary_json(const HtTrace *trace, const HtSummary *summary, const HtMap *map);

#endif
