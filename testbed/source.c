/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes the files of a scenario. */
#include "testbed/source.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "testbed/command.h"
#include "testbed/cpio.h"
#include "testbed/error.h"
#include "testbed/ext4.h"
#include "testbed/kmod.h"
#include "testbed/packages.h"
#include "testbed/paths.h"

#define DEPTH_MAX      4
#define RANDOM_MAX     (64u << 20)
#define RANDOM_SEED    0x2545f491u /* any non-zero word; the file is the same every time */

/* Reads what stands behind the colon of a source. */
typedef GBytes *(*Maker)(TbBuild *build, const char *what, unsigned *permissions, GError **error);

static GBytes *load_host_file(const char *path, unsigned *permissions, GError **error)
{
    char *data;
    size_t length;
    GStatBuf status;

    if (!g_file_get_contents(path, &data, &length, error)) {
        return NULL;
    }
    if (g_stat(path, &status) == 0) {
        *permissions = status.st_mode & 0755;
    }
    return g_bytes_new_take(data, length);
}

static GBytes *from_package(TbBuild *build, const char *what, unsigned *permissions,
                            GError **error)
{
    g_autofree char *path = tb_packages_find(build->packages, what, error);

    return path ? load_host_file(path, permissions, error) : NULL;
}

static GBytes *from_images(TbBuild *build, const char *what, unsigned *permissions, GError **error)
{
    g_autofree char *path = g_build_filename(tb_images_dir(), what, NULL);

    return load_host_file(path, permissions, error);
}

static GBytes *from_build(TbBuild *build, const char *what, unsigned *permissions, GError **error)
{
    g_autofree char *path = g_build_filename(tb_build_dir(), what, NULL);

    return load_host_file(path, permissions, error);
}

static char *with_mode(const TbBuild *build, const char *text, size_t length)
{
    g_autoptr(GString) plain = g_string_new_len(text, length);

    g_string_replace(plain, "@MODE@", build->mode, 0);
    return g_strdup(plain->str);
}

static GBytes *from_text(TbBuild *build, const char *what, unsigned *permissions, GError **error)
{
    g_autofree char *plain = tb_unescape(what, error);
    char *text = plain ? with_mode(build, plain, strlen(plain)) : NULL;

    return text ? g_bytes_new_take(text, strlen(text)) : NULL;
}

/* Wraps the text as a U-Boot script image. */
static GBytes *mkimage(const TbBuild *build, const char *text, GError **error)
{
    g_autofree char *in = g_build_filename(build->scratch, "boot.cmd", NULL);
    g_autofree char *out = g_build_filename(build->scratch, "boot.scr", NULL);
    g_autofree char *seconds = g_strdup_printf("%u", TB_EXT4_TIME);
    const char *const argv[] = { "mkimage", "-A", "arm", "-T", "script", "-C", "none",
                                 "-n", "arndale-testbed", "-d", in, out, NULL };
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "SOURCE_DATE_EPOCH", seconds,
                                                 TRUE);
    unsigned ignored;

    if (!g_file_set_contents(in, text, -1, error) ||
        !tb_command(argv, environment, NULL, NULL, error)) {
        return NULL;
    }
    return load_host_file(out, &ignored, error);
}

static GBytes *from_script(TbBuild *build, const char *what, unsigned *permissions, GError **error)
{
    g_autoptr(GBytes) bytes = from_images(build, what, permissions, error);
    g_autofree char *text = NULL;
    size_t length;
    const char *data;

    *permissions = 0644;
    if (!bytes) {
        return NULL;
    }
    data = g_bytes_get_data(bytes, &length);
    text = with_mode(build, data, length);
    return mkimage(build, text, error);
}

static GBytes *make_initramfs(TbBuild *build, const TbInitramfs *initramfs, GError **error)
{
    g_autoptr(TbTree) tree = tb_tree_new();

    if (!tb_kmod_add(tree, build->packages, initramfs->modules, error) ||
        !tb_source_add_files(build, tree, initramfs->files, error)) {
        return NULL;
    }
    return tb_cpio_gz(tree, error);
}

