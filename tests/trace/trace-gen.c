/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes traces for tests and benchmarks; not installed.
 *
 *   trace-gen describe FILE DIR        the trace that FILE describes (description.h)
 *   trace-gen synthetic EVENTS DIR     a mix like a hypervisor's, two CPUs, two VMs
 *   trace-gen repeat EVENTS TRACE DIR  TRACE again and again
 *   trace-gen edit KIND N TRACE DIR    TRACE with one change (edit.h)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib.h>

#include "hyptrace/lib/reader.h"
#include "tests/trace/description.h"
#include "tests/trace/edit.h"
#include "tests/trace/synthetic.h"
#include "tests/trace/trace_writer.h"

static void fail(const GError *error)
{
    fprintf(stderr, "trace-gen: %s\n", error->message);
    exit(EXIT_FAILURE);
}

/* What a repetition adds to the clocks. */
struct shift {
    uint64_t seq;
    uint64_t time_ns;
    uint64_t insns[HT_CPUS_MAX];
};

/* Copies the trace once, up to left events; the shift grows by its length.  Returns the events. */
static uint64_t copy(HtWriter *writer, const HtTrace *trace, struct shift *shift,
                     uint64_t left)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(HtReader) reader = ht_reader_new(trace, HT_READ_CORE, &error);
    struct shift next = *shift;
    const struct ht_event *event;
    uint64_t count = 0;

    while (reader && count < left && (event = ht_reader_next(reader, &error))) {
        struct ht_event copied = *event;

        next.seq = copied.seq += shift->seq;
        next.time_ns = copied.time_ns += shift->time_ns;
        next.insns[event->cpu] = copied.insns += shift->insns[event->cpu];
        ht_writer_put(writer, &copied);
        count++;
    }
    if (error) {
        fail(error);
    }
    next.seq++;
    *shift = next;
    return count;
}

static int repeat(uint64_t events, const char *from, const char *dir)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(HtTrace) trace = ht_trace_open(from, &error);
    struct shift shift = {0};
    HtWriter *writer;

    if (!trace) {
        fail(error);
    }
    writer = trace_writer_new(dir, trace, HT_PACKET_BYTES_DEFAULT);
    while (events) {
        uint64_t copied = copy(writer, trace, &shift, events);

        if (!copied) {
            fprintf(stderr, "trace-gen: %s has no events\n", from);
            return EXIT_FAILURE;
        }
        events -= copied;
    }
    trace_writer_free(writer);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "describe")) {
        description_write(argv[2], argv[3]);
        return EXIT_SUCCESS;
    }
    if (argc == 4 && !strcmp(argv[1], "synthetic")) {
        synthetic_write(g_ascii_strtoull(argv[2], NULL, 10), argv[3]);
        return EXIT_SUCCESS;
    }
    if (argc == 5 && !strcmp(argv[1], "repeat")) {
        return repeat(g_ascii_strtoull(argv[2], NULL, 10), argv[3], argv[4]);
    }
    if (argc == 6 && !strcmp(argv[1], "edit")) {
        edit_write(argv[2], (unsigned)g_ascii_strtoull(argv[3], NULL, 10), argv[4], argv[5]);
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "usage: trace-gen describe FILE DIR | synthetic EVENTS DIR | "
                    "repeat EVENTS TRACE DIR | edit KIND N TRACE DIR\n");
    return 2;
}
