/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds a packet of a stream without reading those before it: packets say when they begin and can
 * be recognised anywhere, so bisecting the file needs no index that could be missing or stale.
 */
#ifndef HYPTRACE_LIB_PACKET_SEEK_H
#define HYPTRACE_LIB_PACKET_SEEK_H

#include <stdbool.h>
#include <stdint.h>

/* What is looked for: the last packet that begins at or before it. */
struct ht_seek {
    bool by_seq;      /* key is a sequence number; else ns */
    uint64_t key;
};

/**
 * ht_packet_seek: offset of the last packet in fd (stream of cpu, version format) that begins at or
 * before the key; 0 if the first one begins later, and if fd cannot be read at will.  Reads some
 * 64 KiB for each halving.  Damaged packets are passed over.
 */
uint64_t ht_packet_seek(int fd, unsigned format, unsigned cpu, const struct ht_seek *seek);

#endif
