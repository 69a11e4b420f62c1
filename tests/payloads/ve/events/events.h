/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Waiting for events, and the watch by which it is seen: CNTHCTL's event stream, which ends a WFE
 * that nothing else ends.  DDI 0406C B1.8.13, B8.1.
 */
#ifndef PAYLOADS_VE_EVENTS_H
#define PAYLOADS_VE_EVENTS_H

#include <stdbool.h>
#include <stdint.h>
#include "cp15.h"
#include "sysregs.h"

CP15_64(cntvct, 1, c14)
CP15_64(cntvoff, 4, c14)
CP15_32(cnthp_ctl, 4, c14, c2, 1)
CP15_64(cnthp_cval, 6, c14)

/* CNTHCTL and CNTKCTL. */
#define EVNTEN (1u << 2)
#define EVNTDIR (1u << 3)
#define EVNTI(bit) ((uint32_t)(bit) << 4)

/* The watch: bit 15 of CNTPCT goes from 0 to 1 every 65536 ticks. */
#define WATCH_EVNTI 15
#define WATCH_PERIOD (2u << WATCH_EVNTI)

/* How often a claim that must not take long is tried: the host may be slow, once is a proof. */
#define TRIES 100

static inline void wfe(void)
{
    __asm__ volatile("wfe" : : : "memory");
}

static inline void sev(void)
{
    __asm__ volatile("sev" : : : "memory");
}

/** watch_start: the watch runs from now on; everything else of CNTHCTL is as ve_init() has it. */
void watch_start(void);

/** watch_align: returns behind an event of the watch with the Event Register clear. */
void watch_align(void);

/** transitions: how often bit @bit went from 0 to 1 (or, if @falling, back) up to @count. */
uint64_t transitions(uint64_t count, unsigned bit, bool falling);

/** watch_waits: @code does not return before the watch's next event, on any of some tries. */
bool watch_waits(void (*code)(void));

/** watch_passes: @code returns before the watch's next event, on one of some tries. */
bool watch_passes(void (*code)(void));

/* The groups of claims, one file each. */
void claim_register(void);
void claim_streams(void);
void claim_interrupts(void);
void claim_other_cpu(void);

/** other_cpu_main: what CPU1 does. */
void other_cpu_main(void);

#endif
