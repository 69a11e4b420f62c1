/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads what a payload of tests/payloads/ve says: TAP with groups, see its lib/tap.h. */
#ifndef TESTBED_TAP_H
#define TESTBED_TAP_H

#include <stdbool.h>

#include <glib.h>

typedef enum TbVerdict {
    TB_PASS,
    TB_FAIL,
    TB_SKIP,   /* the board lacks what the claim needs; detail: the reason */
    TB_BROKEN, /* ERROR, could not be asked; detail: the reason */
    TB_KFAIL,  /* failed, as expected-failures.tsv says; given by tb_expected_apply() */
    TB_XPASS,  /* passed against expected-failures.tsv; given by tb_expected_apply() */
    TB_VERDICTS
} TbVerdict;

typedef struct TbGroup {
    char *name;     /* FAMILY/GROUP */
    char *section;  /* of DDI 0406C, or a manual and its section */
    char *question; /* what is asked */
} TbGroup;

typedef struct TbClaim {
    char *name; /* GROUP/... */
    TbVerdict verdict;
    char *detail;          /* what was seen, or the reason; may be empty */
    char *outcome;         /* which of several permitted ways was taken, or NULL */
    const TbGroup *group;  /* the most special one announced before it */
} TbClaim;

typedef struct TbTap {
    GPtrArray *groups; /* TbGroup */
    GPtrArray *claims; /* TbClaim, as they came */
    char *error;       /* why the run as a whole proves nothing, or NULL */
} TbTap;

/* "pass", "fail", "skip", "error", "kfail", "xpass". */
const char *tb_verdict_name(TbVerdict verdict);

/* True for what makes a run bad: fail, error, xpass. */
bool tb_verdict_is_bad(TbVerdict verdict);

/* Reads the console of one run, any bytes.  Never NULL; ->error is set if the payload gave up (Bail
 * out!), if the plan is missing or is not the number of claims, if claims are not numbered 1, 2, 3...,
 * belong to no group, appear twice, or if a line is none of TAP.  Free with tb_tap_free(). */
TbTap *tb_tap_parse(const char *text, gsize length);

void tb_tap_free(TbTap *tap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbTap, tb_tap_free)

#endif
