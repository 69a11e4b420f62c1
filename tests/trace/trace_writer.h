/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The library's writer for tests: a failure ends the program with a message.
 */
#ifndef TESTS_TRACE_TRACE_WRITER_H
#define TESTS_TRACE_TRACE_WRITER_H

#include "hyptrace/lib/writer.h"

/** trace_writer_new: as ht_writer_new(). */
HtWriter *trace_writer_new(const char *dir, const HtTrace *layout, unsigned packet_bytes);

/** trace_writer_free: writes what is buffered. */
void trace_writer_free(HtWriter *writer);

#endif
