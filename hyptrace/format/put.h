/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Little-endian stores into a packet: each writes at *p and moves p on.  The caller has made room.
 */
#ifndef HYPTRACE_FORMAT_PUT_H
#define HYPTRACE_FORMAT_PUT_H

#include <stdint.h>
#include <string.h>

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define HT_LE16(v) __builtin_bswap16(v)
#define HT_LE32(v) __builtin_bswap32(v)
#define HT_LE64(v) __builtin_bswap64(v)
#else
#define HT_LE16(v) (v)
#define HT_LE32(v) (v)
#define HT_LE64(v) (v)
#endif

static inline void ht_put_u8(uint8_t **p, uint8_t value)
{
    *(*p)++ = value;
}

static inline void ht_put_u16(uint8_t **p, uint16_t value)
{
    value = HT_LE16(value);
    memcpy(*p, &value, sizeof(value));
    *p += sizeof(value);
}

static inline void ht_put_u32(uint8_t **p, uint32_t value)
{
    value = HT_LE32(value);
    memcpy(*p, &value, sizeof(value));
    *p += sizeof(value);
}

static inline void ht_put_u64(uint8_t **p, uint64_t value)
{
    value = HT_LE64(value);
    memcpy(*p, &value, sizeof(value));
    *p += sizeof(value);
}

/* One entry of `rows`. */
static inline void ht_put_row(uint8_t **p, uint8_t row, uint32_t value)
{
    ht_put_u8(p, row);
    ht_put_u32(p, value);
}

#endif
