/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes a trace from events as the reader gives them: what tests and benchmarks read.
 */
#ifndef TESTS_TRACE_TRACE_WRITER_H
#define TESTS_TRACE_TRACE_WRITER_H

#include "hyptrace/lib/event.h"
#include "hyptrace/lib/trace.h"

struct trace_writer;

/**
 * trace_writer_new: creates dir with the metadata and empty streams; of layout only cpus, registers
 * and icount count.  A failure ends the program with a message.
 */
struct trace_writer *trace_writer_new(const char *dir, const HtTrace *layout,
                                      unsigned packet_bytes);

/**
 * trace_writer_put: appends an event of event->cpu.
 *
 * event->regs are the CPU's registers after it; rows that the event's fields set are taken from the
 * fields.  Times and sequence numbers must not decrease in a stream.
 */
void trace_writer_put(struct trace_writer *writer, const struct ht_event *event);

/** trace_writer_set_rows: sets the rows of regs that the event's fields set in a reader. */
void trace_writer_set_rows(const struct ht_event *event, uint32_t *regs);

/** trace_writer_end_packet: the CPU's next event begins a packet. */
void trace_writer_end_packet(struct trace_writer *writer, unsigned cpu);

/** trace_writer_lose: the CPU's next packet says that count more events were lost. */
void trace_writer_lose(struct trace_writer *writer, unsigned cpu, uint64_t count);

/** trace_writer_free: writes what is buffered. */
void trace_writer_free(struct trace_writer *writer);

#endif
