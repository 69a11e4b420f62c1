/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reader on whole and on broken traces: every event of a good one, all that is whole of one
 * that was cut off at any byte, and no crash whatever the bytes are.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <glib/gstdio.h>

#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/reader.h"
#include "tests/trace/description.h"
#include "tests/trace/trace_writer.h"

#define SAMPLE_EVENTS 93   /* of tests/trace/sample.txt, snapshots not counted */
#define FUZZ_SECONDS  1.0  /* per stream, or HYPTRACE_FUZZ_SECONDS */

struct file {
    char *path;
    uint8_t *bytes;
    gsize size_bytes;
};

struct fixture {
    char *dir;
    struct file metadata, streams[2];
};

static void load(struct file *file, const char *dir, const char *name)
{
    file->path = g_build_filename(dir, name, NULL);
    assert_true(g_file_get_contents(file->path, (char **)&file->bytes, &file->size_bytes, NULL));
}

static void unload(struct file *file)
{
    g_unlink(file->path);
    g_free(file->path);
    g_free(file->bytes);
}

/* Tens of thousands of small files are written: in memory, if that can be. */
static int setup(void **state)
{
    struct fixture *f = g_new0(struct fixture, 1);

    f->dir = g_strdup(access("/dev/shm", W_OK) == 0 ? "/dev/shm/hyptrace-XXXXXX"
                                                    : "/tmp/hyptrace-XXXXXX");
    assert_non_null(g_mkdtemp(f->dir));
    description_write(SOURCE_DIR "/tests/trace/sample.txt", f->dir);
    load(&f->metadata, f->dir, HT_METADATA_NAME);
    load(&f->streams[0], f->dir, HT_STREAM_PREFIX "0");
    load(&f->streams[1], f->dir, HT_STREAM_PREFIX "1");
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    unload(&f->metadata);
    unload(&f->streams[0]);
    unload(&f->streams[1]);
    g_rmdir(f->dir);
    g_free(f->dir);
    g_free(f);
    return 0;
}

