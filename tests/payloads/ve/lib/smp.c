/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The second CPU.  Caches and MMU are off in Hyp, so all the two share is coherent; the barriers
 * order the mailbox against what it is about.
 */
#include <stddef.h>
#include <stdint.h>
#include "board.h"
#include "guest.h"
#include "hyp.h"
#include "smp.h"
#include "sysregs.h"
#include "tap.h"

CP15_32(l2ctlr, 1, c9, c0, 2)

#define L2CTLR_CPUS(l2ctlr) ((l2ctlr) >> 24 & 3)    /* less one: DDI 0438 4.3.48 */
#define PATIENCE_TICKS 600000000ull                 /* about 10 s; only ever seen by a failure */

static void (*volatile job)(void *);
static void *volatile job_argument;
static volatile bool ready;

static void barrier(void)
{
    __asm__ volatile("dmb" ::: "memory");
}

/* Lets the other CPU run, if both share a thread of the host. */
static void pause(void)
{
    __asm__ volatile("yield" ::: "memory");
}

static void wait_for_cpu1(const char *what)
{
    uint64_t begin = cp15_read_cntpct();

    while (cp15_read_cntpct() - begin < PATIENCE_TICKS) {
        if (ready && job == NULL) {
            barrier();
            return;
        }
        pause();
    }
    tap_bail_out(what, (uint32_t)job, ready);
}

bool smp_start(void)
{
    if (L2CTLR_CPUS(cp15_read_l2ctlr()) == 0) {
        return false;
    }
    board_start_cpu1(second_start);
    wait_for_cpu1("CPU1 does not start:");
    return true;
}

void smp_serve(void)
{
    ve_init();
    ready = true;
    for (;;) {
        void (*work)(void *) = job;

        if (work) {
            barrier();
            work(job_argument);
            barrier();
            job = NULL;
        }
        pause();
    }
}

void smp_begin(void (*work)(void *), void *argument)
{
    job_argument = argument;
    barrier();
    job = work;
}

void smp_wait(void)
{
    wait_for_cpu1("CPU1 does not finish:");
}

void smp_call(void (*work)(void *), void *argument)
{
    smp_begin(work, argument);
    smp_wait();
}
