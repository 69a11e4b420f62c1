/* SPDX-License-Identifier: BSD-2-Clause */
/* Parts of an image: partition table, cpio archive, module dependencies, ext4. */
#define _GNU_SOURCE /* memmem() */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "testbed/card.h"
#include "testbed/cpio.h"
#include "testbed/ext4.h"
#include "testbed/kmod.h"
#include "testbed/tree.h"

/* QEMU's sd-card takes powers of two only. */
static void test_card_is_a_power_of_two(void **state)
{
    assert_int_equal(tb_card_bytes(&(TbCardLayout){ 0, { 0 }, { false } }), 8 << 20);
    assert_int_equal(tb_card_bytes(&(TbCardLayout){ 1, { 7 }, { false } }), 8 << 20);
    assert_int_equal(tb_card_bytes(&(TbCardLayout){ 1, { 8 }, { false } }), 16 << 20);
    assert_int_equal(tb_card_bytes(&(TbCardLayout){ 2, { 31, 96 }, { false } }), 128 << 20);
}

/* MBR: entries at 0x1be, 16 bytes each: flag, CHS, type, CHS, first sector, sectors. */
static void test_mbr_bytes(void **state)
{
    static const guint8 first[16] = { 0x80, 0xfe, 0xff, 0xff, 0x83, 0xfe, 0xff, 0xff,
                                      0x00, 0x08, 0, 0, 0x00, 0xf8, 0, 0 };
    static const guint8 second[16] = { 0x00, 0xfe, 0xff, 0xff, 0x83, 0xfe, 0xff, 0xff,
                                       0x00, 0x00, 1, 0, 0x00, 0x00, 3, 0 };
    static const guint8 none[32];
    guint8 mbr[TB_SECTOR];

    tb_card_mbr(&(TbCardLayout){ 2, { 31, 96 }, { false } }, mbr);
    assert_memory_equal(mbr + 0x1be, first, 16);
    assert_memory_equal(mbr + 0x1ce, second, 16);
    assert_memory_equal(mbr + 0x1de, none, 32);
    assert_int_equal(mbr[0x1fe], 0x55);
    assert_int_equal(mbr[0x1ff], 0xaa);
}

static void test_mbr_of_a_fat_partition(void **state)
{
    static const guint8 first[8] = { 0x80, 0xfe, 0xff, 0xff, 0x0c, 0xfe, 0xff, 0xff };
    guint8 mbr[TB_SECTOR];

    tb_card_mbr(&(TbCardLayout){ 1, { 63 }, { true } }, mbr);
    assert_memory_equal(mbr + 0x1be, first, 8);
}

/* One directory, one file: every field of the newc headers is a literal here. */
static void test_cpio_bytes(void **state)
{
    static const char expected[] =
        "070701" "00000001" "000041ED" "00000000" "00000000" "00000002" "00000000" "00000000"
        "00000000" "00000000" "00000000" "00000000" "00000002" "00000000" "d\0"
        "070701" "00000002" "000081A4" "00000000" "00000000" "00000001" "00000000" "00000003"
        "00000000" "00000000" "00000000" "00000000" "00000004" "00000000" "d/f\0\0\0" "abc\0"
        "070701" "00000000";
    g_autoptr(TbTree) tree = tb_tree_new();
    g_autoptr(GBytes) file = g_bytes_new_static("abc", 3), archive = NULL;

    tb_tree_add_file(tree, "/d/f", file, 0644);
    archive = tb_cpio(tree);
    assert_int_equal(g_bytes_get_size(archive), 512);
    assert_memory_equal(g_bytes_get_data(archive, NULL), expected, sizeof(expected) - 1);
}

static void assert_depends(const char *module, size_t length, const char *expected)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(module, length);
    g_auto(GStrv) names = tb_kmod_depends(bytes);
    g_autofree char *joined = g_strjoinv("+", names);

    assert_string_equal(joined, expected);
}

#define DEPENDS(text, expected) assert_depends(text, sizeof(text) - 1, expected)

static void test_module_dependencies(void **state)
{
    DEPENDS("x\0license=GPL\0depends=jbd2,mbcache\0name=ext4\0", "jbd2+mbcache");
    DEPENDS("x\0depends=\0name=a\0", "");
    DEPENDS("x\0softdepends=b\0", "");
    DEPENDS("x\0depends=cut", "");
    DEPENDS("", "");
}

/* Debian's packages install into /bin, /sbin and /lib, which are links on its systems. */
static void test_merged_usr(void **state)
{
    g_autoptr(TbTree) tree = tb_tree_new();
    g_autoptr(GBytes) archive = NULL, empty = g_bytes_new_static("", 0);

    tb_tree_set_merged_usr(tree);
    tb_tree_add_file(tree, "/lib/ld.so", empty, 0755);
    archive = tb_cpio(tree);
    assert_non_null(memmem(g_bytes_get_data(archive, NULL), g_bytes_get_size(archive),
                           "usr/lib/ld.so", 14));
}

static bool make(const char *directory, unsigned size_mib, size_t bytes, char **image,
                 GError **error)
{
    g_autofree char *path = g_build_filename(directory, "fs", NULL);
    g_autofree char *scratch = g_build_filename(directory, "scratch", NULL), *command = NULL;
    g_autoptr(TbTree) tree = tb_tree_new();
    g_autoptr(GBytes) data = g_bytes_new_take(g_strnfill(bytes, 'x'), bytes);
    bool made;

    g_mkdir(scratch, 0700);
    tb_tree_add_file(tree, "/dir/file", data, 0640);
    tb_tree_add_link(tree, "/link", "dir/file");
    made = tb_ext4_make(path, size_mib, "label", 1, tree, scratch, error);
    if (made) {
        g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, NULL);
        g_autoptr(GBytes) all = g_mapped_file_get_bytes(map);

        *image = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, all);
    }
    command = g_strdup_printf("rm -rf %s", directory);
    g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL);
    return made;
}

/* Made at two times in two places: the same bytes. */
static void test_ext4_is_reproducible(void **state)
{
    g_autofree char *first = NULL, *second = NULL;
    g_autofree char *here = g_dir_make_tmp("testbed-XXXXXX", NULL), *there = NULL;

    assert_true(make(here, 8, 100000, &first, NULL));
    g_usleep(1100000); /* another second on the clock: an inode time would show */
    there = g_dir_make_tmp("testbed-XXXXXX", NULL);
    assert_true(make(there, 8, 100000, &second, NULL));
    assert_string_equal(first, second);
}

static void test_ext4_that_is_too_small_is_refused(void **state)
{
    g_autofree char *image = NULL, *here = g_dir_make_tmp("testbed-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;

    assert_false(make(here, 8, 9 << 20, &image, &error));
    assert_non_null(strstr(error->message, "of 8 MiB cannot be filled"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_card_is_a_power_of_two),
        cmocka_unit_test(test_mbr_bytes),
        cmocka_unit_test(test_mbr_of_a_fat_partition),
        cmocka_unit_test(test_cpio_bytes),
        cmocka_unit_test(test_module_dependencies),
        cmocka_unit_test(test_merged_usr),
        cmocka_unit_test(test_ext4_is_reproducible),
        cmocka_unit_test(test_ext4_that_is_too_small_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
