/* SPDX-License-Identifier: BSD-2-Clause */
/* Kernel modules with what they depend on, by the "depends=" entry that modpost writes into each. */
#define _GNU_SOURCE /* memmem() */
#include "testbed/kmod.h"

#include <string.h>

#include "testbed/error.h"
#include "testbed/packages.h"

typedef struct Loader {
    GHashTable *files; /* module name, '-' written as '_' -> path of the .ko */
    GHashTable *added; /* names that are in the tree */
    GString *order;
    TbTree *tree;
} Loader;

static char *module_name(const char *text, size_t length)
{
    return g_strdelimit(g_strndup(text, length), "-", '_');
}

static void scan_directory(GHashTable *files, const char *path)
{
    g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
    const char *name;

    while (directory && (name = g_dir_read_name(directory))) {
        char *full = g_build_filename(path, name, NULL);

        if (g_str_has_suffix(name, ".ko")) {
            g_hash_table_replace(files, module_name(name, strlen(name) - 3), full);
            continue;
        }
        if (g_file_test(full, G_FILE_TEST_IS_DIR) && !g_file_test(full, G_FILE_TEST_IS_SYMLINK)) {
            scan_directory(files, full);
        }
        g_free(full);
    }
}

char **tb_kmod_depends(GBytes *module)
{
    static const char key[] = "\0depends="; /* an entry follows the NUL of the one before it */
    size_t length, left;
    const char *data = g_bytes_get_data(module, &length), *found;

    found = memmem(data, length, key, sizeof(key) - 1);
    if (!found) {
        return g_new0(char *, 1);
    }
    found += sizeof(key) - 1;
    left = length - (found - data);
    if (!*found || !memchr(found, 0, left)) {
        return g_new0(char *, 1);
    }
    return g_strsplit(found, ",", -1);
}

static bool add_module(Loader *loader, const char *wanted, GError **error)
{
    g_autofree char *name = module_name(wanted, strlen(wanted));
    const char *path = g_hash_table_lookup(loader->files, name);
    g_autofree char *data = NULL, *file = NULL, *target = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_auto(GStrv) depends = NULL;
    size_t length;

    if (!path) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP,
                    "no package of the scenario holds the kernel module '%s'", wanted);
        return false;
    }
    if (!g_hash_table_add(loader->added, g_strdup(name))) {
        return true;
    }
    if (!g_file_get_contents(path, &data, &length, error)) {
        return false;
    }
    bytes = g_bytes_new_take(g_steal_pointer(&data), length);
    depends = tb_kmod_depends(bytes);
    for (int i = 0; depends[i]; i++) {
        if (!add_module(loader, depends[i], error)) {
            return false;
        }
    }
    file = g_path_get_basename(path);
    target = g_strconcat("/lib/modules/", file, NULL);
    tb_tree_add_file(loader->tree, target, bytes, 0644);
    g_string_append_printf(loader->order, "%s\n", file);
    return true;
}

bool tb_kmod_add(TbTree *tree, const GPtrArray *packages, char **names, GError **error)
{
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) added = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) order = g_string_new(NULL);
    g_autoptr(GBytes) bytes = NULL;
    Loader loader = { files, added, order, tree };

    if (!*names) {
        return true;
    }
    for (unsigned i = 0; i < packages->len; i++) {
        const TbPackage *package = packages->pdata[i];
        g_autofree char *path = g_build_filename(package->directory, "lib/modules", NULL);

        scan_directory(files, path);
    }
    for (int i = 0; names[i]; i++) {
        if (!add_module(&loader, names[i], error)) {
            return false;
        }
    }
    bytes = g_bytes_new(order->str, order->len);
    tb_tree_add_file(tree, "/lib/modules/order", bytes, 0644);
    return true;
}
