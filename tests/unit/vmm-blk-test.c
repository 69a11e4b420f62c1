/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtio block device in front of a disk of 16 sectors.  Requests: virtio 1.1, 5.2.6. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/virtio_blk.h"
#include "vmm-virtio.h"

#define SECTORS 16u
#define HEADER  BUFFER
#define DATA    (BUFFER + 0x1000u)
#define STATUS  (BUFFER + 0x800u)

static struct test_vm vm;
static struct virtio_blk blk;
static struct driver driver;
static uint8_t disk[SECTORS * BLK_SECTOR_BYTES];
static unsigned calls, flushes;
static int answer;

static int disk_read(void *opaque, uint64_t sector, void *to, uint32_t count)
{
    calls++;
    assert_true(count >= 1 && sector + count <= SECTORS && (uintptr_t)to % 4 == 0);
    memcpy(to, disk + sector * BLK_SECTOR_BYTES, count * BLK_SECTOR_BYTES);
    return answer;
}

static int disk_write(void *opaque, uint64_t sector, const void *from, uint32_t count)
{
    calls++;
    assert_true(count >= 1 && sector + count <= SECTORS && (uintptr_t)from % 4 == 0);
    memcpy(disk + sector * BLK_SECTOR_BYTES, from, count * BLK_SECTOR_BYTES);
    return answer;
}

static int disk_flush(void *opaque)
{
    flushes++;
    return answer;
}

static struct blk_backend backend;

static int setup(void **state)
{
    backend = (struct blk_backend) {
        .read = disk_read, .write = disk_write, .flush = disk_flush, .sector_count = SECTORS,
        .id = "a disk",
    };
    for (unsigned i = 0; i < sizeof(disk); i++) {
        disk[i] = (uint8_t)(i * 7 + i / BLK_SECTOR_BYTES);
    }
    calls = flushes = 0;
    answer = 0;
    test_vm_create(&vm, 1);
    virtio_blk_init(&blk, &vm.hyp, 40, &backend);
    driver_start(&driver, &blk.virtio, FEATURES);
    return 0;
}

static void header(uint32_t type, uint64_t sector)
{
    uint32_t words[4] = {type, 0, (uint32_t)sector, (uint32_t)(sector >> 32)};
    uint8_t none = 0xee;

    ram_put(&vm.hyp, HEADER, words, sizeof(words));
    ram_put(&vm.hyp, STATUS, &none, 1);
    desc(&driver, 0, 0, HEADER, 16, DESC_F_NEXT, 1);
}

/* Header, data, status in a descriptor each; returns the status that the guest sees. */
static unsigned request(uint32_t type, uint64_t sector, uint32_t data, uint32_t bytes)
{
    header(type, sector);
    desc(&driver, 0, 1, data, bytes, DESC_F_NEXT | (type == 1 ? 0 : DESC_F_WRITE), 2);
    desc(&driver, 0, 2, STATUS, 1, DESC_F_WRITE, 0);
    offer(&driver, 0, 0);
    kick(&driver, 0);
    return ram_word(&vm.hyp, STATUS) & 0xff;
}

static void test_configuration(void **state)
{
    assert_int_equal(get(&blk.virtio, 0x008), 2);
    assert_int_equal(get(&blk.virtio, 0x100), SECTORS);
    assert_int_equal(get(&blk.virtio, 0x104), 0);
    assert_int_equal(get(&blk.virtio, 0x108), 65536);
    assert_int_equal(get(&blk.virtio, 0x10c), 16);
    assert_int_equal(get(&blk.virtio, 0x114), 512);
    assert_int_equal(reg_access(&blk.virtio, 0x115, 1, false, 0), 2);
    assert_int_equal(get(&blk.virtio, 0x118), 0);
    assert_false(blk.virtio.offered & 1u << 5);
    backend.read_only = true;
    virtio_blk_init(&blk, &vm.hyp, 40, &backend);
    assert_true(blk.virtio.offered & 1u << 5);
}

static void test_reads(void **state)
{
    uint8_t data[2048];

    assert_int_equal(request(0, 3, DATA, sizeof(data)), 0);
    ram_get(&vm.hyp, DATA, data, sizeof(data));
    assert_memory_equal(data, disk + 3 * 512, sizeof(data));
    assert_int_equal(calls, 1); /* what is contiguous is one transfer */
    assert_int_equal(used_bytes(&driver, 0), 2049);
}

static void test_writes(void **state)
{
    uint8_t data[1024];

    memset(data, 0x77, sizeof(data));
    ram_put(&vm.hyp, DATA, data, sizeof(data));
    assert_int_equal(request(1, 14, DATA, sizeof(data)), 0);
    assert_memory_equal(disk + 14 * 512, data, sizeof(data));
    assert_int_equal(calls, 1);
}

