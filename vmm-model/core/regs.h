/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The general-purpose registers of a guest with their banked copies.  DDI 0406C B1.3.2.
 */
#ifndef VMM_CORE_REGS_H
#define VMM_CORE_REGS_H

#include <stdbool.h>
#include <stdint.h>
#include "armv7/psr.h"

/* Modes that have an SP and an LR of their own; System shares User's. */
enum reg_bank {
    BANK_USR,
    BANK_SVC,
    BANK_ABT,
    BANK_UND,
    BANK_IRQ,
    BANK_FIQ,
    BANK_COUNT,
};

struct guest_regs {
    uint32_t r[13];            /* R0 to R12 of every mode but FIQ */
    uint32_t pc;               /* next instruction to execute; ELR_hyp */
    uint32_t cpsr;             /* SPSR_hyp */
    uint32_t sp[BANK_COUNT];
    uint32_t lr[BANK_COUNT];
    uint32_t spsr[BANK_COUNT]; /* [BANK_USR] is not used: User has none */
    uint32_t r_fiq[5];         /* R8_fiq to R12_fiq */
};

/* The bank of the mode in psr.  Values that are no PL1 or PL0 mode give BANK_USR: a guest cannot
 * trap from them. */
enum reg_bank regs_bank(uint32_t psr);

/* True if register n (0 to 14), seen from the mode in psr, is a copy that an exception to Hyp
 * leaves in the hardware.  R0 to R12 and LR_usr are not: Hyp mode uses the same. */
bool regs_is_banked(uint32_t psr, unsigned n);

/* Where register n (0 to 14) is kept, seen from the mode in psr. */
uint32_t *regs_at(struct guest_regs *regs, uint32_t psr, unsigned n);

#endif
