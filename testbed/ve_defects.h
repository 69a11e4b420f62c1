/* SPDX-License-Identifier: BSD-2-Clause */
/* tests/payloads/defects.tsv: each defect of stock QEMU and a claim that fails because of it. */
#ifndef TESTBED_VE_DEFECTS_H
#define TESTBED_VE_DEFECTS_H

#include <stdbool.h>

#include <glib.h>

/* Compares the rows of @path with what was seen: on @ours (TbVeRun) the claim passes or is a known
 * failure, on @stock (TbVeRun, NULL: not run) it fails.  Rows whose place or family was not run are
 * left out, so are boards that stock does not have.  Each difference is added to @complaints as one
 * line.  False with TB_ERROR_USAGE "file:line: what" for a bad file. */
bool tb_ve_defects_check(const char *path, const GPtrArray *ours, const GPtrArray *stock,
                         GPtrArray *complaints, GError **error);

#endif
