/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * compress=zstd: a thread that compresses closed packets and writes them.
 */
#ifndef TARGET_ARM_HYPTRACE_PACKER_H
#define TARGET_ARM_HYPTRACE_PACKER_H

#include "hyptrace/format/packet.h"
#include "hyptrace/format/stream_file.h"

typedef struct HtPacker HtPacker;

/** ht_packer_new: starts the thread.  @wait: nothing is dropped when it cannot keep up. */
HtPacker *ht_packer_new(unsigned cpu_count, uint64_t packet_bytes, bool wait);

/**
 * ht_packer_put: hands over the stream's closed packet, @size_bytes, and gives the stream another
 * buffer.  If there is none the packet is lost, or the caller waits.
 * @file: where it is appended, in its turn; only the thread uses it from now on.
 */
void ht_packer_put(HtPacker *packer, struct ht_stream *stream, struct ht_stream_file *file,
                   size_t size_bytes);

/** ht_packer_finish: waits until all is written and ends the thread; puts come no more. */
void ht_packer_finish(HtPacker *packer);

/** ht_packer_lost: events of packets of @cpu that could not be written.  After finish. */
uint64_t ht_packer_lost(const HtPacker *packer, unsigned cpu);

/** ht_packer_error: the first error of a write, -errno, or 0.  After finish. */
int ht_packer_error(const HtPacker *packer);

#endif
