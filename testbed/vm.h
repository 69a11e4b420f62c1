/* SPDX-License-Identifier: BSD-2-Clause */
/* A running QEMU: its command line, its console, its end. */
#ifndef TESTBED_VM_H
#define TESTBED_VM_H

#include <stdbool.h>
#include <sys/types.h>

#include <gio/gio.h>

#include "testbed/image.h"
#include "testbed/scenario.h"

typedef struct TbVmOptions {
    const char *qemu;      /* path of qemu-system-arm */
    const char *trace;     /* directory for the recorder, or NULL */
    const char *card;      /* written to directly; NULL: the image's card, kept as it is */
    bool deterministic;    /* counted time, no input, console to a file */
    bool terminal;         /* console on our own terminal, escape Ctrl-] */
    unsigned gdb_port;     /* not 0: stopped at reset, waiting for gdb there */
    const char *directory; /* console.log and qemu.log go here */
} TbVmOptions;

typedef struct TbVm {
    GSubprocess *process;
    int console; /* descriptor to read (and write, unless deterministic) */
    int qmp;
    bool console_is_file;
} TbVm;

/* QEMU's arguments.  @MODE@ in the kernel command line becomes the word for these options. 
 * Descriptors 3 (console) and 4 (QMP) are used unless @options->terminal.  Free with g_strfreev(). */
char **tb_vm_arguments(const TbScenario *scenario, const TbImage *image,
                       const TbVmOptions *options);

/* Makes the empty files of the scenario's disks in @options->directory.  False with TB_ERROR_SETUP. */
bool tb_vm_make_disks(const TbScenario *scenario, const TbVmOptions *options, GError **error);

/* Starts QEMU.  NULL with TB_ERROR_SETUP. */
TbVm *tb_vm_start(const TbScenario *scenario, const TbImage *image, const TbVmOptions *options,
                  GError **error);

/* Ends QEMU if it still runs: SIGTERM, five seconds, SIGKILL.  Returns its exit status, or 128 +
 * the number of the signal that ended it; frees @vm. */
int tb_vm_stop(TbVm *vm);

/* Replaces this program by QEMU (used for the interactive modes).  Returns only on failure. */
void tb_vm_exec(char **arguments, GError **error);

/* A free TCP port on the loopback interface, 0 if there is none. */
unsigned tb_vm_free_port(void);

#endif
