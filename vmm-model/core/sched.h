/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which vCPU runs where: round robin with a time slice over all vCPUs of all VMs.  A vCPU is
 * runnable, running on one CPU, or blocked until it is woken or its timer is due.
 *
 * Takes its own lock; may be called with a VM's lock held, never the other way round.
 */
#ifndef VMM_CORE_SCHED_H
#define VMM_CORE_SCHED_H

#include <stdbool.h>
#include <stdint.h>
#include "arch/arch.h"

#define SCHED_VCPU_MAX 32
#define SCHED_CPU_MAX  2

struct hypctx;

enum sched_state {
    SCHED_RUNNABLE,
    SCHED_RUNNING,
    SCHED_BLOCKED,
};

struct sched_entry {
    struct hypctx *ctx;
    enum sched_state state;
    bool woken;             /* sched_wake() came while it was running */
    uint64_t deadline;      /* of a blocked one, on the physical count */
};

struct sched {
    struct arch_lock lock;
    struct sched_entry entry[SCHED_VCPU_MAX];
    unsigned count;
    unsigned next;          /* where the next search begins */
    uint64_t slice_ticks;
    uint32_t idle_cpus;     /* a bit for each CPU that found nothing to run */
};

void sched_init(struct sched *sched, uint64_t slice_ticks);

/* Adds a vCPU, blocked.  VMM_ENOMEM: SCHED_VCPU_MAX are there. */
int sched_add(struct sched *sched, struct hypctx *ctx);

/* Takes a vCPU off; it is not running. */
void sched_remove(struct sched *sched, struct hypctx *ctx);

/* Chooses the vCPU that cpu runs next, for *until (physical count): the end of its slice.  NULL:
 * none is runnable, cpu may sleep until *until, the earliest timer, or arch_kick(). */
struct hypctx *sched_pick(struct sched *sched, unsigned cpu, uint64_t now, uint64_t *until);

/* ctx runs no more.  block: not before sched_wake() or deadline; a wake-up that came since
 * sched_pick() counts. */
void sched_release(struct sched *sched, struct hypctx *ctx, bool block, uint64_t deadline);

/* ctx has something to do: runnable if it was blocked.  An idle CPU is kicked. */
void sched_wake(struct sched *sched, struct hypctx *ctx);

/* True if another vCPU could use the CPU now. */
bool sched_has_other(struct sched *sched, uint64_t now);

#endif
