/* SPDX-License-Identifier: BSD-2-Clause */
/* A GLib key file that remembers on which line each group and key stands. */
#ifndef TESTBED_KEYFILE_H
#define TESTBED_KEYFILE_H

#include <stdbool.h>

#include <glib.h>

typedef struct TbKeyFile {
    char *path;
    GKeyFile *keys;
    GHashTable *lines; /* "group" or "group\nkey" -> line number from 1 */
} TbKeyFile;

/* Loads @path.  NULL with TB_ERROR_USAGE, "file:line: what": no such file, a line that is neither
 * comment, group nor key=value, a group or a key that appears twice. */
TbKeyFile *tb_key_file_load(const char *path, GError **error);
void tb_key_file_free(TbKeyFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbKeyFile, tb_key_file_free)

/* Line of @key in @group (@key may be NULL), 0 if it is not there. */
int tb_key_file_line(const TbKeyFile *file, const char *group, const char *key);

/* Sets TB_ERROR_USAGE with "path:line: " of that key before the message; returns false. */
gboolean tb_key_file_error(const TbKeyFile *file, const char *group, const char *key,
                           GError **error, const char *format, ...) G_GNUC_PRINTF(5, 6);

/* The raw value, surrounding blanks removed, or NULL if there is none.  Free with g_free(). */
char *tb_key_file_value(const TbKeyFile *file, const char *group, const char *key);

/* The value split at ';', blanks around the parts removed, empty parts left out; never NULL. */
char **tb_key_file_list(const TbKeyFile *file, const char *group, const char *key);

#endif