static GBytes *from_initramfs(TbBuild *build, const char *what, unsigned *permissions,
                              GError **error)
{
    const TbInitramfs *initramfs = tb_scenario_find_initramfs(build->scenario, what);
    GBytes *bytes;

    if (!initramfs) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "there is no group [Initramfs %s]", what);
        return NULL;
    }
    if (build->depth == DEPTH_MAX) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "[Initramfs %s] contains itself", what);
        return NULL;
    }
    build->depth++;
    bytes = make_initramfs(build, initramfs, error);
    build->depth--;
    return bytes;
}

static GBytes *from_random(TbBuild *build, const char *what, unsigned *permissions, GError **error)
{
    guint64 count;
    guint32 state = RANDOM_SEED;
    guint8 *bytes;

    if (!g_ascii_string_to_unsigned(what, 10, 1, RANDOM_MAX, &count, error)) {
        return NULL;
    }
    bytes = g_malloc(count);
    for (guint64 i = 0; i < count; i++) {
        /* Marsaglia's xorshift32. */
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes[i] = state >> 24;
    }
    return g_bytes_new_take(bytes, count);
}

static GBytes *from_link(TbBuild *build, const char *what, unsigned *permissions, GError **error)
{
    *permissions = S_IFLNK;
    return g_bytes_new(what, strlen(what));
}

/* The file of --kernel; tb_user_apply() made sure that it is there. */
static GBytes *from_user(TbBuild *build, const char *what, unsigned *permissions, GError **error)
{
    if (!g_str_equal(what, "kernel") && !g_str_equal(what, "kernel.bin")) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "'%s' is not kernel or kernel.bin", what);
        return NULL;
    }
    if (!build->scenario->user_kernel) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "there is no --kernel");
        return NULL;
    }
    return load_host_file(build->scenario->user_kernel, permissions, error);
}

static const struct {
    const char *prefix;
    Maker make;
} makers[] = {
    { "deb:", from_package },  { "file:", from_images },         { "text:", from_text },
    { "script:", from_script }, { "initramfs:", from_initramfs }, { "random:", from_random },
    { "link:", from_link },    { "build:", from_build },         { "user:", from_user },
};

GBytes *tb_source_bytes(TbBuild *build, const TbEntry *entry, unsigned *permissions,
                        GError **error)
{
    const TbKeyFile *file = build->scenario->file;
    unsigned mode = 0644;
    GBytes *bytes = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(makers); i++) {
        if (g_str_has_prefix(entry->source, makers[i].prefix)) {
            bytes = makers[i].make(build, entry->source + strlen(makers[i].prefix), &mode, error);
            break;
        }
    }
    if (!bytes && (!error || !*error || !g_str_has_prefix((*error)->message, file->path))) {
        g_prefix_error(error, "%s:%d: ", file->path,
                       tb_key_file_line(file, entry->group, entry->key));
    }
    if (permissions) {
        *permissions = mode;
    }
    return bytes;
}

bool tb_source_add_files(TbBuild *build, TbTree *tree, const GPtrArray *files, GError **error)
{
    for (unsigned i = 0; i < files->len; i++) {
        const TbEntry *entry = files->pdata[i];
        unsigned permissions;
        g_autoptr(GBytes) bytes = tb_source_bytes(build, entry, &permissions, error);

        if (!bytes) {
            return false;
        }
        if (S_ISLNK(permissions)) {
            g_autofree char *target = g_strndup(g_bytes_get_data(bytes, NULL),
                                                g_bytes_get_size(bytes));

            tb_tree_add_link(tree, entry->path, target);
        } else {
            tb_tree_add_file(tree, entry->path, bytes, permissions);
        }
    }
    return true;
}

bool tb_source_checksum(const TbEntry *entry, GChecksum *sum, GError **error)
{
    const char *what = strchr(entry->source, ':');
    g_autoptr(GBytes) bytes = NULL;
    unsigned permissions = 0;
    gconstpointer data;
    size_t length;

    if (g_str_has_prefix(entry->source, "build:")) {
        bytes = from_build(NULL, what + 1, &permissions, error);
    } else if (g_str_has_prefix(entry->source, "file:") ||
               g_str_has_prefix(entry->source, "script:")) {
        bytes = from_images(NULL, what + 1, &permissions, error);
    } else {
        return true;
    }
    if (!bytes) {
        return false;
    }
    data = g_bytes_get_data(bytes, &length);
    g_checksum_update(sum, data, length);
    g_checksum_update(sum, (const guchar *)&permissions, sizeof(permissions));
    return true;
}
