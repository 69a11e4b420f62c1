/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What only version 1 of the trace format has: docs/trace-format.md "Versions".
 */
#ifndef HYPTRACE_LIB_FORMAT1_H
#define HYPTRACE_LIB_FORMAT1_H

/* SHA-256 of "hyptrace trace format 1", first 16 bytes, marked as a version 5 UUID. */
#define HT_UUID1_BYTES \
    0x40, 0xf1, 0xe2, 0x19, 0x67, 0x03, 0x5c, 0x3c, 0x98, 0x6b, 0x6a, 0x59, 0xde, 0x3f, 0xd3, 0x60
#define HT_UUID1_TEXT "40f1e219-6703-5c3c-986b-6a59de3fd360"

/* Event header: one byte of id and the low 32 bits of the time, or this byte, id and 64 bits. */
#define HT1_EVENT_EXTENDED 255

/* In the u16 that follows the codes of a delta: lengths of the lists of values, 5 bits each. */
#define HT1_COUNT_V8_SHIFT 0
#define HT1_COUNT_V16_SHIFT 5
#define HT1_COUNT_V32_SHIFT 10
#define HT1_COUNT_BITS 5

#endif