static void store(const struct file *file, const uint8_t *bytes, size_t size_bytes)
{
    int fd = open(file->path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    assert_true(fd >= 0);
    assert_true(write(fd, bytes, size_bytes) == (ssize_t)size_bytes);
    close(fd);
}

static void restore(const struct file *file)
{
    store(file, file->bytes, file->size_bytes);
}

/* Reads everything there is, as summary and print do; returns the events. */
static unsigned read_all(struct fixture *f, GError **error)
{
    g_autoptr(HtTrace) trace = ht_trace_open(f->dir, error);
    g_autoptr(HtReader) reader = trace ? ht_reader_new(trace, HT_READ_CORE, error) : NULL;
    const struct ht_event *event;
    unsigned count = 0;

    while (reader && (event = ht_reader_next(reader, error))) {
        struct ht_change changes[HT_CHANGES_MAX];

        assert_in_range(ht_event_changes(event, changes), 0, HT_CHANGES_MAX);
        count++;
    }
    return count;
}

static void remove_trace(const char *dir, unsigned cpus)
{
    g_autofree char *metadata = g_build_filename(dir, HT_METADATA_NAME, NULL);

    g_unlink(metadata);
    for (unsigned i = 0; i < cpus; i++) {
        g_autofree char *stream = g_strdup_printf("%s/%s%u", dir, HT_STREAM_PREFIX, i);

        g_unlink(stream);
    }
    g_rmdir(dir);
}

/* Maintenance has the number of its CPU's last timed event; so has an activation at power-on. */
static bool untimed(const struct ht_event *event)
{
    return (event->id >= HT_EV_TLB && event->id <= HT_EV_TRANSLATION) ||
           (event->id == HT_EV_ACTIVATION && event->kind == HT_ACTIVATION_POWER);
}

static void test_sample_is_read_in_order(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(HtTrace) trace = ht_trace_open(f->dir, &error);
    g_autoptr(HtReader) reader = ht_reader_new(trace, HT_READ_DEFAULT, &error);
    const struct ht_event *event;
    uint64_t seq = 0, count = 0;

    assert_int_equal(trace->cpus, 2);
    assert_true(trace->registers && trace->icount);
    while ((event = ht_reader_next(reader, &error))) {
        assert_true(count == 0 || event->seq > seq || (event->seq == seq && untimed(event)));
        seq = event->seq;
        count++;
    }
    assert_null(error);
    assert_int_equal(count, SAMPLE_EVENTS);
    assert_int_equal(seq, SAMPLE_EVENTS - 7 - 1 + 3); /* seven are untimed, three were lost */
    assert_int_equal(ht_reader_lost(reader, 0), 0);
    assert_int_equal(ht_reader_lost(reader, 1), 3);
    assert_int_equal(ht_reader_bytes(reader), f->streams[0].size_bytes + f->streams[1].size_bytes);
}

/* Registers follow fields, coded deltas and rows; values from sample.txt. */
static void test_registers_are_rebuilt(void **state)
{
    struct fixture *f = *state;
    g_autoptr(HtTrace) trace = ht_trace_open(f->dir, NULL);
    g_autoptr(HtReader) reader = ht_reader_new(trace, HT_READ_CORE, NULL);
    const struct ht_event *event;

    while ((event = ht_reader_next(reader, NULL)) && event->seq < 5) {
    }
    assert_int_equal(event->id, HT_EV_RETURN);
    assert_int_equal(event->pc, 0xc0008124);
    assert_int_equal(event->time_ns, 7400);
    assert_int_equal(event->insns, 900 + 4000 + 200 + 500 + 300);
    assert_int_equal(event->regs[HT_REG_R1], 0x1000);
    assert_int_equal(event->regs[HT_REG_R3], 0x02102211);
    assert_int_equal(event->regs[HT_REG_HCR], 0x0038663f);
    assert_int_equal(event->regs[HT_REG_HSR], 0x0fee0063);
    assert_int_equal(event->regs[HT_REG_ELR_HYP], 0xc0008124);
}

/* The header of an event that comes more than 2^32 ns after the last one is the long one. */
static void test_long_silence(void **state)
{
    struct fixture *f = *state;
    g_autoptr(HtTrace) trace = ht_trace_open(f->dir, NULL);
    g_autoptr(HtReader) reader = ht_reader_new(trace, HT_READ_DEFAULT, NULL);
    const struct ht_event *event;

    while ((event = ht_reader_next(reader, NULL)) && event->id != HT_EV_ENTRY_FIQ) {
        assert_false(event->gap);
    }
    while ((event = ht_reader_next(reader, NULL)) && event->id != HT_EV_ACTIVATION) {
        assert_false(event->gap);
    }
    assert_int_equal(event->time_ns, UINT64_C(5000056250));
    assert_true(event->gap);
    while ((event = ht_reader_next(reader, NULL)) && event->cpu == 1) {
        assert_false(event->gap);
    }
    assert_int_equal(event->time_ns, UINT64_C(5000056350));
    assert_false(event->gap);
}

/* An event of CPU i % 2 with the registers, times and counts that seed gives. */
static struct ht_event random_event(GRand *random, uint64_t i, struct ht_event *last)
{
    struct ht_event event = {
        .id = i % 3 ? HT_EV_RETURN : HT_EV_ENTRY_DABT_S2,
        .cpu = i % 2,
        .seq = last->seq + 1 + g_rand_int(random) % 3,
        .time_ns = last->time_ns + (g_rand_int(random) >> g_rand_int_range(random, 0, 32)),
        .insns = last->insns + (g_rand_int(random) >> g_rand_int_range(random, 1, 32)),
        .vector = 5,
        .pc = g_rand_int(random),
        .psr = g_rand_int(random),
        .hsr = g_rand_int(random),
        .far = g_rand_int(random),
        .hpfar = g_rand_int(random),
    };

    *last = event;
    return event;
}

/* Changes some registers a little and some wholly. */
static void change_registers(GRand *random, uint32_t *regs)
{
    for (int i = g_rand_int_range(random, 0, 12); i; i--) {
        unsigned row = g_rand_boolean(random) ? (unsigned)g_rand_int_range(random, 0, 16)
                                              : (unsigned)g_rand_int_range(random, 16, 144);

        regs[row] = g_rand_boolean(random) ? regs[row] ^ (g_rand_int(random) & 0xffff)
                                           : g_rand_int(random) >> g_rand_int_range(random, 0, 32);
    }
}

#define ROUND_TRIP_EVENTS 20000

/* What is written comes back: clocks beyond 2^32 and every register after every event. */
static void test_round_trip(void **state)
{
    static uint32_t regs[2][HT_REG_COUNT], wanted[ROUND_TRIP_EVENTS][HT_REG_COUNT];
    static struct ht_event events[ROUND_TRIP_EVENTS];
    g_autofree char *dir = g_strdup("/tmp/hyptrace-XXXXXX");
    HtTrace layout = {.dir = dir, .cpus = 2, .format = HT_FORMAT_VERSION,
                      .registers = TRUE, .icount = TRUE};
    struct ht_event last = {.seq = UINT32_MAX - 1000, .time_ns = UINT32_MAX - 1000};
    GRand *random = g_rand_new_with_seed(1);
    HtWriter *writer;
    g_autoptr(HtReader) reader = NULL;

    assert_non_null(g_mkdtemp(dir));
    writer = trace_writer_new(dir, &layout, HT_PACKET_BYTES_MIN);
    for (unsigned i = 0; i < ROUND_TRIP_EVENTS; i++) {
        events[i] = random_event(random, i, &last);
        events[i].regs = regs[i % 2];
        change_registers(random, regs[i % 2]);
        ht_writer_set_rows(&events[i], regs[i % 2]);
        ht_writer_put(writer, &events[i]);
        memcpy(wanted[i], regs[i % 2], sizeof(wanted[i]));
    }
    trace_writer_free(writer);
    g_rand_free(random);
    reader = ht_reader_new(&layout, HT_READ_CORE, NULL);
    for (unsigned i = 0; i < ROUND_TRIP_EVENTS; i++) {
        const struct ht_event *event = ht_reader_next(reader, NULL);

        assert_non_null(event);
        assert_int_equal(event->cpu, i % 2);
        assert_true(event->seq == events[i].seq);
        assert_true(event->time_ns == events[i].time_ns);
        assert_true(event->insns == events[i].insns);
        assert_memory_equal(event->regs, wanted[i], sizeof(wanted[i]));
    }
    assert_null(ht_reader_next(reader, NULL));
    remove_trace(dir, 2);
}

/* Where in the file each of CPU cpu's events ends; returns their number. */
static unsigned event_ends(struct fixture *f, unsigned cpu, uint64_t *ends)
{
    g_autoptr(HtTrace) trace = ht_trace_open(f->dir, NULL);
    g_autoptr(HtReader) reader = ht_reader_new(trace, HT_READ_SNAPSHOTS, NULL);
    const struct ht_event *event;
    unsigned count = 0;
    bool open = false;

    while ((event = ht_reader_next(reader, NULL))) {
        bool snapshot = event->id == HT_EV_REGISTERS;

        if (event->cpu != cpu) {
            continue;
        }
        if (open) {
            ends[count++] = event->offset_bytes - (snapshot ? HT_PACKET_HEADER_BYTES : 0);
        }
        open = !snapshot;
    }
    ends[count++] = f->streams[cpu].size_bytes;
    return count;
}

/* Cuts one stream at every byte: what is whole before the cut is read, and the other stream. */
static void cut_everywhere(struct fixture *f, unsigned cpu)
{
    uint64_t ends[SAMPLE_EVENTS];
    unsigned count = event_ends(f, cpu, ends), whole = 0;

    for (size_t size = 0; size < f->streams[cpu].size_bytes; size++) {
        g_autoptr(GError) error = NULL;

        while (whole < count && ends[whole] <= size) {
            whole++;
        }
        store(&f->streams[cpu], f->streams[cpu].bytes, size);
        assert_int_equal(read_all(f, &error), SAMPLE_EVENTS - count + whole);
        if (error) {
            g_autofree char *place = g_strdup_printf("%s: offset %zu: the file ends inside",
                                                     f->streams[cpu].path, size);

            assert_true(g_error_matches(error, HT_ERROR, HT_ERROR_TRUNCATED));
            assert_true(g_str_has_prefix(error->message, place));
        } else {
            /* Only an end between two packets leaves no trace of the loss. */
            assert_true(size == 0 ||
                        ht_le32(f->streams[cpu].bytes + size) == HT_CTF_MAGIC);
        }
    }
    restore(&f->streams[cpu]);
}

static void test_cut_at_every_byte(void **state)
{
    cut_everywhere(*state, 0);
    cut_everywhere(*state, 1);
}

/* Whatever bit is wrong, the rest is read and nothing crashes. */
static void flip_everywhere(struct fixture *f, struct file *file, unsigned step)
{
    uint8_t *bytes = g_memdup2(file->bytes, file->size_bytes);

    for (size_t bit = 0; bit < 8 * file->size_bytes; bit += step) {
        g_autoptr(GError) error = NULL;

        bytes[bit / 8] ^= 1u << bit % 8;
        store(file, bytes, file->size_bytes);
        assert_in_range(read_all(f, &error), 0, SAMPLE_EVENTS + 8);
        bytes[bit / 8] ^= 1u << bit % 8;
    }
    g_free(bytes);
    restore(file);
}

static void test_flip_every_bit_of_the_streams(void **state)
{
    struct fixture *f = *state;

    flip_everywhere(f, &f->streams[0], 1);
    flip_everywhere(f, &f->streams[1], 1);
}

static void test_flip_bits_of_the_metadata(void **state)
{
    struct fixture *f = *state;

    flip_everywhere(f, &f->metadata, 7);
}

static void test_cut_metadata(void **state)
{
    struct fixture *f = *state;

    for (size_t size = 0; size < f->metadata.size_bytes; size += 3) {
        g_autoptr(GError) error = NULL;

        store(&f->metadata, f->metadata.bytes, size);
        read_all(f, &error);
        assert_true(error || size > 1000);
    }
    restore(&f->metadata);
}

/* Damage in one packet leaves the next one readable: CPU 0 has two. */
static void test_damage_costs_one_packet(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GError) error = NULL;
    uint8_t *bytes = g_memdup2(f->streams[0].bytes, f->streams[0].size_bytes);

    bytes[HT_PACKET_HEADER_BYTES] = HT_EVENT_ID_MAX << HT_HEADER_ID_SHIFT;
    store(&f->streams[0], bytes, f->streams[0].size_bytes);
    assert_int_equal(read_all(f, &error), 33 + 3);
    assert_true(g_error_matches(error, HT_ERROR, HT_ERROR_CORRUPT));
    assert_true(g_str_has_suffix(error->message,
                                 "stream_cpu0: offset 92: unknown event id 63; packet skipped"));
    g_free(bytes);
    restore(&f->streams[0]);
}

