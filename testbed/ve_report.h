/* SPDX-License-Identifier: BSD-2-Clause */
/* What becomes of the verdicts: lines on standard output, JUnit XML, the table of docs/. */
#ifndef TESTBED_VE_REPORT_H
#define TESTBED_VE_REPORT_H

#include <stdbool.h>

#include "testbed/expected.h"
#include "testbed/ve_run.h"

/* Numbers of claims by verdict; an error of a run counts as one more TB_BROKEN. */
typedef struct TbVeCounts {
    unsigned of[TB_VERDICTS];
} TbVeCounts;

void tb_ve_count(TbVeCounts *counts, const TbVeRun *run);

/* True if nothing failed, passed against expectation, or was in error. */
bool tb_ve_counts_are_good(const TbVeCounts *counts);

/* "5123 pass, 34 kfail"; what is bad in capitals, what is 0 left out.  Free with g_free(). */
char *tb_ve_counts_text(const TbVeCounts *counts);

/* Prints a run's line and its bad claims: all of them, or the first ten. */
void tb_ve_print_run(const TbVeRun *run, bool all);

/* JUnit XML: a test suite for each run, a test case for each claim (class FAMILY.WHERE); kfail and
 * skip are "skipped" with their reason, a run's own error is a test case called "(run)".  Free with
 * g_free(). */
char *tb_ve_junit(const GPtrArray *runs);

/* The page docs/ve-conformance.md from @ours and @stock (TbVeRun; NULL: not judged).  Depends on
 * the verdicts alone, not on times or paths.  Free with g_free(). */
char *tb_ve_table(const GPtrArray *ours, const GPtrArray *stock);

#endif
