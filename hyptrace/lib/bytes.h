/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Little-endian loads from unaligned bytes.
 */
#ifndef HYPTRACE_LIB_BYTES_H
#define HYPTRACE_LIB_BYTES_H

#include <stdint.h>
#include <string.h>
#include <glib.h>

static inline uint16_t ht_le16(const uint8_t *p)
{
    uint16_t v;

    memcpy(&v, p, sizeof(v));
    return GUINT16_FROM_LE(v);
}

static inline uint32_t ht_le32(const uint8_t *p)
{
    uint32_t v;

    memcpy(&v, p, sizeof(v));
    return GUINT32_FROM_LE(v);
}

static inline uint64_t ht_le64(const uint8_t *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof(v));
    return GUINT64_FROM_LE(v);
}

#endif
