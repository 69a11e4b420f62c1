/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a scenario: image, QEMU, console, verdict. */
#ifndef TESTBED_RUN_H
#define TESTBED_RUN_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/scenario.h"

typedef struct TbRunOptions {
    char *qemu;          /* NULL: $TESTBED_QEMU or build/qemu/qemu-system-arm */
    char *trace;         /* directory for the recorder, or NULL */
    char *out;           /* directory for logs; NULL: build/runs/NAME */
    double timeout_scale;
    gboolean deterministic;
    gboolean keep;       /* run on a copy of the card, in the log directory, and leave it there */
    gboolean interactive;
} TbRunOptions;

/* Runs the steps and says how it went.  False with the error that decides the exit status. */
bool tb_run(const TbScenario *scenario, const TbRunOptions *options, GError **error);

/* Becomes QEMU with the console on our terminal; returns only if that fails. */
bool tb_run_interactive(const TbScenario *scenario, const TbRunOptions *options, GError **error);

/* The same, stopped at reset and waiting for gdb; prints the gdb command first. */
bool tb_run_gdb(const TbScenario *scenario, const TbRunOptions *options, GError **error);

#endif