/* A packet whose header is destroyed is passed over up to the next one. */
static void test_lost_header_costs_one_packet(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GError) error = NULL;
    uint8_t *bytes = g_memdup2(f->streams[0].bytes, f->streams[0].size_bytes);

    memset(bytes, 0, HT_PACKET_HEADER_BYTES);
    store(&f->streams[0], bytes, f->streams[0].size_bytes);
    assert_int_equal(read_all(f, &error), 33 + 3);
    assert_true(g_str_has_suffix(error->message, "stream_cpu0: offset 0: no packet begins here"));
    g_free(bytes);
    restore(&f->streams[0]);
}

static void test_missing_stream_leaves_the_other(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GError) error = NULL;

    g_unlink(f->streams[0].path);
    assert_int_equal(read_all(f, &error), 33);
    assert_true(g_error_matches(error, HT_ERROR, HT_ERROR_IO));
    assert_non_null(strstr(error->message, "stream_cpu0: No such file or directory"));
    restore(&f->streams[0]);
}

/* A recorder that saw nothing on a CPU leaves an empty file. */
static void test_empty_stream_is_no_defect(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GError) error = NULL;

    store(&f->streams[0], f->streams[0].bytes, 0);
    assert_int_equal(read_all(f, &error), 33);
    assert_null(error);
    restore(&f->streams[0]);
}

