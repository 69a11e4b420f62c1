/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conditional execution as an emulator of instructions needs it: does a trapped instruction
 * execute, and where does the guest go on after it.  DDI 0406C A8.3 (conditions), A2.5.2 (ITSTATE).
 */
#ifndef VMM_CORE_COND_H
#define VMM_CORE_COND_H

#include <stdbool.h>
#include <stdint.h>
#include "core/regs.h"

#define COND_AL 14u

/* True if condition cond (0 to 15) holds with the flags of psr; 14 and 15 always hold. */
bool cond_holds(unsigned cond, uint32_t psr);

/* ITSTATE[7:0], gathered from its two places in a PSR. */
unsigned psr_it(uint32_t psr);

/* psr with ITSTATE replaced by the low 8 bits of it. */
uint32_t psr_with_it(uint32_t psr, unsigned it);

/* True if the instruction that trapped with hsr at psr executes.  The syndrome's condition counts
 * if it is valid (CV); else, for Thumb, that of ITSTATE.  An implementation may trap instructions
 * that fail their condition (B1.14.2), so every emulated instruction asks this first. */
bool trapped_insn_executes(uint32_t hsr, uint32_t psr);

/* Moves the guest behind its instruction of length_bytes (2 or 4) and advances ITSTATE.
 * Otherwise an emulated instruction in an IT block would leave the wrong condition to the rest. */
void regs_skip(struct guest_regs *regs, unsigned length_bytes);

#endif
