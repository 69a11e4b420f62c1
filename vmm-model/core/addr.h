/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address kinds.  A structure each, so that an intermediate physical address handed where a
 * physical one belongs does not compile.  Guest virtual addresses are uint32_t and named va.
 */
#ifndef VMM_CORE_ADDR_H
#define VMM_CORE_ADDR_H

#include <stdbool.h>
#include <stdint.h>

/* A physical address, 40 bits. */
typedef struct {
    uint64_t value;
} paddr_t;

/* An intermediate physical address: what the guest believes to be physical, 40 bits. */
typedef struct {
    uint64_t value;
} ipaddr_t;

static inline paddr_t pa_init(uint64_t value)
{
    return (paddr_t) {value};
}

static inline paddr_t pa_add(paddr_t pa, uint64_t bytes)
{
    return (paddr_t) {pa.value + bytes};
}

static inline ipaddr_t ipa_init(uint64_t value)
{
    return (ipaddr_t) {value};
}

static inline ipaddr_t ipa_add(ipaddr_t ipa, uint64_t bytes)
{
    return (ipaddr_t) {ipa.value + bytes};
}

/* align_bytes is a power of two. */
static inline bool is_aligned(uint64_t value, uint64_t align_bytes)
{
    return (value & (align_bytes - 1)) == 0;
}

#endif
