/* SPDX-License-Identifier: BSD-2-Clause */
/* tests/payloads/ve/expected-failures.tsv: which claims are known to fail, where, and why. */
#ifndef TESTBED_EXPECTED_H
#define TESTBED_EXPECTED_H

#include "testbed/tap.h"

typedef struct TbExpectedRow {
    char **claims; /* patterns of claim names; '*' is any text, '/' too */
    char **where;  /* patterns of BOARD-MODE */
    char *defect, *reason;
    int line;
    unsigned matches; /* claims that it was applied to */
} TbExpectedRow;

typedef struct TbExpected {
    char *path;
    GPtrArray *rows; /* TbExpectedRow */
} TbExpected;

/* Loads the list.  NULL with TB_ERROR_USAGE "file:line: what", or a file error. */
TbExpected *tb_expected_load(const char *path, GError **error);

void tb_expected_free(TbExpected *expected);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbExpected, tb_expected_free)

/* Turns fail into kfail (with defect and reason before its detail) and pass into xpass for the claims
 * of a run at @where (BOARD-MODE) that the list names, and counts the matches. */
void tb_expected_apply(TbExpected *expected, TbTap *tap, const char *where);

/* Whether a claim pattern of @row begins with "FAMILY/" and its places include @where. */
bool tb_expected_concerns(const TbExpectedRow *row, const char *family, const char *where);

#endif
