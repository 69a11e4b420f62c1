/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables as text. */
#include "testbed/tsv.h"

#include "testbed/error.h"

static bool read_row(const char *text, int line, unsigned count, const char *names, TbTsvRow row,
                     void *data, GError **error)
{
    g_auto(GStrv) fields = g_strsplit(text, "\t", -1);

    if (g_strv_length(fields) != count) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "not %u fields (%s)", count, names);
        return false;
    }
    return row(fields, line, data, error);
}

bool tb_tsv_read(const char *path, unsigned count, const char *names, TbTsvRow row, void *data,
                 GError **error)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    if (!g_file_get_contents(path, &text, NULL, error)) {
        return false;
    }
    lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        if (*lines[i] && *lines[i] != '#' &&
            !read_row(lines[i], i + 1, count, names, row, data, error)) {
            g_prefix_error(error, "%s:%d: ", path, i + 1);
            return false;
        }
    }
    return true;
}
