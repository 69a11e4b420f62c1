/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs payloads of tests/payloads/ve in many QEMUs at a time. */
#ifndef TESTBED_VE_RUN_H
#define TESTBED_VE_RUN_H

#include "testbed/tap.h"
#include "testbed/ve_matrix.h"

typedef struct TbVeRun {
    char *family;
    const TbVeBoard *board;
    const TbVeMode *mode;
    char *where; /* BOARD-MODE: "virt-secure-smp2" */
    TbTap *tap;  /* NULL until it has run; ->error also says that QEMU crashed or did not end */
    double seconds;
} TbVeRun;

typedef struct TbVeRunner {
    const char *qemu;
    const char *directory; /* FAMILY-WHERE.tap and .log (what QEMU said) go here */
    unsigned jobs;         /* QEMUs at a time, at least 1 */
    unsigned timeout_s;    /* for each */
    void (*ended)(TbVeRun *run, void *data); /* called for each, as they end */
    void *data;
} TbVeRunner;

TbVeRun *tb_ve_run_new(const char *family, const TbVeBoard *board, const TbVeMode *mode);
void tb_ve_run_free(TbVeRun *run);

/* The payload's ELF file.  Free with g_free(). */
char *tb_ve_payload(const char *family, const TbVeBoard *board);

/* Runs all of @runs (TbVeRun) and fills their tap.  False with TB_ERROR_SETUP (a payload is not built,
 * QEMU cannot be started) or TB_ERROR_INTERRUPTED; no QEMU is left running then. */
bool tb_ve_run_all(const TbVeRunner *runner, GPtrArray *runs, GError **error);

/* Asks @qemu what it is.  Its machines' names as a set (free with g_hash_table_unref()), or NULL with
 * TB_ERROR_SETUP: not a program, or not a QEMU that emulates whole machines. */
GHashTable *tb_ve_qemu_machines(const char *qemu, GError **error);

#endif
