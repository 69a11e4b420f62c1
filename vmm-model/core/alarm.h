/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What devices of a VM want to do at a time on the physical count.  A vCPU that is on looks after it:
 * due alarms ring before it enters its guest, and the next one ends its sleep or its stay in the
 * guest as a timer of its own would.
 *
 * All functions want the VM's lock held.
 */
#ifndef VMM_CORE_ALARM_H
#define VMM_CORE_ALARM_H

#include <stdint.h>

struct hyp;

struct vm_alarm {
    struct vm_alarm *next;
    uint64_t due;                         /* ticks; UINT64_MAX: never */
    void (*ring)(struct vm_alarm *alarm); /* due is UINT64_MAX by then; the VM's lock is held */
};

/* Makes an alarm of hyp's, that never rings yet. */
void alarm_add(struct hyp *hyp, struct vm_alarm *alarm, void (*ring)(struct vm_alarm *alarm));

/* When it rings next.  A vCPU of hyp is woken to take note. */
void alarm_set(struct hyp *hyp, struct vm_alarm *alarm, uint64_t due_ticks);

/* Rings what is due at now. */
void alarm_check(struct hyp *hyp, uint64_t now_ticks);

/* The earliest, UINT64_MAX if there is none. */
uint64_t alarm_deadline(const struct hyp *hyp);

#endif
