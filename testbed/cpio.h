/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes cpio archives in the "newc" form that Linux takes as an initramfs. */
#ifndef TESTBED_CPIO_H
#define TESTBED_CPIO_H

#include <glib.h>

#include "testbed/tree.h"

/* The tree as an archive, gzip-compressed.  Owner root, all times 0: the same tree gives the same
 * bytes.  See the Linux kernel's Documentation/driver-api/early-userspace/buffer-format.rst. */
GBytes *tb_cpio_gz(const TbTree *tree, GError **error);

/* The same, not compressed. */
GBytes *tb_cpio(const TbTree *tree);

#endif
