/* SPDX-License-Identifier: BSD-2-Clause */
/* The Debian packages of a scenario, fetched and unpacked. */
#ifndef TESTBED_PACKAGES_H
#define TESTBED_PACKAGES_H

#include <stdbool.h>

#include <glib.h>

typedef struct TbPackage {
    char *name;      /* as the scenario says it */
    char *deb;       /* file name: name, version and architecture */
    char *sha256;    /* of that file, hexadecimal */
    char *directory; /* where it is unpacked */
} TbPackage;

/* Fetches @names with scripts/fetch-debs (from the cache if possible) and unpacks them under
 * build/debs.  An array of TbPackage in the order of @names; NULL with TB_ERROR_SETUP. */
GPtrArray *tb_packages_open(char **names, GError **error);

/* The one file that matches @pattern (a path, with * and ? as in the shell) in @packages.
 * NULL with TB_ERROR_SETUP if none or several do.  Free with g_free(). */
char *tb_packages_find(const GPtrArray *packages, const char *pattern, GError **error);

const TbPackage *tb_packages_lookup(const GPtrArray *packages, const char *name);

#endif
