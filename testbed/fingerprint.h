/* SPDX-License-Identifier: BSD-2-Clause */
/* Fingerprints of a deterministic run, to be compared with another one's. */
#ifndef TESTBED_FINGERPRINT_H
#define TESTBED_FINGERPRINT_H

#include <stdbool.h>

#include <glib.h>

/* SHA-256 over the names and contents of the regular files of @directory, in sorted order.
 * NULL with a file error.  Free with g_free(). */
char *tb_fingerprint_directory(const char *directory, GError **error);

/* Prints "console HASH", "trace HASH" (if @trace) and "instructions N" on standard output. */
bool tb_fingerprint_print(const char *directory, const char *trace, guint64 count, GError **error);

#endif
