/* SPDX-License-Identifier: BSD-2-Clause */
/* The little of QEMU's monitor protocol that the runner needs: events, one query, quit. */
#ifndef TESTBED_QMP_H
#define TESTBED_QMP_H

#include <stdbool.h>

#include <glib.h>

typedef enum {
    TB_QMP_OTHER,    /* a greeting, an answer, an event that nobody waits for */
    TB_QMP_POWEROFF, /* the guest has powered the machine off */
    TB_QMP_RESET,    /* the guest has reset the machine */
    TB_QMP_SHUTDOWN, /* QEMU ends for another reason (a signal, quit) */
    TB_QMP_COUNT,    /* answer to tb_qmp_ask_count() */
    TB_QMP_ERROR,    /* answer: a command failed */
} TbQmpKind;

/* What one line (a JSON object, as QEMU writes it) says; *@number is set for TB_QMP_COUNT. */
TbQmpKind tb_qmp_read(const char *line, guint64 *number);

/* Leaves negotiation mode, so that events come. */
bool tb_qmp_begin(int socket);

/* Asks the machine how many instructions the guest has executed (0 without -icount). */
bool tb_qmp_ask_count(int socket);

/* Presses and releases the keys of @chord together, QEMU's names joined by '-' ("a", "shift-a"). */
bool tb_qmp_press(int socket, const char *chord);
bool tb_qmp_quit(int socket);

#endif
