/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions that the hypervisor makes happen in a guest: what the hardware would do at the
 * instruction that trapped.  DDI 0406C B1.8.1, B1.9.
 * Interrupts go through the vGIC (core/vgic.h) instead.
 */
#ifndef VMM_CORE_INJECT_H
#define VMM_CORE_INJECT_H

#include <stdbool.h>
#include <stdint.h>

struct hypctx;

/* The instruction at PC is UNDEFINED: the vCPU goes on at its Undefined Instruction vector. */
void inject_undefined(struct hypctx *ctx);

/* Why the guest sees an abort. */
enum inject_cause {
    INJECT_EXTERNAL,    /* synchronous external abort: nothing is at that address */
    INJECT_ALIGNMENT,   /* (data only) */
};

/* The instruction at PC cannot be fetched: Prefetch Abort, with IFSR (in the format that the
 * guest's TTBCR.EAE selects) and IFAR = va. */
void inject_prefetch_abort(struct hypctx *ctx, uint32_t va);

/* The instruction at PC cannot access va: Data Abort, with DFSR and DFAR. */
void inject_data_abort(struct hypctx *ctx, uint32_t va, bool write, enum inject_cause cause);

/* Pends a virtual asynchronous abort (HCR.VA): the guest takes it as soon as CPSR.A lets it. */
void inject_serror(struct hypctx *ctx);

#endif
