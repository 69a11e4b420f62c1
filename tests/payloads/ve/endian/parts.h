/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the parts of the family share: registers, and the run of a guest with HSCTLR.EE.
 */
#ifndef PAYLOADS_VE_ENDIAN_H
#define PAYLOADS_VE_ENDIAN_H

#include <stdbool.h>
#include <stdint.h>
#include "guest.h"
#include "probe.h"
#include "sysregs.h"

CP15_32(hsctlr, 4, c1, c0, 0)
CP15_32(hvbar, 4, c12, c0, 0)
CP15_32(htpidr, 4, c13, c0, 2)
CP15_32(hmair0, 4, c10, c2, 0)
CP15_32(htcr, 4, c2, c0, 2)
CP15_64(httbr, 4, c2)
CP15_64(par, 0, c7)

#define SCTLR_EE (1u << 25)         /* of HSCTLR, too */
#define SCTLR_M 1u
#define PSR_E (1u << 9)

static inline uint32_t swap32(uint32_t value)
{
    return __builtin_bswap32(value);
}

/** endian_set_hyp: HSCTLR.EE for what follows; the vectors change back to little-endian. */
void endian_set_hyp(bool ee);

/** endian_entry_psr: CPSR at the last entry to Hyp. */
uint32_t endian_entry_psr(void);

/** endian_prepare: what ve_prepare() does next; NULL: nothing. */
extern void (*endian_prepare)(void);

void claim_entries(void);
void claim_data(void);
void claim_walks(void);
void claim_syndromes(void);

#endif
