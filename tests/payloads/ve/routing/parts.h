/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The parts of the family.
 */
#ifndef PAYLOADS_VE_ROUTING_PARTS_H
#define PAYLOADS_VE_ROUTING_PARTS_H

#include <stdint.h>
#include "guest.h"

/** claim_entry, claim_async: the claims of entry.c and async.c. */
void claim_entry(void);
void claim_async(void);

/** entry_prepare: what entry.c sets at PL1 before each run. */
void entry_prepare(void);

/**
 * entry_psr_of: the CPSR at PL1 vector @vector if it was @psr: @sets are the bits that this kind of
 * exception sets besides I, and @sctlr has TE and EE.  DDI 0406C B1.8.5, B1.9.
 */
uint32_t entry_psr_of(uint32_t psr, enum ve_vector vector, uint32_t sets, uint32_t sctlr);

/* The CPSR at an entry to Hyp, but for flags: Hyp mode, A, I and F as SCR.EA, IRQ and FIQ are 0. */
#define HYP_ENTRY_PSR 0x1dau

#endif