/* Odd pieces, not aligned; the status shares the last one. */
static void test_any_framing(void **state)
{
    uint8_t data[1024];

    header(0, 5);
    desc(&driver, 0, 0, HEADER, 5, DESC_F_NEXT, 3);
    desc(&driver, 0, 3, HEADER + 5, 11, DESC_F_NEXT, 1);
    desc(&driver, 0, 1, DATA + 1, 100, DESC_F_NEXT | DESC_F_WRITE, 2);
    desc(&driver, 0, 2, DATA + 101, 925, DESC_F_WRITE, 0);
    offer(&driver, 0, 0);
    kick(&driver, 0);
    ram_get(&vm.hyp, DATA + 1, data, sizeof(data));
    assert_memory_equal(data, disk + 5 * 512, sizeof(data));
    assert_int_equal(ram_word(&vm.hyp, DATA + 1025) & 0xff, 0);
    assert_int_equal(calls, 2);
    memset(disk, 0, sizeof(disk));
    assert_int_equal(request(1, 0, DATA + 1, 1024), 0);
    assert_memory_equal(data, disk, sizeof(data));
}

static void test_flush_and_identification(void **state)
{
    char id[21] = "";

    assert_int_equal(request(4, 0, DATA, 0), 0);
    assert_int_equal(flushes, 1);
    answer = -1;
    assert_int_equal(request(4, 0, DATA, 0), 1);
    backend.flush = NULL;
    assert_int_equal(request(4, 0, DATA, 0), 0);
    assert_int_equal(request(8, 0, DATA, 20), 0);
    ram_get(&vm.hyp, DATA, id, 20);
    assert_string_equal(id, "a disk");
    assert_int_equal(request(8, 0, DATA, 3), 0);
}

static void test_what_the_medium_refuses(void **state)
{
    answer = -1;
    assert_int_equal(request(0, 0, DATA, 512), 1);
    assert_int_equal(request(1, 0, DATA, 512), 1);
    assert_int_equal(request(0, 0, DATA + 2, 512), 1);
    assert_int_equal(used_bytes(&driver, 0), 0);
    assert_false(needs_reset(&driver));
}

static void test_what_the_device_refuses(void **state)
{
    assert_int_equal(request(0, 0, DATA, 511), 1);
    assert_int_equal(request(0, SECTORS - 1, DATA, 1024), 1);
    assert_int_equal(request(0, SECTORS + 1, DATA, 512), 1);
    assert_int_equal(request(1, UINT64_MAX, DATA, 1024), 1);
    assert_int_equal(request(1, UINT64_MAX / 512, DATA, 1024), 1);
    assert_int_equal(request(99, 0, DATA, 512), 2);
    backend.read_only = true;
    assert_int_equal(request(1, 0, DATA, 512), 1);
    assert_int_equal(request(4, 0, DATA, 0), 0);
    assert_int_equal(calls + flushes, 0);
}

static void test_requests_that_are_none(void **state)
{
    static const struct {
        uint32_t header_bytes, data, data_bytes, status, status_bytes, type;
    } rows[] = {
        {15, DATA, 512, STATUS, 1, 0},     /* half a header */
        {16, DATA, 0, STATUS, 0, 0},       /* no status */
        {16, 0x1000, 512, STATUS, 1, 0},   /* data, status outside of memory */
        {16, DATA, 512, 0x1000, 1, 0},
        {16, 0x1000, 20, STATUS, 1, 8},
        {16, TEST_RAM + TEST_RAM_SIZE - 100, 512, STATUS, 1, 0},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        driver_start(&driver, &blk.virtio, FEATURES);
        header(rows[i].type, 0);
        desc(&driver, 0, 0, HEADER, rows[i].header_bytes, DESC_F_NEXT, 1);
        desc(&driver, 0, 1, rows[i].data, rows[i].data_bytes, DESC_F_NEXT | DESC_F_WRITE, 2);
        desc(&driver, 0, 2, rows[i].status, rows[i].status_bytes, DESC_F_WRITE, 0);
        offer(&driver, 0, 0);
        kick(&driver, 0);
        assert_true(needs_reset(&driver));
    }
    driver_start(&driver, &blk.virtio, FEATURES);
    header(1, 0);
    desc(&driver, 0, 1, TEST_RAM + TEST_RAM_SIZE - 100, 512, DESC_F_NEXT, 2);
    desc(&driver, 0, 2, STATUS, 1, DESC_F_WRITE, 0);
    offer(&driver, 0, 0);
    kick(&driver, 0);
    assert_true(needs_reset(&driver));
}

#define TEST(name) cmocka_unit_test_setup(test_##name, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(configuration),
        TEST(reads),
        TEST(writes),
        TEST(any_framing),
        TEST(flush_and_identification),
        TEST(what_the_medium_refuses),
        TEST(what_the_device_refuses),
        TEST(requests_that_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
