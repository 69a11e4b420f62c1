/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes what a scenario boots from. */
#include "testbed/image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "testbed/card.h"
#include "testbed/command.h"
#include "testbed/error.h"
#include "testbed/ext4.h"
#include "testbed/fat.h"
#include "testbed/kmod.h"
#include "testbed/packages.h"
#include "testbed/paths.h"
#include "testbed/term.h"

static bool remove_tree(const char *directory)
{
    const char *const argv[] = { "rm", "-rf", "--", directory, NULL };

    return g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                        NULL, NULL);
}

static bool os_error(GError **error, const char *what, const char *path)
{
    g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "cannot %s %s: %s", what, path,
                g_strerror(errno));
    return false;
}

/* Writes @length bytes at @offset of @file. */
static bool write_at(int file, const char *path, const void *bytes, size_t length, off_t offset,
                     GError **error)
{
    const char *data = bytes;

    while (length) {
        ssize_t written = pwrite(file, data, length, offset);

        if (written < 0 && errno != EINTR) {
            return os_error(error, "write", path);
        }
        if (written > 0) {
            data += written;
            length -= written;
            offset += written;
        }
    }
    return tb_go_on(error);
}

/* Raw areas lie between the MBR and the first partition and do not overlap. */
static bool check_raw(TbBuild *build, const TbRaw *raw, size_t length, GError **error)
{
    const GPtrArray *raws = build->scenario->raws;
    unsigned end = raw->sector + (length + TB_SECTOR - 1) / TB_SECTOR, limit = TB_FIRST_PARTITION;

    for (unsigned i = 0; i < raws->len; i++) {
        const TbRaw *other = raws->pdata[i];

        if (other->sector > raw->sector) {
            limit = MIN(limit, other->sector);
        }
    }
    return end <= limit ||
           tb_key_file_error(build->scenario->file, raw->entry->group, raw->entry->key, error,
                             "%zu bytes from sector %u run into sector %u", length, raw->sector,
                             limit);
}

static bool put_raws(TbBuild *build, int file, const char *path, GError **error)
{
    for (unsigned i = 0; i < build->scenario->raws->len; i++) {
        const TbRaw *raw = build->scenario->raws->pdata[i];
        g_autoptr(GBytes) bytes = tb_source_bytes(build, raw->entry, NULL, error);
        size_t length = 0;
        const void *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;

        if (!bytes || !check_raw(build, raw, length, error) ||
            !write_at(file, path, data, length, (off_t)raw->sector * TB_SECTOR, error)) {
            return false;
        }
    }
    return true;
}

static bool add_packages(TbBuild *build, TbTree *tree, const TbPartition *partition,
                         GError **error)
{
    if (*partition->unpack) {
        tb_tree_set_merged_usr(tree);
    }
    for (int i = 0; partition->unpack[i]; i++) {
        const TbPackage *package = tb_packages_lookup(build->packages, partition->unpack[i]);

        if (!package) {
            return tb_key_file_error(build->scenario->file, partition->group, "Unpack", error,
                                     "'%s' is not among Packages", partition->unpack[i]);
        }
        if (!tb_tree_add_host(tree, package->directory, error)) {
            return false;
        }
    }
    return true;
}

/* Copies the file system image into the card, holes left as holes. */
static bool copy_into(int file, const char *path, const char *from, off_t offset, GError **error)
{
    g_autoptr(GMappedFile) map = g_mapped_file_new(from, FALSE, error);
    static const char zeros[64 << 10];
    size_t length, step;
    const char *data;

    if (!map) {
        return false;
    }
    data = g_mapped_file_get_contents(map);
    length = g_mapped_file_get_length(map);
    for (size_t at = 0; at < length; at += step) {
        step = MIN(sizeof(zeros), length - at);
        if (memcmp(data + at, zeros, step) &&
            !write_at(file, path, data + at, step, offset + at, error)) {
            return false;
        }
    }
    return true;
}

static bool make_file_system(TbBuild *build, const char *image, const TbPartition *partition,
                             unsigned number, const TbTree *tree, GError **error)
{
    return partition->fat ? tb_fat_make(image, partition->size_mib, partition->label, tree,
                                        build->scratch, error)
                          : tb_ext4_make(image, partition->size_mib, partition->label, number,
                                         tree, build->scratch, error);
}

