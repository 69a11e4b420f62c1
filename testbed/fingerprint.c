/* SPDX-License-Identifier: BSD-2-Clause */
/* Fingerprints of a deterministic run. */
#include "testbed/fingerprint.h"

#include <stdio.h>
#include <string.h>

static bool sum_file(GChecksum *sum, const char *path, GError **error)
{
    g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, error);

    if (map) {
        g_checksum_update(sum, (const guchar *)g_mapped_file_get_contents(map),
                          g_mapped_file_get_length(map));
    }
    return map;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *sorted_files(const char *directory, GError **error)
{
    g_autoptr(GDir) entries = g_dir_open(directory, 0, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    if (!entries) {
        return NULL;
    }
    while ((name = g_dir_read_name(entries))) {
        g_autofree char *path = g_build_filename(directory, name, NULL);

        if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, compare_names);
    return g_steal_pointer(&names);
}

char *tb_fingerprint_directory(const char *directory, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GPtrArray) names = sorted_files(directory, error);

    if (!names) {
        return NULL;
    }
    for (unsigned i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(directory, name, NULL);

        g_checksum_update(sum, (const guchar *)name, strlen(name) + 1);
        if (!sum_file(sum, path, error)) {
            return NULL;
        }
    }
    return g_strdup(g_checksum_get_string(sum));
}

bool tb_fingerprint_print(const char *directory, const char *trace, guint64 count, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *console = g_build_filename(directory, "console.log", NULL);
    g_autofree char *hash = NULL;

    if (!sum_file(sum, console, error)) {
        return false;
    }
    printf("console %s\n", g_checksum_get_string(sum));
    if (trace) {
        hash = tb_fingerprint_directory(trace, error);
        if (!hash) {
            return false;
        }
        printf("trace %s\n", hash);
    }
    printf("instructions %" G_GUINT64_FORMAT "\n", count);
    return true;
}
