/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The generic timer as Hyp sees it.  Encodings: DDI 0406C B8.2, table B8-2.
 */
#ifndef PAYLOADS_TIMERS_GENERIC_TIMER_H
#define PAYLOADS_TIMERS_GENERIC_TIMER_H

#include "cp15.h"

/* CNTx_CTL, DDI 0406C B4.1.26. */
#define TIMER_CTL_ENABLE (1u << 0)
#define TIMER_CTL_IMASK (1u << 1)
#define TIMER_CTL_ISTATUS (1u << 2)

CP15_32(cntfrq, 0, c14, c0, 0)
CP15_32(cntp_ctl, 0, c14, c2, 1)
CP15_64(cntp_cval, 2, c14)
CP15_32(cntv_ctl, 0, c14, c3, 1)
CP15_64(cntv_cval, 3, c14)
CP15_64(cntvct, 1, c14)
CP15_64(cntvoff, 4, c14)
CP15_32(cnthp_ctl, 4, c14, c2, 1)
CP15_32(cnthp_tval, 4, c14, c2, 0)
CP15_64(cnthp_cval, 6, c14)

/* A timer: its counter, compare value and control, and its private interrupt. */
struct timer {
    const char *name;
    unsigned intid;
    uint64_t (*read_counter)(void);
    uint32_t (*read_ctl)(void);
    void (*write_ctl)(uint32_t value);
    void (*write_cval)(uint64_t value);
};

#endif
