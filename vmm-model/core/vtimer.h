/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The timers of a vCPU.  DDI 0406C B8.
 *
 * The virtual timer is the hardware's while the vCPU is loaded, its interrupt (PPI 27) is linked to
 * the physical one through a list register: the guest's end of interrupt deactivates both.  While
 * the vCPU is not loaded, vtimer_deadline() says when it would fire.
 * The physical timer traps and is emulated; its interrupt is PPI 30, a level.
 */
#ifndef VMM_CORE_VTIMER_H
#define VMM_CORE_VTIMER_H

#include <stdbool.h>
#include <stdint.h>

#define CNT_CTL_ENABLE  (1u << 0)
#define CNT_CTL_IMASK   (1u << 1)
#define CNT_CTL_ISTATUS (1u << 2)

/* A timer's registers.  ctl has ENABLE and IMASK only. */
struct timer_regs {
    uint32_t ctl;
    uint64_t cval; /* ticks of the timer's own count */
};

struct vtimer {
    struct timer_regs virt; /* current only while the vCPU is not loaded, or was pulled */
    struct timer_regs phys;
};

struct hypctx;

/* Before the guest runs: the emulated timer's line as it is now, and the VM's alarms that are due. */
void vtimer_flush(struct hypctx *ctx);

/* The physical interrupt of the virtual timer has come to Hyp and is active: give it to the
 * loaded guest. */
void vtimer_fired(struct hypctx *ctx);

/* CNTP_CTL as the guest reads it. */
uint32_t vtimer_phys_ctl(const struct vtimer *vtimer, uint64_t count_ticks);

/* When, on the physical count, an alarm of the VM or a timer will interrupt the vCPU that is not loaded (virtual and
 * physical), or that is (physical only: the virtual one interrupts by itself).
 * UINT64_MAX: never; may be in the past. */
uint64_t vtimer_deadline(const struct hypctx *ctx);

#endif
