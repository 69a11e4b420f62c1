/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A stream's file holds whole packets whatever the disk does.  RLIMIT_FSIZE plays the full disk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/format/stream_file.h"

#define PACKET_BYTES 128

static char dir[] = "/tmp/stream-file-test-XXXXXX";
static char path[sizeof(dir) + 16];
static const uint8_t packet[PACKET_BYTES] = { 0xc1, 0x1f, 0xfc, 0xc1 };

static int make_dir(void **state)
{
    strcpy(dir + sizeof(dir) - 7, "XXXXXX");
    if (!mkdtemp(dir)) {
        return -1;
    }
    snprintf(path, sizeof(path), "%s/stream_cpu3", dir);
    return 0;
}

static int remove_dir(void **state)
{
    unlink(path);
    return rmdir(dir);
}

static off_t size_of(const char *name)
{
    struct stat st;

    return stat(name, &st) == 0 ? st.st_size : -1;
}

static void limit_file_bytes(rlim_t limit)
{
    struct rlimit r;

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &r);
    r.rlim_cur = limit;
    setrlimit(RLIMIT_FSIZE, &r);
}

static void test_open_refuses_an_existing_stream(void **state)
{
    struct ht_stream_file f, again;

    assert_int_equal(ht_stream_file_open(&f, dir, 3, ""), 0);
    assert_int_equal(size_of(path), 0);
    assert_int_equal(ht_stream_file_open(&again, dir, 3, ""), -EEXIST);
    ht_stream_file_close(&f);
}

static void test_full_disk_leaves_whole_packets(void **state)
{
    struct ht_stream_file f;

    assert_int_equal(ht_stream_file_open(&f, dir, 3, ""), 0);
    assert_int_equal(ht_stream_file_append(&f, packet, PACKET_BYTES), 0);
    limit_file_bytes(PACKET_BYTES + 50);
    assert_int_equal(ht_stream_file_append(&f, packet, PACKET_BYTES), -EFBIG);
    assert_int_equal(size_of(path), PACKET_BYTES);
    limit_file_bytes(RLIM_INFINITY);
    assert_int_equal(ht_stream_file_append(&f, packet, PACKET_BYTES), 0);
    assert_int_equal(size_of(path), 2 * PACKET_BYTES);
    ht_stream_file_close(&f);
}

/* The count lands in the last packet on disk, with no more room on the disk. */
static void test_discarded_count_is_corrected_in_place(void **state)
{
    struct ht_stream_file f;
    uint8_t read_back[2 * PACKET_BYTES];
    FILE *in;

    assert_int_equal(ht_stream_file_open(&f, dir, 3, ""), 0);
    assert_int_equal(ht_stream_file_set_discarded(&f, 1), 0);
    assert_int_equal(ht_stream_file_append(&f, packet, PACKET_BYTES), 0);
    assert_int_equal(ht_stream_file_append(&f, packet, PACKET_BYTES), 0);
    limit_file_bytes(2 * PACKET_BYTES);
    assert_int_equal(ht_stream_file_set_discarded(&f, 0x0102030405060708), 0);
    limit_file_bytes(RLIM_INFINITY);
    ht_stream_file_close(&f);

    in = fopen(path, "rb");
    assert_non_null(in);
    assert_int_equal(fread(read_back, 1, sizeof(read_back), in), sizeof(read_back));
    fclose(in);
    assert_memory_equal(read_back, packet, PACKET_BYTES);
    assert_memory_equal(read_back + PACKET_BYTES + 64, "\x08\x07\x06\x05\x04\x03\x02\x01", 8);
}

static void test_open_reports_a_missing_directory(void **state)
{
    struct ht_stream_file f;

    assert_int_equal(ht_stream_file_open(&f, "/nonexistent", 0, ""), -ENOENT);
    ht_stream_file_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_open_refuses_an_existing_stream, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(test_full_disk_leaves_whole_packets, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(test_discarded_count_is_corrected_in_place,
                                        make_dir, remove_dir),
        cmocka_unit_test(test_open_reports_a_missing_directory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
