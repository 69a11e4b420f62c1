/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Guests out of a device tree: what is read, what is refused with which words, and that a fault of
 * one guest costs no other.  The tree is made anew for each row, with one thing changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <libfdt.h>

#include "arch/fake/fake.h"
#include "boot/config.h"
#include "boot/guest_map.h"
#include "boot/guest_tree.h"
#include "boot/load.h"
#include "boot/mbr.h"

#define MIB        0x100000u
#define TREE_BYTES 4096
#define TREE_PA    (FAKE_RAM_BASE + 15 * MIB)
#define KERNEL     (FAKE_RAM_BASE + 2 * MIB)
#define RAMDISK    (FAKE_RAM_BASE + 3 * MIB)

/* What of the tree a row changes; 0 means the value of a tree that is fine. */
struct change {
    uint32_t memory_kib, cpus, disk;
    uint32_t kernel, kernel_bytes, ramdisk, ramdisk_bytes;
    const char *kernel_kind;
    uint32_t memory_bytes;      /* of the board */
    uint32_t reserved;          /* a page that firmware keeps */
    unsigned reg_cells;         /* of the kernel's reg */
    bool no_kernel, two_kernels, open_bootargs;
};

static uint32_t or_else(uint32_t value, uint32_t otherwise)
{
    return value ? value : otherwise;
}

static void cells(void *fdt, const char *name, const uint32_t *value, unsigned count)
{
    fdt32_t raw[4];

    for (unsigned i = 0; i < count; i++) {
        raw[i] = cpu_to_fdt32(value[i]);
    }
    assert_int_equal(fdt_property(fdt, name, raw, (int)(count * 4)), 0);
}

static void add_module(void *fdt, const char *name, const char *kind, uint32_t base,
                       uint32_t bytes, unsigned reg_cells, const char *bootargs, int args_bytes)
{
    fdt_begin_node(fdt, name);
    fdt_property_string(fdt, "compatible", kind);
    cells(fdt, "reg", (const uint32_t []) {base, bytes}, reg_cells);
    if (bootargs) {
        fdt_property(fdt, "bootargs", bootargs, args_bytes);
    }
    fdt_end_node(fdt);
}

static void add_guest(void *fdt, const char *name, const struct change *change)
{
    const char *kind = change->kernel_kind ? change->kernel_kind : "multiboot,kernel";
    unsigned reg_cells = change->reg_cells ? change->reg_cells : 2;

    fdt_begin_node(fdt, name);
    fdt_property_string(fdt, "compatible", "vmm-model,guest");
    fdt_property_u32(fdt, "#address-cells", 1);
    fdt_property_u32(fdt, "#size-cells", 1);
    cells(fdt, "memory", (const uint32_t []) {0, or_else(change->memory_kib, 4096)}, 2);
    fdt_property_u32(fdt, "cpus", or_else(change->cpus, 2));
    if (change->disk) {
        fdt_property_u32(fdt, "disk", change->disk);
    }
    if (!change->no_kernel) {
        add_module(fdt, "kernel", kind, or_else(change->kernel, KERNEL),
                   or_else(change->kernel_bytes, 0x1000), reg_cells, "quiet",
                   change->open_bootargs ? 5 : 6);
    }
    if (change->two_kernels) {
        add_module(fdt, "kernel2", kind, KERNEL, 0x1000, 2, NULL, 0);
    }
    if (change->ramdisk) {
        add_module(fdt, "ramdisk", "multiboot,ramdisk", change->ramdisk,
                   or_else(change->ramdisk_bytes, 0x1000), 2, NULL, 0);
    }
    fdt_end_node(fdt);
}

/* A tree with the guest "a", changed, and the guest "b", which is fine. */
static void make_tree(void *fdt, const struct change *change)
{
    static const struct change none;

    assert_int_equal(fdt_create(fdt, TREE_BYTES), 0);
    if (change->reserved) {
        fdt_add_reservemap_entry(fdt, change->reserved, 0x1000);
    }
    fdt_finish_reservemap(fdt);
    fdt_begin_node(fdt, "");
    fdt_property_u32(fdt, "#address-cells", 1);
    fdt_property_u32(fdt, "#size-cells", 1);
    fdt_begin_node(fdt, "memory");
    fdt_property_string(fdt, "device_type", "memory");
    cells(fdt, "reg", (const uint32_t []) {
        FAKE_RAM_BASE, or_else(change->memory_bytes, FAKE_RAM_BYTES)}, 2);
    fdt_end_node(fdt);
    fdt_begin_node(fdt, "chosen");
    add_guest(fdt, "a", change);
    add_guest(fdt, "b", &none);
    fdt_end_node(fdt);
    fdt_end_node(fdt);
    assert_int_equal(fdt_finish(fdt), 0);
}

struct said {
    struct config_fault fault[8];
    unsigned count;
};

static void hear(void *opaque, const struct config_fault *fault)
{
    struct said *said = opaque;

    assert_true(said->count < 8);
    said->fault[said->count++] = *fault;
}

static const struct config_board board = {
    .reach = {FAKE_RAM_BASE, FAKE_RAM_BYTES}, .image = {FAKE_RAM_BASE, 0x10000}, .vcpu_max = 8,
};

