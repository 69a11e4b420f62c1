/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Codes the changes of the 16 registers that change most (rows 0 to 15): two bits each, then only
 * as many bytes as the change needs.
 */
#ifndef HYPTRACE_FORMAT_CORE_DELTA_H
#define HYPTRACE_FORMAT_CORE_DELTA_H

#include <stdbool.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/format/put.h"

/* Compilers that zero automatic variables need not do that for lists that are written first. */
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#define HT_UNINITIALIZED __attribute__((uninitialized))
#else
#define HT_UNINITIALIZED
#endif

struct ht_core_lists {
    uint32_t codes;
    unsigned n8, n16, n32;
    uint8_t v8[HT_CORE_COUNT];
    uint16_t v16[HT_CORE_COUNT];
    uint32_t v32[HT_CORE_COUNT];
};

static inline bool ht_same_pair(const uint32_t *was, const uint32_t *now)
{
    uint64_t a, b;

    memcpy(&a, was, sizeof(a));
    memcpy(&b, now, sizeof(b));
    return a == b;
}

/* Adds register @i, which is @now and was @was, to the lists if that is a change. */
static inline void ht_core_check(struct ht_core_lists *l, unsigned i, uint32_t was, uint32_t now)
{
    unsigned code;

    if (was == now) {
        return;
    }
    if (now <= UINT8_MAX) {
        code = HT_CODE_U8;
        l->v8[l->n8++] = (uint8_t)now;
    } else if ((was ^ now) <= UINT16_MAX) {
        code = HT_CODE_U16;
        l->v16[l->n16++] = HT_LE16((uint16_t)now);
    } else {
        code = HT_CODE_U32;
        l->v32[l->n32++] = HT_LE32(now);
    }
    l->codes |= code << (2 * i);
}

/**
 * ht_put_core_delta: writes codes, counts and values for what changed from @was to @now.
 * May write, beyond where it leaves *@p, up to the longest such record (sizeof struct
 * ht_core_lists); the caller's room of HT_EVENT_BYTES_MAX covers that.
 */
static inline void ht_put_core_delta(uint8_t **p, const uint32_t was[HT_CORE_COUNT],
                                     const uint32_t now[HT_CORE_COUNT])
{
    struct ht_core_lists l HT_UNINITIALIZED;

    l.codes = 0;
    l.n8 = l.n16 = l.n32 = 0;
    /* Two at a time: most are unchanged. */
#pragma GCC unroll 8
    for (unsigned i = 0; i < HT_CORE_COUNT; i += 2) {
        if (!ht_same_pair(was + i, now + i)) {
            ht_core_check(&l, i, was[i], now[i]);
            ht_core_check(&l, i + 1, was[i + 1], now[i + 1]);
        }
    }
    if (l.codes == 0) {
        ht_put_u32(p, 0);
        ht_put_u16(p, 0);
        return;
    }
    ht_put_u32(p, l.codes);
    ht_put_u16(p, (uint16_t)(l.n8 << HT_COUNT_V8_SHIFT | l.n16 << HT_COUNT_V16_SHIFT |
                             l.n32 << HT_COUNT_V32_SHIFT));
    /* Whole lists, because copies of constant size are a few vector moves. */
    memcpy(*p, l.v8, sizeof(l.v8));
    *p += l.n8;
    memcpy(*p, l.v16, sizeof(l.v16));
    *p += 2 * l.n16;
    memcpy(*p, l.v32, sizeof(l.v32));
    *p += 4 * l.n32;
}

#endif
