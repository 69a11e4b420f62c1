/* SPDX-License-Identifier: BSD-2-Clause */
/* The testbed's errors: each code is the exit status that it leads to. */
#ifndef TESTBED_ERROR_H
#define TESTBED_ERROR_H

#include <stdbool.h>

#include <glib.h>

#define TB_ERROR tb_error_quark()
GQuark tb_error_quark(void);

typedef enum {
    TB_OK = 0,
    TB_ERROR_EXPECTATION = 1,   /* the system ran and did not do what the scenario says */
    TB_ERROR_USAGE = 2,         /* command line or scenario file: the user can mend it */
    TB_ERROR_SETUP = 3,         /* package, image, QEMU: the world failed */
    TB_ERROR_INTERRUPTED = 130, /* Ctrl-C or SIGTERM */
} TbError;

/* Exit status for @error; an error of another domain (a file operation) counts as set-up. */
int tb_error_status(const GError *error);

/* True once SIGINT or SIGTERM has arrived; long steps look at it between pieces of work. */
bool tb_interrupted(void);

/* Makes SIGINT and SIGTERM set the flag above instead of ending the process. */
void tb_catch_signals(void);

/* Sets @error to TB_ERROR_INTERRUPTED and returns false if a signal has arrived, else true. */
bool tb_go_on(GError **error);

#endif
