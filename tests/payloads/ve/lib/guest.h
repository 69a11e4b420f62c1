/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Runs one piece of guest code under given Hyp controls and records how it came back to Hyp.
 */
#ifndef PAYLOADS_VE_GUEST_H
#define PAYLOADS_VE_GUEST_H

#include <stdbool.h>
#include <stdint.h>

/* What Hyp sets for one run; everything is quiet again afterwards. */
struct ve_controls {
    uint32_t hcr;
    uint32_t hcptr;         /* added to VE_HCPTR_QUIET */
    uint32_t hstr;
    uint32_t hdcr;          /* without HPMN, which stays */
    uint32_t cnthctl_clear; /* bits of PL1PCTEN and PL1PCEN to take away */
};

/* TCP0-9, 12 and 13, which are RAO/WI where there is no such coprocessor: DDI 0406C B4.1. */
#define VE_HCPTR_QUIET 0x33ffu
#define VE_CNTHCTL_QUIET 3u

/* What the guest starts with.  enter.S knows the layout. */
struct ve_state {
    uint32_t r[13];
    uint32_t lr_usr;
    uint32_t pc, psr;
};

/* Vector offsets / 4 at PL1, DDI 0406C table B1-3. */
enum ve_vector {
    VE_VECTOR_UNDEF = 1,
    VE_VECTOR_SVC = 2,
    VE_VECTOR_IABT = 3,
    VE_VECTOR_DABT = 4,
    VE_VECTOR_IRQ = 6,
    VE_VECTOR_FIQ = 7,
};

enum ve_outcome {
    VE_DONE,            /* came to the end of its code, VE_IMM_DONE */
    VE_HYP,             /* an exception to Hyp */
    VE_PL1,             /* an exception to PL1, whose vector then called Hyp */
    VE_LOST,            /* left its code */
};

struct ve_record {
    enum ve_outcome outcome;
    unsigned vector;            /* of Hyp (enum hyp_vector) or PL1 (enum ve_vector) */
    uint32_t hsr, hdfar, hifar, hpfar;
    uint32_t pc, psr;           /* ELR_hyp and SPSR_hyp, or LR and SPSR of the mode at PL1 */
    uint32_t entry_psr;         /* the CPSR that the PL1 vector ran with */
    uint32_t entry_pc;          /* behind the HVC that the PL1 vector is */
    uint32_t hyp_psr;           /* the CPSR of the last entry to Hyp, without its flags */
    uint32_t dfsr, dfar, ifsr, ifar;
    uint32_t r[13];
    uint32_t lr_usr;
};

/* Immediates of HVC and, at PL0, of SVC. */
#define VE_IMM_DONE 0x5a
#define VE_IMM_LOST 0x66
#define VE_IMM_VECTOR 0xe0      /* + enum ve_vector */

/** ve_init: sets this CPU up for guests.  Call once on each CPU, in Hyp. */
void ve_init(void);

/**
 * ve_run: runs @state under @controls until it comes back to Hyp.  The mode of @state may be Hyp
 * itself: then exceptions come from Hyp, at their own vectors, and HVC #VE_IMM_DONE is the end.
 */
void ve_run(const struct ve_state *state, const struct ve_controls *controls,
            struct ve_record *record);

/**
 * ve_keep: while @on, ve_run() leaves all of PL1's and Hyp's controls as they are, on each CPU:
 * writes of them may have effects of their own, on TLBs above all.
 */
void ve_keep(bool on);

/** ve_prepare: called before each entry, for what a family sets at PL1.  Weak, empty. */
void ve_prepare(void);

#endif