static struct machine_config config;
static uint64_t tree[TREE_BYTES / 8];

static struct said read_tree(const struct change *change)
{
    struct said said = {.count = 0};

    make_tree(tree, change);
    config_read(tree, TREE_BYTES, TREE_PA, &board, &config, hear, &said);
    return said;
}

/* What the binding says reaches the configuration; two guests share a kernel, and get memory
 * of their own that nothing else uses. */
static void test_guests_are_read(void **state)
{
    struct said said = read_tree(&(struct change) {
        .cpus = 4, .disk = 3, .ramdisk = RAMDISK, .reserved = FAKE_RAM_BASE + 4 * MIB,
    });
    const struct guest_config *a = &config.guest[0], *b = &config.guest[1];

    (void)state;
    assert_int_equal(said.count, 0);
    assert_int_equal(config.guest_count, 2);
    assert_string_equal(a->node, "/chosen/a");
    assert_int_equal(a->vcpu_count, 4);
    assert_int_equal(a->disk_partition, 3);
    assert_int_equal(a->kernel.base, KERNEL);
    assert_int_equal(a->ramdisk.base, RAMDISK);
    assert_string_equal(a->bootargs, "quiet");
    assert_int_equal(a->ram.size_bytes, 4 * MIB);
    assert_int_equal(a->ram.base, FAKE_RAM_BASE + 6 * MIB);  /* 2, 3: modules; 4: reserved */
    assert_int_equal(b->ram.base, FAKE_RAM_BASE + 10 * MIB);
    assert_int_equal(b->disk_partition, 0);
}

