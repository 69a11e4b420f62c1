/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes a trace, of the newest version of the format, from events as the reader gives them.
 */
#ifndef HYPTRACE_LIB_WRITER_H
#define HYPTRACE_LIB_WRITER_H

#include "hyptrace/lib/event.h"
#include "hyptrace/lib/trace.h"

typedef struct HtWriter HtWriter;

/**
 * ht_writer_new: creates dir, if it is not there, with the metadata and empty streams.
 *
 * Of layout only cpus, registers and icount count; packets get up to packet_bytes
 * (HT_PACKET_BYTES_MIN to _MAX).  NULL with HT_ERROR_IO, also if dir holds a trace already.
 */
HtWriter *ht_writer_new(const char *dir, const HtTrace *layout, unsigned packet_bytes,
                        GError **error);

/**
 * ht_writer_set_state: the registers (HT_REG_COUNT rows) of a CPU, how many instructions it has
 * executed, whether it is in Hyp and how deep, before its first event.  Without it all is 0.
 */
void ht_writer_set_state(HtWriter *writer, unsigned cpu, const uint32_t *regs, uint64_t insns,
                         bool in_hyp, unsigned depth);

/**
 * ht_writer_put: appends an event of event->cpu.
 *
 * event->regs are the CPU's registers after it; rows that the event's fields set are taken from the
 * fields.  Times and sequence numbers must not decrease in a stream.  A failure to write is
 * remembered for ht_writer_close().
 */
void ht_writer_put(HtWriter *writer, const struct ht_event *event);

/** ht_writer_set_rows: sets the rows of regs that the event's fields set in a reader. */
void ht_writer_set_rows(const struct ht_event *event, uint32_t *regs);

/** ht_writer_end_packet: the CPU's next event begins a packet. */
void ht_writer_end_packet(HtWriter *writer, unsigned cpu);

/** ht_writer_lose: the CPU's next packet says that count more events were lost. */
void ht_writer_lose(HtWriter *writer, unsigned cpu, uint64_t count);

/**
 * ht_writer_close: writes what is buffered and frees the writer.
 * FALSE with HT_ERROR_IO if anything could not be written: the first failure.
 */
gboolean ht_writer_close(HtWriter *writer, GError **error);

#endif