static void assert_refused(struct fixture *f, const char *metadata, HtError code,
                           const char *words)
{
    g_autoptr(GError) error = NULL;

    store(&f->metadata, (const uint8_t *)metadata, strlen(metadata));
    assert_null(ht_trace_open(f->dir, &error));
    assert_true(g_error_matches(error, HT_ERROR, (int)code));
    assert_non_null(strstr(error->message, words));
    assert_true(g_str_has_prefix(error->message, f->metadata.path));
}

static void test_other_metadata_is_refused(void **state)
{
    struct fixture *f = *state;

    assert_refused(f, "", HT_ERROR_EMPTY, "the file is empty");
    assert_refused(f, "hello\n", HT_ERROR_FOREIGN, "not the metadata of a CTF 1.8 trace");
    assert_refused(f, "/* CTF 1.8 */\ntrace { uuid = \"1\"; };\nenv {\n"
                   " tracer_name = \"lttng\";\n};", HT_ERROR_FOREIGN,
                   "a CTF trace, but not one of hyptrace's");
    assert_refused(f, "/* CTF 1.8 */\ntrace { uuid = \"1\"; };\nenv {\n"
                   " tracer_name = \"hyptrace\";\n};", HT_ERROR_VERSION, "another format version");
    assert_refused(f, "/* CTF 1.8 */\ntrace { uuid = \"" HT_UUID_TEXT "\"; };\nenv {\n"
                   " tracer_name = \"hyptrace\";\n cpus = 65;\n};", HT_ERROR_CORRUPT, "'cpus'");
    restore(&f->metadata);
}

