/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a helper program to its end. */
#ifndef TESTBED_COMMAND_H
#define TESTBED_COMMAND_H

#include <stdbool.h>

#include <glib.h>

/* Runs @argv with @environment (NULL: ours); its standard error is shown unless @errors is given, then
 * it is collected there.  Returns true and what it printed in *@output (may be NULL) on status 0.
 * False with TB_ERROR_SETUP (its own message has been shown), or TB_ERROR_INTERRUPTED. */
bool tb_command(const char *const *argv, char **environment, char **output, char **errors,
                GError **error);

#endif
