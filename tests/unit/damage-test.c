/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Damaged traces: cut off at every byte, every bit flipped.  Whatever comes, reading ends, says
 * what was wrong, and what lies before the damage is delivered.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <glib/gstdio.h>

#include "hyptrace/lib/canonical.h"
#include "hyptrace/lib/hyptrace.h"
#include "tests/trace/description.h"

struct fixture {
    char *dir, *stream, *metadata;
    char *stream_bytes, *metadata_bytes;
    gsize stream_size, metadata_size;
    GArray *cpu0;               /* uint64_t: hashes of CPU 0's events, in order */
};

static uint64_t hash_of(const struct ht_event *event)
{
    uint64_t hash = event->seq * 31 + event->time_ns;

    return (hash * 31 + event->id) * 31 + (ht_event_is_entry(event) ? event->pc : 0);
}

/* All that the tool does with a trace; the hashes of CPU 0's events. */
static GArray *read_all(const char *dir, GError **error)
{
    GArray *hashes = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    g_autoptr(HtTrace) trace = ht_trace_open(dir, error);
    g_autoptr(HtReader) reader = trace ? ht_reader_new(trace, HT_READ_CORE, error) : NULL;
    const struct ht_event *event;

    while (reader && (event = ht_reader_next(reader, error))) {
        struct ht_change changes[HT_CHANGES_MAX];
        uint64_t hash = hash_of(event);

        assert_true(ht_event_changes(event, changes) <= HT_CHANGES_MAX);
        if (event->cpu == 0) {
            g_array_append_val(hashes, hash);
        }
    }
    return hashes;
}

static void summarise(const char *dir)
{
    g_autoptr(HtVmNames) vms = ht_vm_names_new();
    struct ht_names names = {.vms = vms};
    struct ht_canonical_options options = {false, false};
    g_autoptr(HtTrace) trace = ht_trace_open(dir, NULL);
    g_autoptr(HtSummary) summary = trace ? ht_summary_new(trace, NULL, &names, NULL) : NULL;
    g_autoptr(HtCanonicals) exits = trace ? ht_canonicals_new(trace, NULL, &names, &options, NULL)
                                          : NULL;

    (void)summary;
    (void)exits;
}

/* Only what changes is written: 20,000 rewritten files are slow on a busy disk. */
static void cut(const char *path, gsize size_bytes)
{
    assert_int_equal(truncate(path, (off_t)size_bytes), 0);
}

static void write_bytes(const char *path, const char *bytes, gsize size_bytes, gsize offset_bytes)
{
    int fd = open(path, O_WRONLY);

    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, size_bytes, (off_t)offset_bytes), size_bytes);
    close(fd);
}

static int set_up(void **state)
{
    struct fixture *f = g_new0(struct fixture, 1);

    f->dir = g_dir_make_tmp("damage-test-XXXXXX", NULL);
    description_write(SOURCE_DIR "/tests/trace/sample.txt", f->dir);
    f->stream = g_build_filename(f->dir, "stream_cpu0", NULL);
    f->metadata = g_build_filename(f->dir, "metadata", NULL);
    assert_true(g_file_get_contents(f->stream, &f->stream_bytes, &f->stream_size, NULL));
    assert_true(g_file_get_contents(f->metadata, &f->metadata_bytes, &f->metadata_size, NULL));
    f->cpu0 = read_all(f->dir, NULL);
    assert_true(f->cpu0->len > 50);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    g_autofree char *other = g_build_filename(f->dir, "stream_cpu1", NULL);

    g_unlink(f->stream);
    g_unlink(other);
    g_unlink(f->metadata);
    g_rmdir(f->dir);
    g_array_unref(f->cpu0);
    g_free(f->stream_bytes);
    g_free(f->metadata_bytes);
    g_free(f->stream);
    g_free(f->metadata);
    g_free(f->dir);
    g_free(f);
    return 0;
}

static void test_a_stream_cut_at_any_byte_is_read_up_to_there(void **state)
{
    struct fixture *f = *state;
    unsigned shortest = f->cpu0->len, boundaries = 0;

    for (gsize size = f->stream_size + 1; size--; ) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) events = NULL;

        cut(f->stream, size);
        events = read_all(f->dir, &error);
        assert_true(events->len <= shortest && events->len + 1 >= shortest);
        assert_memory_equal(events->data, f->cpu0->data, events->len * sizeof(uint64_t));
        shortest = events->len;
        boundaries += !error;
        assert_true(!error || g_error_matches(error, HT_ERROR, HT_ERROR_TRUNCATED));
        summarise(f->dir);
    }
    assert_int_equal(shortest, 0);
    assert_int_equal(boundaries, 3); /* all, after the first packet, nothing */
    write_bytes(f->stream, f->stream_bytes, f->stream_size, 0);
}

static void test_metadata_cut_at_any_byte_never_lies(void **state)
{
    struct fixture *f = *state;

    for (gsize size = f->metadata_size; size--; ) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) events = NULL;

        cut(f->metadata, size);
        events = read_all(f->dir, &error);
        assert_true(events->len == f->cpu0->len || error);
    }
    write_bytes(f->metadata, f->metadata_bytes, f->metadata_size, 0);
}

static void test_any_flipped_bit_is_survived(void **state)
{
    struct fixture *f = *state;

    for (gsize bit = 0; bit < 8 * f->stream_size; bit++) {
        char flipped = f->stream_bytes[bit / 8] ^ (char)(1 << bit % 8);
        g_autoptr(GArray) events = NULL;

        write_bytes(f->stream, &flipped, 1, bit / 8);
        events = read_all(f->dir, NULL);
        if (bit % 16 == 0) {
            summarise(f->dir);
        }
        write_bytes(f->stream, &f->stream_bytes[bit / 8], 1, bit / 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_stream_cut_at_any_byte_is_read_up_to_there, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_metadata_cut_at_any_byte_never_lies, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_any_flipped_bit_is_survived, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("damage", tests, NULL, NULL);
}
