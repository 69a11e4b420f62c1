/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Codes the changes of the 16 registers that change most (rows 0 to 15): two bits each, then only
 * as many bytes as the change needs; and where a return goes.
 */
#ifndef HYPTRACE_FORMAT_CORE_DELTA_H
#define HYPTRACE_FORMAT_CORE_DELTA_H

#include <stdbool.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/format/put.h"

static inline bool ht_same_pair(const uint32_t *was, const uint32_t *now)
{
    uint64_t a, b;

    memcpy(&a, was, sizeof(a));
    memcpy(&b, now, sizeof(b));
    return a == b;
}

/* Writes register @i, which is @now and was @was, if that is a change. */
static inline void ht_core_check(uint8_t **p, uint32_t *codes, unsigned i, uint32_t was,
                                 uint32_t now)
{
    unsigned code;

    if (was == now) {
        return;
    }
    code = now <= UINT8_MAX ? HT_CODE_U8 : (was ^ now) <= UINT16_MAX ? HT_CODE_U16 : HT_CODE_U32;
    *codes |= code << (2 * i);
    ht_put_u32(p, now);
    *p -= 4 - (1u << (code - 1));
}

/**
 * ht_put_core_delta: writes codes and values for what changed from @was to @now.
 * May write, beyond where it leaves *@p, 3 bytes; the caller's room of HT_EVENT_BYTES_MAX covers
 * that.
 */
static inline void ht_put_core_delta(uint8_t **p, const uint32_t was[HT_CORE_COUNT],
                                     const uint32_t now[HT_CORE_COUNT])
{
    uint8_t *codes_at = *p;
    uint32_t codes = 0;

    *p += sizeof(codes);
    /* Two at a time: most are unchanged. */
#pragma GCC unroll 8
    for (unsigned i = 0; i < HT_CORE_COUNT; i += 2) {
        if (!ht_same_pair(was + i, now + i)) {
            ht_core_check(p, &codes, i, was[i], now[i]);
            ht_core_check(p, &codes, i + 1, was[i + 1], now[i + 1]);
        }
    }
    ht_put_u32(&codes_at, codes);
}

/**
 * ht_put_return: writes PC and CPSR of a return, the most frequent ones by how they differ from
 * what ELR_hyp and SPSR_hyp were (@elr, @spsr: their rows).
 */
static inline void ht_put_return(uint8_t **p, uint32_t elr, uint32_t spsr, uint32_t pc,
                                 uint32_t cpsr)
{
    uint32_t step = pc - elr;
    unsigned pc_code = step == 4 ? HT_RETURN_PC_ELR_4 : step == 0 ? HT_RETURN_PC_ELR :
                       step == 2 ? HT_RETURN_PC_ELR_2 : HT_RETURN_PC_U32;

    ht_put_u8(p, (uint8_t)(pc_code << HT_RETURN_PC_SHIFT |
                           (cpsr != spsr) << HT_RETURN_CPSR_SHIFT));
    if (pc_code == HT_RETURN_PC_U32) {
        ht_put_u32(p, pc);
    }
    if (cpsr != spsr) {
        ht_put_u32(p, cpsr);
    }
}

#endif
