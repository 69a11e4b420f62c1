/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Accessors of the CP15 registers that payloads use: cp15_read_NAME(), cp15_write_NAME().
 * Encodings: DDI 0406C B3.17.
 */
#ifndef PAYLOADS_LIB_CP15_H
#define PAYLOADS_LIB_CP15_H

#include <stdint.h>

#define CP15_32(name, opc1, crn, crm, opc2) \
    static inline uint32_t cp15_read_##name(void) \
    { \
        uint32_t value; \
        __asm__ volatile("mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 : "=r"(value)); \
        return value; \
    } \
    static inline void cp15_write_##name(uint32_t value) \
    { \
        __asm__ volatile("mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 \
                         "\n isb" : : "r"(value) : "memory"); \
    }

#define CP15_64(name, opc1, crm) \
    static inline uint64_t cp15_read_##name(void) \
    { \
        uint64_t value; \
        __asm__ volatile("mrrc p15, " #opc1 ", %Q0, %R0, " #crm : "=r"(value)); \
        return value; \
    } \
    static inline void cp15_write_##name(uint64_t value) \
    { \
        __asm__ volatile("mcrr p15, " #opc1 ", %Q0, %R0, " #crm \
                         "\n isb" : : "r"(value) : "memory"); \
    }

CP15_32(mpidr, 0, c0, c0, 5)
CP15_32(actlr, 0, c1, c0, 1)
CP15_32(cpacr, 0, c1, c0, 2)
CP15_32(contextidr, 0, c13, c0, 1)
CP15_32(hsr, 4, c5, c2, 0)
CP15_32(hcr, 4, c1, c1, 0)
CP15_32(hcptr, 4, c1, c1, 2)
CP15_32(vtcr, 4, c2, c1, 2)
CP15_64(vttbr, 6, c2)
CP15_64(cntpct, 0, c14)

/* TLBIALLNSNH: table walks must not use what the CPU cached of older stage-2 tables. */
static inline void cp15_tlbi_all_nsnh(void)
{
    __asm__ volatile("dsb\n mcr p15, 4, %0, c8, c7, 4\n dsb\n isb" : : "r"(0) : "memory");
}

#endif
