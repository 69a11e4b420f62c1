/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of simd.S.
 */
#ifndef PAYLOADS_VE_TRAPS_SIMD_H
#define PAYLOADS_VE_TRAPS_SIMD_H

#define SIMD_FP 0
#define SIMD_ASIMD 1
#define SIMD_ID 2

#ifndef __ASSEMBLER__
#include <stdint.h>

struct simd_insn {
    const char *name;
    uint32_t arm;
    uint16_t thumb[2];          /* in the order of memory */
    uint32_t class;
};

extern const struct simd_insn simd_insns[], simd_insns_end[];
#endif

#endif
