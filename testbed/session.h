/* SPDX-License-Identifier: BSD-2-Clause */
/* Drives a running system through the steps of its scenario. */
#ifndef TESTBED_SESSION_H
#define TESTBED_SESSION_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/console.h"
#include "testbed/step.h"

typedef struct TbSessionOptions {
    const GPtrArray *steps; /* TbStep */
    char **fail_on;         /* texts that end the session at once, may be NULL */
    double timeout_scale;   /* all time limits are multiplied by it */
    const char *scenario_path; /* for messages */
    bool console_is_file;   /* the console descriptor is a file that grows: no input */
    bool ask_count;         /* at the end ask for the instruction count */
    bool show;              /* live console and progress on standard output */
} TbSessionOptions;

/* Reads the console from @console and the monitor from @qmp (both non-blocking, -1 where there is
 * none) and works through the steps.  *@count gets the instruction count if asked for.
 * False with TB_ERROR_EXPECTATION ("file:line: what was expected and what came instead") or
 * TB_ERROR_INTERRUPTED.  QEMU is left running; ending it is the caller's. */
bool tb_session_run(int console, int qmp, const TbSessionOptions *options, guint64 *count,
                    GError **error);

#endif
