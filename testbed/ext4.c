/* SPDX-License-Identifier: BSD-2-Clause */
/* ext4 file systems by mke2fs and debugfs.  `mke2fs -d` would keep the host's change times and
 * its directory order; a debugfs script in sorted order under a fixed time gives the same bytes
 * everywhere. */
#include "testbed/ext4.h"

#include <string.h>
#include <sys/stat.h>

#include "testbed/command.h"
#include "testbed/error.h"

typedef struct Script {
    GString *text;
    const char *scratch;
    char *directory; /* where the script stands */
    unsigned files;
} Script;

/* Written out so that a failure names the size and not an obscure block count. */
static bool too_small(const char *path, unsigned size_mib, const char *why, GError **error)
{
    g_set_error(error, TB_ERROR, TB_ERROR_SETUP,
                "the file system %s of %u MiB cannot be filled: %s", path, size_mib, why);
    return false;
}

static char **fixed_time(void)
{
    g_autofree char *seconds = g_strdup_printf("%u", TB_EXT4_TIME);
    char **environment = g_get_environ();

    environment = g_environ_setenv(environment, "E2FSPROGS_FAKE_TIME", seconds, TRUE);
    environment = g_environ_setenv(environment, "SOURCE_DATE_EPOCH", seconds, TRUE);
    /* A host's own mke2fs.conf must not change the layout. */
    return g_environ_setenv(environment, "MKE2FS_CONFIG", "/dev/null", TRUE);
}

/* Features that U-Boot 2023.01 and Linux 6.1 both read, named one by one. */
static bool format(const char *path, unsigned size_mib, const char *label, unsigned number,
                   GError **error)
{
    g_autofree char *uuid = g_strdup_printf("41524e44-414c-4500-8000-%012x", number);
    g_autofree char *extended =
        g_strdup_printf("hash_seed=%s,root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0", uuid);
    g_autofree char *size = g_strdup_printf("%uM", size_mib);
    g_auto(GStrv) environment = fixed_time();
    g_autofree char *errors = NULL;
    const char *const argv[] = {
        "mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", "-I", "256", "-m", "0",
        "-O", "none,has_journal,ext_attr,dir_index,filetype,extent,sparse_super,large_file",
        "-U", uuid, "-E", extended, "-L", label ? label : "", path, size, NULL
    };

    return tb_command(argv, environment, NULL, &errors, error);
}

static void enter(Script *script, const char *directory)
{
    if (g_strcmp0(script->directory, directory)) {
        g_string_append_printf(script->text, "cd \"%s\"\n", directory);
        g_free(script->directory);
        script->directory = g_strdup(directory);
    }
}

static bool write_node(const char *path, const TbNode *node, void *data, GError **error)
{
    Script *script = data;
    g_autofree char *parent = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autofree char *host = g_strdup_printf("%s/%u", script->scratch, script->files);
    size_t length = 0;
    const char *bytes = node->bytes ? g_bytes_get_data(node->bytes, &length) : NULL;

    if (!path[1]) {
        return true;
    }
    enter(script, parent);
    if (S_ISDIR(node->mode)) {
        g_string_append_printf(script->text, "mkdir \"%s\"\n", name);
        return true;
    }
    if (S_ISLNK(node->mode)) {
        g_string_append_printf(script->text, "symlink \"%s\" \"%.*s\"\n", name, (int)length, bytes);
        return true;
    }
    script->files++;
    g_string_append_printf(script->text, "write \"%s\" \"%s\"\nsif \"%s\" mode 0%o\n", host, name,
                           name, node->mode);
    return g_file_set_contents(host, bytes, length, error);
}

/* debugfs ends with status 0 whatever happened: anything but its banner is an error. */
static char *first_complaint(const char *errors)
{
    g_auto(GStrv) lines = g_strsplit(errors, "\n", -1);

    for (int i = 0; lines[i]; i++) {
        if (*g_strstrip(lines[i]) && !g_str_has_prefix(lines[i], "debugfs ")) {
            return g_strdup(lines[i]);
        }
    }
    return NULL;
}

static bool fill(const char *path, unsigned size_mib, const Script *script, GError **error)
{
    g_autofree char *file = g_strdup_printf("%s/script", script->scratch);
    const char *const argv[] = { "debugfs", "-w", "-f", file, path, NULL };
    g_auto(GStrv) environment = fixed_time();
    g_autofree char *errors = NULL, *output = NULL, *complaint = NULL;

    if (!g_file_set_contents(file, script->text->str, script->text->len, error) ||
        !tb_command(argv, environment, &output, &errors, error)) {
        return false;
    }
    complaint = first_complaint(errors);
    return complaint ? too_small(path, size_mib, complaint, error) : true;
}

bool tb_ext4_make(const char *path, unsigned size_mib, const char *label, unsigned number,
                  const TbTree *tree, const char *scratch, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    Script script = { text, scratch, NULL, 0 };
    bool made = format(path, size_mib, label, number, error) &&
                tb_tree_visit(tree, write_node, &script, error) &&
                fill(path, size_mib, &script, error);

    g_free(script.directory);
    return made;
}