/* Each fault names the node and the property, and the other guest starts. */
static void test_faults_name_their_place(void **state)
{
    static const struct {
        const char *name;
        struct change change;
        const char *node, *property, *what;
    } rows[] = {
        {"vCPUs", {.cpus = 9}, "/chosen/a", "cpus", "must be 1 to 8"},
        {"disk", {.disk = 5}, "/chosen/a", "disk", "must be a partition"},
        {"odd memory", {.memory_kib = 4097}, "/chosen/a", "memory", "multiple of 2 MiB"},
        {"huge memory", {.memory_kib = 0x400000}, "/chosen/a", "memory", "below 4 GiB"},
        {"memory that is not there", {.memory_kib = 16384}, "/chosen/a", "memory", "does not fit"},
        {"no kernel", {.no_kernel = true}, "/chosen/a", NULL, "has no module"},
        {"two kernels", {.two_kernels = true}, "/chosen/a/kernel2", "compatible", "a second"},
        {"reg too short", {.reg_cells = 1}, "/chosen/a/kernel", "reg", "malformed"},
        {"wraps", {.kernel_bytes = 0xffffffff}, "/chosen/a/kernel", "reg", "is not in the board"},
        {"outside", {.kernel = 0x10000000}, "/chosen/a/kernel", "reg", "is not in the board"},
        {"on us", {.kernel = FAKE_RAM_BASE + 0xfff0}, "/chosen/a/kernel", "reg",
         "overlaps the hypervisor"},
        {"on the tree", {.kernel = TREE_PA}, "/chosen/a/kernel", "reg", "overlaps the device tree"},
        {"reserved", {.reserved = KERNEL}, "/chosen/a/kernel", "reg", "reserved memory"},
        {"on another", {.ramdisk = KERNEL + 0x800}, "/chosen/a/ramdisk", "reg",
         "overlaps another module"},
        {"open string", {.open_bootargs = true}, "/chosen/a/kernel", "bootargs", "is no string"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct said said = read_tree(&rows[i].change);
        const struct config_fault *fault = &said.fault[0];

        print_message("# %s\n", rows[i].name);
        assert_true(said.count >= 1);
        assert_string_equal(fault->node, rows[i].node);
        if (rows[i].property) {
            assert_string_equal(fault->property, rows[i].property);
        } else {
            assert_null(fault->property);
        }
        assert_non_null(strstr(fault->what, rows[i].what));
        if (rows[i].change.reserved != KERNEL) { /* which the other guest shares */
            assert_int_equal(said.count, 1);
            assert_int_equal(config.guest_count, 1);
            assert_string_equal(config.guest[0].node, "/chosen/b");
        }
    }
}

/* Without memory, or cut anywhere, there is one clear fault and no guest. */
static void test_bad_trees_start_nothing(void **state)
{
    struct said said = read_tree(&(struct change) {.memory_bytes = 1});
    uint32_t bytes;

    (void)state;
    assert_int_equal(config.guest_count, 0);
    make_tree(tree, &(struct change) {.cpus = 1});
    bytes = fdt_totalsize(tree);
    for (uint32_t limit = 0; limit < bytes; limit++) {
        said.count = 0;
        config_read(tree, limit, TREE_PA, &board, &config, hear, &said);
        assert_int_equal(said.count, 1);
        assert_string_equal(said.fault[0].node, "device tree");
        assert_int_equal(config.guest_count, 0);
    }
    ((uint8_t *)tree)[0] ^= 1;
    said.count = 0;
    config_read(tree, TREE_BYTES, TREE_PA, &board, &config, hear, &said);
    assert_string_equal(said.fault[0].what, "is malformed");
}

/* An image is copied to the guest's first byte, and cleaned; one too large, or a kernel that is no
 * zImage, or that does not fit, is refused. */
static void test_kernels_are_checked(void **state)
{
    struct guest_config guest = {
        .node = "/chosen/a", .vcpu_count = 1, .is_image = true, .kernel = {KERNEL, 64},
        .bootargs = "", .ram = {FAKE_RAM_BASE + 4 * MIB, 4 * MIB},
    };
    struct guest_entry entry;
    struct config_fault fault;
    uint32_t magic = 0x016f2818;

    (void)state;
    fake_reset();
    memset(fake_ram(2 * MIB), 0x5a, 64);
    assert_true(guest_load(&guest, 0, &entry, &fault));
    assert_int_equal(entry.pc, 0x40000000);
    assert_memory_equal(fake_ram(4 * MIB), fake_ram(2 * MIB), 64);
    assert_int_equal(fake.cleaned_bytes, 64);
    guest.kernel.size_bytes = 5 * MIB;
    assert_false(guest_load(&guest, 0, &entry, &fault));
    assert_string_equal(fault.property, "memory");

    guest.is_image = false;
    assert_false(guest_load(&guest, 0, &entry, &fault));
    assert_string_equal(fault.what, "is no zImage");
    guest.kernel.size_bytes = 8;
    assert_false(guest_load(&guest, 0, &entry, &fault));
    assert_string_equal(fault.what, "is no zImage");
    guest.kernel.size_bytes = 5 * MIB;
    memcpy(fake_ram(2 * MIB + 0x24), &magic, 4);
    assert_false(guest_load(&guest, 0, &entry, &fault));
    assert_string_equal(fault.what, "is too small for kernel and ramdisk");
}

/* A guest's tree is whole and says what its VM has; one that does not fit is refused. */
static void test_guest_tree(void **state)
{
    static uint64_t out[GUEST_TREE_BYTES / 8];
    struct guest_tree want = {
        .vcpu_count = 3, .memory_bytes = 64 * MIB, .bootargs = "console=ttyAMA0",
        .ramdisk = {0x44000000, 0x1234}, .virtio_count = 2,
    };
    const fdt32_t *reg;
    int node;

    (void)state;
    assert_true(guest_tree_make(&want, out, sizeof(out)));
    assert_int_equal(fdt_check_full(out, sizeof(out)), 0);
    assert_true(fdt_path_offset(out, "/cpus/cpu@2") > 0);
    assert_true(fdt_path_offset(out, "/cpus/cpu@3") < 0);
    node = fdt_path_offset(out, "/virtio@1");
    reg = fdt_getprop(out, node, "reg", NULL);
    assert_int_equal(fdt32_to_cpu(reg[0]), 0x1c131000);
    reg = fdt_getprop(out, fdt_path_offset(out, "/rtc"), "reg", NULL);
    assert_int_equal(fdt32_to_cpu(reg[0]), 0x1c170000);
    reg = fdt_getprop(out, fdt_path_offset(out, "/gpio-keys/power"), "gpios", NULL);
    assert_int_equal(fdt32_to_cpu(reg[1]), 3);
    assert_int_equal(fdt_node_offset_by_phandle(out, fdt32_to_cpu(reg[0])),
                     fdt_path_offset(out, "/gpio"));
    node = fdt_path_offset(out, "/chosen");
    reg = fdt_getprop(out, node, "linux,initrd-end", NULL);
    assert_int_equal(fdt32_to_cpu(*reg), 0x44001234);
    assert_false(guest_tree_make(&want, out, 512));
}

/* Only partitions that are there and hold something are found. */
static void test_partitions(void **state)
{
    uint8_t sector[MBR_BYTES] = {[510] = 0x55, [511] = 0xaa,
        [446 + 4] = 0x83, [446 + 9] = 0x08, [446 + 13] = 0x10,
        [462 + 4] = 0x83, [462 + 8] = 0xff, [462 + 9] = 0xff, [462 + 10] = 0xff,
        [462 + 11] = 0xff, [462 + 12] = 2};
    struct mbr_partition partition;

    (void)state;
    assert_true(mbr_find(sector, 1, &partition));
    assert_int_equal(partition.first_sector, 0x800);
    assert_int_equal(partition.sector_count, 0x1000);
    assert_false(mbr_find(sector, 2, &partition)); /* wraps */
    assert_false(mbr_find(sector, 3, &partition)); /* empty */
    assert_false(mbr_find(sector, 0, &partition));
    assert_false(mbr_find(sector, 5, &partition));
    sector[511] = 0;
    assert_false(mbr_find(sector, 1, &partition));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guests_are_read),
        cmocka_unit_test(test_faults_name_their_place),
        cmocka_unit_test(test_bad_trees_start_nothing),
        cmocka_unit_test(test_kernels_are_checked),
        cmocka_unit_test(test_guest_tree),
        cmocka_unit_test(test_partitions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
