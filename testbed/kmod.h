/* SPDX-License-Identifier: BSD-2-Clause */
/* Kernel modules with what they depend on. */
#ifndef TESTBED_KMOD_H
#define TESTBED_KMOD_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/tree.h"

/* Adds the modules called @names and all that they depend on to @tree as /lib/modules/NAME.ko, and
 * /lib/modules/order with one file name a line in an order in which insmod takes them.
 * Modules are looked for below the directories of @packages (TbPackage).  False with
 * TB_ERROR_SETUP if one is not there. */
bool tb_kmod_add(TbTree *tree, const GPtrArray *packages, char **names, GError **error);

/* The names in the "depends=" entry of a module file's .modinfo; empty if there is none. */
char **tb_kmod_depends(GBytes *module);

#endif
