/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Debug registers by CP14, and claims about debug exceptions.  DDI 0406C C11.11.
 */
#ifndef PAYLOADS_VE_DEBUG_H
#define PAYLOADS_VE_DEBUG_H

#include <stdbool.h>
#include <stdint.h>
#include "guest.h"
#include "probe.h"

#define CP14_32(name, crn, crm, opc2) \
    static inline uint32_t cp14_read_##name(void) \
    { \
        uint32_t value; \
        __asm__ volatile("mrc p14, 0, %0, " #crn ", " #crm ", " #opc2 : "=r"(value)); \
        return value; \
    } \
    static inline void cp14_write_##name(uint32_t value) \
    { \
        __asm__ volatile("mcr p14, 0, %0, " #crn ", " #crm ", " #opc2 "\n isb" \
                         : : "r"(value) : "memory"); \
    }

CP14_32(dbgdscr, c0, c2, 2)
CP14_32(dbgvcr, c0, c7, 0)
CP14_32(dbgbvr0, c0, c0, 4)
CP14_32(dbgbcr0, c0, c0, 5)
CP14_32(dbgbvr4, c0, c4, 4)
CP14_32(dbgbcr4, c0, c4, 5)
CP14_32(dbgbxvr4, c1, c4, 1)
CP14_32(dbgwvr0, c0, c0, 6)
CP14_32(dbgwcr0, c0, c0, 7)
CP14_32(dbgoslar, c1, c0, 4)

#define DBGDSCR_UDCCDIS (1u << 12)
#define DBGDSCR_MDBGEN (1u << 15)
#define DBGDSCR_MOE(dscr) ((dscr) >> 2 & 0xfu)
#define DBGDSCR_MOE_MASK (0xfu << 2)
#define HDCR_TDE (1u << 8)

/* HSR of a debug exception but for watchpoints, and its fault status for PL1: B3.13. */
#define HSR_DEBUG_IABT 0x80000022u
#define HSR_EC_FSC 0xfc00003fu
#define IFSR_DEBUG 0x2u
#define IFSR_STATUS 0x40fu

extern const char ve_guest_vectors[];

/**
 * debug_claim: runs @probe and claims a debug exception at @address: to Hyp with @tde, else a
 * Prefetch Abort at PL1 with DBGDSCR.MOE @moe.
 */
void debug_claim(const char *name, const struct ve_probe *probe, uint32_t hcr, bool tde,
                 uint32_t address, unsigned moe);

/** debug_claim_none: runs @probe and claims that it ends as @outcome at vector @vector. */
void debug_claim_end(const char *name, const struct ve_probe *probe, uint32_t hcr, bool tde,
                     enum ve_outcome outcome, unsigned vector);

void claim_vector_catch(void);
void claim_linked(void);
void claim_dcc(void);
void claim_moe(void);
void claim_dscr(void);
void claim_os_lock(void);
void claim_unlinked(void);
void claim_mismatches(void);

#endif
