/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The timers of Non-secure state, and the parts of the family.
 */
#ifndef PAYLOADS_VE_TIMERS_PARTS_H
#define PAYLOADS_VE_TIMERS_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include "access.h"
#include "sysregs.h"

/* CNTx_CTL, DDI 0406C B8.1.5. */
#define CTL_ENABLE 1u
#define CTL_IMASK 2u
#define CTL_ISTATUS 4u

CP15_32(cntfrq, 0, c14, c0, 0)
CP15_64(cntvct, 1, c14)
CP15_64(cntvoff, 4, c14)

/* A timer by its registers as Hyp reaches them. */
struct timer {
    const char *name;
    unsigned intid;             /* PPI: DDI 0438 8.2.1 */
    struct ve_register ctl, tval, cval;
    uint32_t (*read_ctl)(void);
    void (*write_ctl)(uint32_t value);
    uint32_t (*read_tval)(void);
    void (*write_tval)(uint32_t value);
    uint64_t (*read_cval)(void);
    void (*write_cval)(uint64_t value);
    uint64_t (*read_count)(void);
};

enum timer_name { CNTP, CNTV, CNTHP, TIMERS };
extern const struct timer timers[TIMERS];

/** timers_off: stops all timers, with CNTVOFF 0. */
void timers_off(void);

/** timers_are_on_line: whether the interrupt of @timer is asserted, as GICD_ISPENDR shows. */
bool timer_is_on_line(const struct timer *timer);

/** wait_for: until @condition(@timer), or half a second of the counter is over.  Returns it. */
bool wait_for(bool (*condition)(const struct timer *), const struct timer *timer);

/** timer_claim: a verdict with the timer's registers as detail. */
void timer_claim(const struct timer *timer, const char *group, const char *what, bool ok);

void claim_access(void);        /* access_matrix.c */
void claim_values(void);        /* values.c */
void claim_interrupts(void);    /* interrupts.c */

/* CNTKCTL of the next run. */
extern uint32_t guest_cntkctl;

#endif