static bool put_partition(TbBuild *build, int file, const char *path, unsigned index,
                          const TbCardLayout *layout, GError **error)
{
    const TbPartition *partition = build->scenario->partitions->pdata[index];
    g_autofree char *image = g_build_filename(build->scratch, "partition", NULL);
    g_autoptr(TbTree) tree = tb_tree_new();
    off_t offset = (off_t)tb_card_partition_sector(layout, index) * TB_SECTOR;

    return add_packages(build, tree, partition, error) &&
           tb_kmod_add(tree, build->packages, partition->modules, error) &&
           tb_source_add_files(build, tree, partition->files, error) &&
           make_file_system(build, image, partition, index + 1, tree, error) &&
           copy_into(file, path, image, offset, error) && g_unlink(image) == 0;
}

static bool fill_card(TbBuild *build, int file, const char *path, GError **error)
{
    TbCardLayout layout = { .count = build->scenario->partitions->len };
    guint8 mbr[TB_SECTOR];

    for (unsigned i = 0; i < layout.count; i++) {
        const TbPartition *partition = build->scenario->partitions->pdata[i];

        layout.size_mib[i] = partition->size_mib;
        layout.fat[i] = partition->fat;
    }
    tb_card_mbr(&layout, mbr);
    if (ftruncate(file, tb_card_bytes(&layout)) < 0) {
        return os_error(error, "size", path);
    }
    if (!write_at(file, path, mbr, sizeof(mbr), 0, error) || !put_raws(build, file, path, error)) {
        return false;
    }
    for (unsigned i = 0; i < layout.count; i++) {
        if (!put_partition(build, file, path, i, &layout, error)) {
            return false;
        }
    }
    return true;
}

static bool make_card(TbBuild *build, const char *directory, GError **error)
{
    g_autofree char *path = g_build_filename(directory, "card.img", NULL);
    int file = g_open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0666);
    bool made;

    if (file < 0) {
        return os_error(error, "create", path);
    }
    made = fill_card(build, file, path, error);
    if (close(file) < 0 && made) {
        made = os_error(error, "write", path);
    }
    return made;
}

static bool make_boot_file(TbBuild *build, const TbEntry *entry, const char *directory,
                           const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autoptr(GBytes) bytes = NULL;
    size_t length;
    const void *data;

    if (!entry) {
        return true;
    }
    bytes = tb_source_bytes(build, entry, NULL, error);
    if (!bytes) {
        return false;
    }
    data = g_bytes_get_data(bytes, &length);
    return g_file_set_contents(path, data, length, error);
}

/* The files of [Served], in a directory of their own. */
static bool make_served(TbBuild *build, const char *directory, GError **error)
{
    g_autofree char *served = g_build_filename(directory, TB_SERVED, NULL);
    const GPtrArray *entries = build->scenario->served;

    if (entries->len && g_mkdir(served, 0777) < 0) {
        return os_error(error, "create", served);
    }
    for (unsigned i = 0; i < entries->len; i++) {
        const TbEntry *entry = entries->pdata[i];

        if (strchr(entry->path + 1, '/')) {
            return tb_key_file_error(build->scenario->file, entry->group, entry->key, error,
                                     "a file here is named /NAME");
        }
        if (!make_boot_file(build, entry, served, entry->path + 1, error)) {
            return false;
        }
    }
    return true;
}

static bool make_parts(TbBuild *build, const char *directory, GError **error)
{
    const TbMachine *machine = &build->scenario->machine;

    return (!tb_scenario_has_card(build->scenario) || make_card(build, directory, error)) &&
           make_boot_file(build, machine->kernel, directory, "kernel", error) &&
           make_boot_file(build, machine->initrd, directory, "initrd", error) &&
           make_boot_file(build, machine->dtb, directory, "dtb", error) &&
           make_served(build, directory, error);
}

static bool sum_entries(const GPtrArray *entries, GChecksum *sum, GError **error)
{
    for (unsigned i = 0; i < entries->len; i++) {
        if (!tb_source_checksum(entries->pdata[i], sum, error)) {
            return false;
        }
    }
    return true;
}

static bool sum_file(const char *path, GChecksum *sum, GError **error)
{
    g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, error);

    if (map) {
        g_checksum_update(sum, (const guchar *)g_mapped_file_get_contents(map),
                          g_mapped_file_get_length(map));
    }
    return map;
}

/* Files under images/ that the scenario names, and the user's kernel. */
static bool sum_files(const TbScenario *scenario, GChecksum *sum, GError **error)
{
    for (unsigned i = 0; i < scenario->partitions->len; i++) {
        if (!sum_entries(((TbPartition *)scenario->partitions->pdata[i])->files, sum, error)) {
            return false;
        }
    }
    for (unsigned i = 0; i < scenario->initramfs->len; i++) {
        if (!sum_entries(((TbInitramfs *)scenario->initramfs->pdata[i])->files, sum, error)) {
            return false;
        }
    }
    if (!sum_entries(scenario->served, sum, error) ||
        (scenario->user_kernel && !sum_file(scenario->user_kernel, sum, error))) {
        return false;
    }
    for (unsigned i = 0; i < scenario->raws->len; i++) {
        if (!tb_source_checksum(((TbRaw *)scenario->raws->pdata[i])->entry, sum, error)) {
            return false;
        }
    }
    return true;
}

