/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Power State Coordination Interface 1.0 and the SMC calling convention, by HVC or SMC #0.
 * DEN 0022D, DEN 0028.
 */
#ifndef VMM_CORE_PSCI_H
#define VMM_CORE_PSCI_H

#include "core/exit.h"

struct hypctx;

enum psci_result {
    PSCI_HANDLED,   /* R0 holds the result, the call is to be skipped (SMC; HVC is already) */
    PSCI_WAIT,      /* as PSCI_HANDLED, and the vCPU waits for an interrupt like after WFI */
    PSCI_STOP,      /* the vCPU, or the whole VM, has stopped: ctx->power, ctx->hyp->power */
    PSCI_UNKNOWN,   /* no function of these: R0 is NOT_SUPPORTED */
};

/* Does the function that R0 of ctx asks for, with arguments in R1 to R3.  The VM's lock is held. */
enum psci_result psci_call(struct hypctx *ctx);

/* Puts ctx into the state in which PSCI starts a CPU, DEN 0022D 6.4: SVC mode, interrupts masked,
 * MMU and caches off, Thumb state if bit 0 of entry says so, R0 = context_id; and on. */
void vcpu_start(struct hypctx *ctx, uint32_t entry, uint32_t context_id);

#endif
