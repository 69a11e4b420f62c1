/* SPDX-License-Identifier: BSD-2-Clause */
/* Where things are: the repository, the scenarios, what is built. */
#ifndef TESTBED_PATHS_H
#define TESTBED_PATHS_H

#include <glib.h>

/* Scenarios and recipes: $TESTBED_IMAGES or the repository's images/.  Not to be freed. */
const char *tb_images_dir(void);

/* Everything that is made: $BUILD_DIR or the repository's build/.  Not to be freed. */
const char *tb_build_dir(void);

/* A file of the repository, for example tb_top_file("scripts/fetch-debs").  Free with g_free(). */
char *tb_top_file(const char *name);

/* A path under the build directory; its parent directory is created.  Free with g_free(). */
char *tb_build_file(const char *first, ...) G_GNUC_NULL_TERMINATED;

#endif
