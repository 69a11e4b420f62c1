/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bit fields of registers: a field is a SHIFT (lowest bit) and a LENGTH (number of bits).
 */
#ifndef ARMV7_FIELD_H
#define ARMV7_FIELD_H

#include <stdint.h>

/* The length_bits (1 to 32) bits of value from bit shift upwards, at bit 0 of the result. */
static inline uint32_t field32_get(uint32_t value, unsigned shift, unsigned length_bits)
{
    return (value >> shift) & (UINT32_MAX >> (32 - length_bits));
}

/* value with the field replaced by the low length_bits (1 to 32) bits of field. */
static inline uint32_t field32_set(uint32_t value, unsigned shift, unsigned length_bits,
                                   uint32_t field)
{
    uint32_t mask = (UINT32_MAX >> (32 - length_bits)) << shift;

    return (value & ~mask) | ((field << shift) & mask);
}

/* The length_bits (1 to 64) bits of value from bit shift upwards, at bit 0 of the result. */
static inline uint64_t field64_get(uint64_t value, unsigned shift, unsigned length_bits)
{
    return (value >> shift) & (UINT64_MAX >> (64 - length_bits));
}

#endif
