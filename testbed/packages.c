/* SPDX-License-Identifier: BSD-2-Clause */
/* Fetches and unpacks Debian packages. */
#include "testbed/packages.h"

#include <glob.h>
#include <string.h>

#include <glib/gstdio.h>

#include "testbed/command.h"
#include "testbed/error.h"
#include "testbed/paths.h"

static void package_free(void *data)
{
    TbPackage *package = data;

    g_free(package->name);
    g_free(package->deb);
    g_free(package->sha256);
    g_free(package->directory);
    g_free(package);
}

static bool remove_tree(const char *directory, GError **error)
{
    const char *const argv[] = { "rm", "-rf", "--", directory, NULL };

    return tb_command(argv, NULL, NULL, NULL, error);
}

/* Unpacks @deb into @directory; an unpacking that was cut short starts again. */
static bool unpack(const char *deb, const char *directory, GError **error)
{
    g_autofree char *partial = g_strconcat(directory, ".new", NULL);
    const char *const argv[] = { "dpkg-deb", "-x", deb, partial, NULL };

    if (g_file_test(directory, G_FILE_TEST_IS_DIR)) {
        return true;
    }
    if (!remove_tree(partial, error) || !tb_command(argv, NULL, NULL, NULL, error)) {
        return false;
    }
    if (g_rename(partial, directory) < 0 && !g_file_test(directory, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "cannot rename %s", partial);
        return false;
    }
    return true;
}

static char *checksum_of(const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
    g_autoptr(GBytes) bytes = file ? g_mapped_file_get_bytes(file) : NULL;

    return bytes ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes) : NULL;
}

static bool open_package(GPtrArray *packages, const char *name, const char *deb, GError **error)
{
    TbPackage *package = g_new0(TbPackage, 1);

    g_ptr_array_add(packages, package);
    package->name = g_strdup(name);
    package->deb = g_path_get_basename(deb);
    package->sha256 = checksum_of(deb, error);
    package->directory = tb_build_file("debs", "unpacked", package->deb, NULL);
    return package->sha256 && unpack(deb, package->directory, error);
}

static char *fetch(char **names, GError **error)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
    char *printed = NULL;

    g_ptr_array_add(argv, tb_top_file("scripts/fetch-debs"));
    for (int i = 0; names[i]; i++) {
        g_ptr_array_add(argv, g_strdup(names[i]));
    }
    g_ptr_array_add(argv, NULL);
    if (!tb_command((const char *const *)argv->pdata, NULL, &printed, NULL, error)) {
        g_prefix_error(error, "packages: ");
        return NULL;
    }
    return printed;
}

GPtrArray *tb_packages_open(char **names, GError **error)
{
    g_autoptr(GPtrArray) packages = g_ptr_array_new_with_free_func(package_free);
    g_autofree char *printed = NULL;
    g_auto(GStrv) debs = NULL;

    if (!*names) {
        return g_steal_pointer(&packages);
    }
    printed = fetch(names, error);
    if (!printed) {
        return NULL;
    }
    debs = g_strsplit(g_strchomp(printed), "\n", -1);
    if (g_strv_length(debs) != g_strv_length(names)) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "scripts/fetch-debs answered '%s'", printed);
        return NULL;
    }
    for (int i = 0; debs[i]; i++) {
        if (!open_package(packages, names[i], debs[i], error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&packages);
}

char *tb_packages_find(const GPtrArray *packages, const char *pattern, GError **error)
{
    g_autofree char *found = NULL;

    for (unsigned i = 0; i < packages->len; i++) {
        const TbPackage *package = packages->pdata[i];
        g_autofree char *directory = g_strescape(package->directory, NULL);
        g_autofree char *full = g_strconcat(directory, pattern, NULL);
        glob_t matches = { 0 };

        if (glob(full, 0, NULL, &matches) == 0) {
            if (matches.gl_pathc > 1 || found) {
                globfree(&matches);
                g_set_error(error, TB_ERROR, TB_ERROR_SETUP,
                            "several files of the packages match %s", pattern);
                return NULL;
            }
            found = g_strdup(matches.gl_pathv[0]);
        }
        globfree(&matches);
    }
    if (!found) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP,
                    "no file of the scenario's packages matches %s", pattern);
    }
    return g_steal_pointer(&found);
}

const TbPackage *tb_packages_lookup(const GPtrArray *packages, const char *name)
{
    for (unsigned i = 0; i < packages->len; i++) {
        const TbPackage *package = packages->pdata[i];

        if (g_str_equal(package->name, name)) {
            return package;
        }
    }
    return NULL;
}
