/* SPDX-License-Identifier: BSD-2-Clause */
/* FAT file systems by mtools: one file after the other, under a fixed time and serial number. */
#include "testbed/fat.h"

#include <sys/stat.h>

#include "testbed/command.h"
#include "testbed/error.h"
#include "testbed/ext4.h"

#define SECTORS_PER_MIB 2048u

typedef struct Target {
    const char *image, *scratch;
    char **environment;
} Target;

static char **fixed_time(void)
{
    g_autofree char *seconds = g_strdup_printf("%u", TB_EXT4_TIME);
    char **environment = g_environ_setenv(g_get_environ(), "SOURCE_DATE_EPOCH", seconds, TRUE);

    environment = g_environ_setenv(environment, "TZ", "UTC", TRUE);
    /* A host's own drives must not matter. */
    environment = g_environ_setenv(environment, "MTOOLSRC", "/dev/null", TRUE);
    return g_environ_setenv(environment, "MTOOLS_SKIP_CHECK", "1", TRUE);
}

static bool run(const Target *target, const char *const *argv, const char *what, GError **error)
{
    g_autofree char *errors = NULL;

    if (tb_command(argv, target->environment, NULL, &errors, error)) {
        return true;
    }
    if (!g_error_matches(*error, TB_ERROR, TB_ERROR_INTERRUPTED)) {
        g_clear_error(error);
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "the FAT file system %s cannot get %s: %s",
                    target->image, what, g_strchomp(errors ? errors : (char[]){ "" }));
    }
    return false;
}

static bool write_node(const char *path, const TbNode *node, void *data, GError **error)
{
    const Target *target = data;
    g_autofree char *to = g_strconcat("::", path, NULL);
    g_autofree char *host = g_build_filename(target->scratch, "file", NULL);
    const char *const make[] = { "mmd", "-i", target->image, to, NULL };
    const char *const copy[] = { "mcopy", "-i", target->image, host, to, NULL };
    size_t length = 0;
    const char *bytes = node->bytes ? g_bytes_get_data(node->bytes, &length) : NULL;

    if (!path[1]) {
        return true;
    }
    if (S_ISLNK(node->mode)) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "%s: FAT has no symbolic links", path);
        return false;
    }
    if (S_ISDIR(node->mode)) {
        return run(target, make, path, error);
    }
    return g_file_set_contents(host, bytes ? bytes : "", length, error) &&
           run(target, copy, path, error);
}

bool tb_fat_make(const char *path, unsigned size_mib, const char *label, const TbTree *tree,
                 const char *scratch, GError **error)
{
    g_auto(GStrv) environment = fixed_time();
    Target target = { path, scratch, environment };
    g_autofree char *sectors = g_strdup_printf("%u", size_mib * SECTORS_PER_MIB);
    const char *const argv[] = { "mformat", "-i", path, "-C", "-F", "-c", "1", "-h", "64", "-s", "32",
                                 "-N", "41524e44", "-T", sectors, "-v", label ? label : "ARNDALE",
                                 "::", NULL };

    return run(&target, argv, "its structures", error) &&
           tb_tree_visit(tree, write_node, &target, error);
}