/* The manifest: what goes in, and a sum over everything that decides about the result (this
 * program included: another builder may build otherwise). */
static char *describe_inputs(const TbBuild *build, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    g_string_append_printf(text, "scenario %s\nmode %s\n", build->scenario->name, build->mode);
    for (unsigned i = 0; i < build->packages->len; i++) {
        const TbPackage *package = build->packages->pdata[i];

        g_string_append_printf(text, "package %s %s\n", package->deb, package->sha256);
    }
    g_checksum_update(sum, (const guchar *)text->str, text->len);
    if (!sum_file(build->scenario->file->path, sum, error) ||
        !sum_file("/proc/self/exe", sum, error) || !sum_files(build->scenario, sum, error)) {
        return NULL;
    }
    g_string_append_printf(text, "inputs %s\n", g_checksum_get_string(sum));
    return g_strdup(text->str);
}

static char *existing(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS) ? g_steal_pointer(&path) : NULL;
}

static TbImage *open_image(const char *directory)
{
    TbImage *image = g_new0(TbImage, 1);

    image->directory = g_strdup(directory);
    image->card = existing(directory, "card.img");
    image->kernel = existing(directory, "kernel");
    image->initrd = existing(directory, "initrd");
    image->dtb = existing(directory, "dtb");
    image->manifest = existing(directory, "manifest");
    return image;
}

static bool is_current(const char *directory, const char *inputs)
{
    g_autofree char *path = g_build_filename(directory, "manifest", NULL), *have = NULL;

    return g_file_get_contents(path, &have, NULL, NULL) && g_str_equal(have, inputs);
}

/* Builds into @directory.new and renames; whatever goes wrong, nothing half-made stays. */
static bool build_image(TbBuild *build, const char *directory, const char *inputs, GError **error)
{
    g_autofree char *partial = g_strconcat(directory, ".new", NULL);
    g_autofree char *scratch = g_strconcat(directory, ".scratch", NULL);
    g_autofree char *manifest = g_build_filename(partial, "manifest", NULL);
    bool made;

    build->scratch = scratch;
    remove_tree(partial);
    remove_tree(scratch);
    g_mkdir_with_parents(partial, 0777);
    g_mkdir_with_parents(scratch, 0777);
    made = make_parts(build, partial, error) &&
           g_file_set_contents(manifest, inputs, -1, error) && tb_go_on(error);
    remove_tree(scratch);
    if (made) {
        remove_tree(directory);
        if (g_rename(partial, directory) < 0) {
            made = os_error(error, "rename", partial);
        }
    }
    if (!made) {
        remove_tree(partial);
    }
    return made;
}

static TbImage *make_locked(TbBuild *build, const char *directory, GError **error)
{
    g_autofree char *inputs = NULL;

    build->packages = tb_packages_open(build->scenario->packages, error);
    if (!build->packages) {
        return NULL;
    }
    inputs = describe_inputs(build, error);
    if (!inputs) {
        return NULL;
    }
    if (!is_current(directory, inputs)) {
        tb_term_note("building the image of %s", build->scenario->name);
        if (!build_image(build, directory, inputs, error)) {
            return NULL;
        }
    }
    return open_image(directory);
}

TbImage *tb_image_make(const TbScenario *scenario, const char *mode, GError **error)
{
    const char *variant = g_str_equal(mode, TB_MODE_SHELL) ? "" : "-auto";
    g_autofree char *name = g_strconcat(scenario->name, variant, NULL);
    g_autofree char *directory = tb_build_file("images", name, NULL);
    g_autofree char *lock_name = g_strconcat(directory, ".lock", NULL);
    int lock = g_open(lock_name, O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    TbBuild build = { .scenario = scenario, .mode = mode };
    TbImage *image = NULL;

    if (lock < 0) {
        os_error(error, "create", lock_name);
        return NULL;
    }
    if (flock(lock, LOCK_EX) == 0 || tb_go_on(error)) {
        image = make_locked(&build, directory, error);
    }
    g_clear_pointer(&build.packages, g_ptr_array_unref);
    close(lock);
    return image;
}

void tb_image_free(TbImage *image)
{
    g_free(image->directory);
    g_free(image->card);
    g_free(image->kernel);
    g_free(image->initrd);
    g_free(image->dtb);
    g_free(image->manifest);
    g_free(image);
}
