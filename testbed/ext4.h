/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes ext4 file systems without mounting anything. */
#ifndef TESTBED_EXT4_H
#define TESTBED_EXT4_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/tree.h"

/* Time that every inode and the superblock carry: 2020-01-01 00:00 UTC, in seconds since 1970. */
#define TB_EXT4_TIME 1577836800

/* Writes a file @path of @size_mib MiB that is an ext4 file system with @tree in it, everything
 * owned by root.  @number (1..) makes its UUID.  The same arguments give the same bytes.
 * @scratch is an existing directory for intermediate files.  False with TB_ERROR_SETUP, for
 * example if the tree does not fit. */
bool tb_ext4_make(const char *path, unsigned size_mib, const char *label, unsigned number,
                  const TbTree *tree, const char *scratch, GError **error);

#endif
