/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The library's writer for tests.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/trace/trace_writer.h"

static void fail(const GError *error)
{
    fprintf(stderr, "%s\n", error->message);
    exit(EXIT_FAILURE);
}

HtWriter *trace_writer_new(const char *dir, const HtTrace *layout, unsigned packet_bytes)
{
    GError *error = NULL;
    HtWriter *writer = ht_writer_new(dir, layout, packet_bytes, &error);

    if (!writer) {
        fail(error);
    }
    return writer;
}

void trace_writer_free(HtWriter *writer)
{
    GError *error = NULL;

    if (!ht_writer_close(writer, &error)) {
        fail(error);
    }
}
