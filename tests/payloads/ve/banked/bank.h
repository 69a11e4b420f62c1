/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The banked registers as the architecture has them (DDI 0406C B1.3.2, figure B1-2), what each
 * claim puts into them, and what is in them afterwards.
 */
#ifndef PAYLOADS_VE_BANKED_BANK_H
#define PAYLOADS_VE_BANKED_BANK_H

#include <stdbool.h>
#include <stdint.h>
#include "guest.h"
#include "probe.h"

/* Every register that more than one mode has a copy of, but those of Hyp and Monitor modes. */
enum bank_register {
    R8_USR, R9_USR, R10_USR, R11_USR, R12_USR, SP_USR, LR_USR,
    R8_FIQ, R9_FIQ, R10_FIQ, R11_FIQ, R12_FIQ, SP_FIQ, LR_FIQ,
    SP_IRQ, LR_IRQ, SP_SVC, LR_SVC, SP_ABT, LR_ABT, SP_UND, LR_UND,
    SPSR_FIQ, SPSR_IRQ, SPSR_SVC, SPSR_ABT, SPSR_UND,
    BANK_REGISTERS,
    BANK_NONE = BANK_REGISTERS,
};

struct bank {
    uint32_t value[BANK_REGISTERS];
};

/* The modes of Non-secure state. */
struct bank_mode {
    unsigned mode;
    const char *name;
    enum bank_register r8, sp, lr, spsr;    /* BANK_NONE: has none, or it is Hyp's */
};

#define BANK_MODES 8
#define BANK_PL1_MODES 6
extern const struct bank_mode bank_modes[BANK_MODES];   /* PL1 modes first, then usr and hyp */

/** bank_fill: a different value for each register; SPSRs are legal PSRs of System mode. */
void bank_fill(struct bank *bank);

/**
 * bank_run: runs @probe with @bank in the registers (r8 to r12 and LR_usr of the probe's state
 * are set from it) and reads them back into @after.
 */
void bank_run(struct ve_probe *probe, const struct bank *bank, struct ve_record *record,
              struct bank *after);

/**
 * bank_differs: the first register that differs and that taking an exception to the PL1 mode of
 * @record has not changed; BANK_NONE if there is none.
 */
enum bank_register bank_differs(const struct bank *want, const struct bank *after,
                                const struct ve_record *record);

/** bank_claim: the verdict with what was seen: @want is compared if @ok. */
void bank_claim(const char *name, bool ok, const struct ve_record *record,
                const struct bank *want, const struct bank *after);

/** bank_undefined: whether @probe was UNDEFINED in its mode: taken to PL1, or from Hyp to Hyp. */
bool bank_undefined(const struct ve_probe *probe, const struct ve_record *record);

void claim_transfers(void);     /* transfers.c */
void claim_modes(void);         /* modes.c */
void claim_stacks(void);        /* stacks.c */
void claim_psrs(void);          /* psrs.c */

#endif