static void test_no_trace_is_refused(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GError) missing = NULL, file = NULL, empty = NULL;
    g_autofree char *dir = g_dir_make_tmp("hyptrace-XXXXXX", NULL);

    assert_null(ht_trace_open("/nonexistent", &missing));
    assert_string_equal(missing->message, "/nonexistent: no such directory");
    assert_null(ht_trace_open(f->metadata.path, &file));
    assert_true(g_str_has_suffix(file->message, "a trace is a directory, this is a file"));
    assert_null(ht_trace_open(dir, &empty));
    assert_true(g_str_has_suffix(empty->message, "it has no file 'metadata'"));
    g_rmdir(dir);
}

/* provenance.json is read for the machine's name and for nothing else. */
static void test_machine_is_named_by_the_provenance(void **state)
{
    static const struct {
        const char *text, *machine;
    } files[] = {
        {"{\n    \"machine\": \"arndale\",\n    \"qemu\": \"10\"\n}\n", "arndale"},
        {"{\"machine\":\"virt\"}", "virt"},
        {"{\"machine\": 5}", NULL},
        {"{\"machine\": \"arn", NULL},
        {"\n", NULL},
    };
    struct fixture *f = *state;
    g_autofree char *path = g_build_filename(f->dir, HT_PROVENANCE_NAME, NULL);
    g_autofree char *info = g_path_get_dirname(path);

    assert_int_equal(g_mkdir_with_parents(info, 0777), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(HtTrace) trace = NULL;

        assert_true(g_file_set_contents(path, files[i].text, -1, NULL));
        trace = ht_trace_open(f->dir, NULL);
        assert_non_null(trace);
        assert_true(g_strcmp0(trace->machine, files[i].machine) == 0);
    }
    g_unlink(path);
    g_rmdir(info);
}

static double fuzz_seconds(void)
{
    const char *text = g_getenv("HYPTRACE_FUZZ_SECONDS");

    return text ? g_ascii_strtod(text, NULL) : FUZZ_SECONDS;
}

/* Changes up to eight places of a stream to anything, again and again. */
static void fuzz(struct fixture *f, struct file *file, GRand *random)
{
    g_autoptr(GTimer) timer = g_timer_new();

    while (g_timer_elapsed(timer, NULL) < fuzz_seconds()) {
        g_autofree uint8_t *bytes = g_memdup2(file->bytes, file->size_bytes);
        g_autoptr(GError) error = NULL;

        for (int i = g_rand_int_range(random, 1, 9); i; i--) {
            size_t at = (size_t)g_rand_int_range(random, 0, (gint32)file->size_bytes);

            bytes[at] = (uint8_t)(g_rand_boolean(random) ? 0xff : g_rand_int(random));
        }
        store(file, bytes, (size_t)g_rand_int_range(random, 0, (gint32)file->size_bytes + 1));
        read_all(f, &error);
    }
    restore(file);
}

static void test_fuzz(void **state)
{
    struct fixture *f = *state;
    GRand *random = g_rand_new_with_seed(5250);

    fuzz(f, &f->streams[0], random);
    fuzz(f, &f->streams[1], random);
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sample_is_read_in_order),
        cmocka_unit_test(test_registers_are_rebuilt),
        cmocka_unit_test(test_long_silence),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_flip_every_bit_of_the_streams),
        cmocka_unit_test(test_flip_bits_of_the_metadata),
        cmocka_unit_test(test_cut_metadata),
        cmocka_unit_test(test_damage_costs_one_packet),
        cmocka_unit_test(test_lost_header_costs_one_packet),
        cmocka_unit_test(test_missing_stream_leaves_the_other),
        cmocka_unit_test(test_empty_stream_is_no_defect),
        cmocka_unit_test(test_other_metadata_is_refused),
        cmocka_unit_test(test_no_trace_is_refused),
        cmocka_unit_test(test_machine_is_named_by_the_provenance),
        cmocka_unit_test(test_fuzz),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
