/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the claims about the Virtualization Extensions are asked: boards and ways to run them. */
#ifndef TESTBED_VE_MATRIX_H
#define TESTBED_VE_MATRIX_H

#include <stdbool.h>

#include <glib.h>

typedef struct TbVeBoard {
    const char *name;  /* as for QEMU: "virt,secure=on" */
    const char *label; /* in file names: "virt-secure" */
    const char *machine; /* QEMU's name of the machine: "virt" */
    const char *const *arguments;
    guint32 arguments_address; /* of payloads, tests/payloads/lib/args.h */
} TbVeBoard;

typedef struct TbVeMode {
    const char *name;  /* "smp1", "smp2", "smp2-single", "icount" */
    const char *cpus;  /* as in defects.tsv: "1", "2" */
    const char *tcg;   /* as in defects.tsv: "single", "multi", "icount" */
    const char *const *arguments;
    guint32 payload_argument; /* word 0 of the payload's arguments; 0: none is given */
} TbVeMode;

extern const TbVeBoard tb_ve_boards[];
extern const unsigned tb_ve_board_count;
extern const TbVeMode tb_ve_modes[];
extern const unsigned tb_ve_mode_count;

/* The one called @name (of a board: name or label), or NULL. */
const TbVeBoard *tb_ve_find_board(const char *name);
const TbVeMode *tb_ve_find_mode(const char *name);

/* The one with these words of defects.tsv, or NULL. */
const TbVeMode *tb_ve_mode_of(const char *cpus, const char *tcg);

/* Names for messages, separated by blanks.  Free with g_free(). */
char *tb_ve_board_names(void);
char *tb_ve_mode_names(void);

/* QEMU's command line for the payload @elf, console on standard output.  Free with g_strfreev(). */
char **tb_ve_command(const char *qemu, const TbVeBoard *board, const TbVeMode *mode,
                     const char *elf);

#endif
