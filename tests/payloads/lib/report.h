/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One line for each claim: PASS, FAIL or SKIP, its name, numbers.  The last line counts them.
 */
#ifndef PAYLOADS_LIB_REPORT_H
#define PAYLOADS_LIB_REPORT_H

#include <stdbool.h>
#include <stdint.h>

/** claim: prints the line of a claim; @detail is a number that helps to understand a FAIL. */
void claim(const char *group, const char *name, bool holds, uint64_t detail);

/** claim_skip: the claim cannot be decided in this run, for @reason. */
void claim_skip(const char *group, const char *name, const char *reason);

/** claim_end: prints "payload: N passed, N failed, N skipped"; returns whether none failed. */
bool claim_end(void);

#endif
