/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Ways into a probe, enter.S.
 */
#ifndef DEFECTS_ENTER_H
#define DEFECTS_ENTER_H

#include <stdint.h>

#define PSR_HYP 0x1dau      /* Hyp mode, A I F masked */

/** probe_enter: as guest_enter() of hyp.h, with the CPSR @psr. */
void probe_enter(void (*code)(void), uint32_t psr, uint32_t sp_svc, uint32_t *hyp_sp);

/** call_hyp_code: calls @code; a jump to hyp_code_end ends it, too. */
void call_hyp_code(void (*code)(void));

/* Where an exception of called Hyp code returns to. */
void hyp_code_end(void);

/* The guest's vectors, for VBAR: each ends the guest by an HVC with 0x10 + its number. */
extern uint32_t guest_vectors[8];

#endif
