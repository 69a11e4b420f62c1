/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes FAT file systems without mounting anything. */
#ifndef TESTBED_FAT_H
#define TESTBED_FAT_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/tree.h"

/* Writes a file @path of @size_mib MiB (at least 34) that is a FAT32 file system with the plain
 * files and directories of @tree in it.  The same arguments give the same bytes.  @scratch is an
 * existing directory for intermediate files.  False with TB_ERROR_SETUP, for example if the tree
 * does not fit or has a symbolic link. */
bool tb_fat_make(const char *path, unsigned size_mib, const char *label, const TbTree *tree,
                 const char *scratch, GError **error);

#endif
