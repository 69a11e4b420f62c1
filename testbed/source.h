/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of a scenario are made of: "deb:...", "file:...", ... become bytes. */
#ifndef TESTBED_SOURCE_H
#define TESTBED_SOURCE_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/scenario.h"
#include "testbed/tree.h"

/* How the guests of an image behave: @MODE@ in texts and scripts becomes this word. */
#define TB_MODE_SHELL "shell" /* wait for somebody to type */
#define TB_MODE_AUTO  "auto"  /* do the work and power off, nobody types */

typedef struct TbBuild {
    const TbScenario *scenario;
    GPtrArray *packages; /* TbPackage */
    const char *mode;
    const char *scratch; /* an existing directory for intermediate files */
    int depth;           /* initramfs within initramfs; a loop is an error */
} TbBuild;

/* The bytes of @entry, and in *@permissions (may be NULL) its mode bits.
 * NULL with TB_ERROR_USAGE or TB_ERROR_SETUP, the message begins with file:line of the entry. */
GBytes *tb_source_bytes(TbBuild *build, const TbEntry *entry, unsigned *permissions,
                        GError **error);

/* Adds each entry of @files to @tree. */
bool tb_source_add_files(TbBuild *build, TbTree *tree, const GPtrArray *files, GError **error);

/* Adds to @sum everything that decides about the entry and is not in the scenario file or a
 * package: the contents of a file under images/. */
bool tb_source_checksum(const TbEntry *entry, GChecksum *sum, GError **error);

#endif
