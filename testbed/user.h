/* SPDX-License-Identifier: BSD-2-Clause */
/* What a user brings to a scenario: a kernel that no package has, a disk, a text to wait for. */
#ifndef TESTBED_USER_H
#define TESTBED_USER_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/scenario.h"

/* The word of a step that stands for the text to wait for, and what it is by itself. */
#define TB_UNTIL         "@UNTIL@"
#define TB_UNTIL_DEFAULT "login:"

/* Gives the scenario the files of --kernel and --disk and the text of --until; each may be NULL.
 * False with TB_ERROR_USAGE: the scenario needs a kernel and there is none, has no use for what is
 * given, or the file cannot be read or is plainly something else. */
bool tb_user_apply(TbScenario *scenario, const char *kernel, const char *disk, const char *until,
                   GError **error);

/* True if a source of the scenario is of kind "user:". */
bool tb_user_needs_kernel(const TbScenario *scenario);

#endif
