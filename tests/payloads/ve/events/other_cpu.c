/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * SEV of another CPU.  DDI 0406C B1.8.13.  That no wake-up is lost is asked by the payload
 * tests/payloads/events.
 */
#include "board.h"
#include "events.h"
#include "hyp.h"
#include "tap.h"

static volatile bool other_is_up;
static volatile uint32_t wanted, done;      /* numbers of SEVs that CPU1 shall send and has sent */

static void wait_ticks(uint32_t ticks)
{
    uint64_t start = cp15_read_cntpct();

    while (cp15_read_cntpct() - start < ticks) {
    }
}

void other_cpu_main(void)
{
    other_is_up = true;
    for (;;) {
        while (done == wanted) {
            wfe();
        }
        wait_ticks(WATCH_PERIOD / 16);
        sev();
        __asm__ volatile("dsb" : : : "memory");
        done++;
    }
}

/* Asks for one SEV of CPU1, a sixteenth of the watch's period later. */
static void ask(void)
{
    wanted++;
    __asm__ volatile("dsb\n sev\n wfe" : : : "memory");
}

static void ask_and_wait(void)
{
    ask();
    wfe();
}

/* Whether WFE finds an event that came before it; no other can, as the watch stands still. */
static bool finds_event(void)
{
    uint64_t before;

    cp15_write_cnthctl(3);
    ask();
    while (done != wanted) {
    }
    watch_start();
    before = transitions(cp15_read_cntpct(), WATCH_EVNTI, false);
    wfe();
    return transitions(cp15_read_cntpct(), WATCH_EVNTI, false) == before;
}

static bool finds_event_once(void)
{
    for (unsigned i = 0; i < TRIES; i++) {
        if (finds_event()) {
            return true;
        }
    }
    return false;
}

static bool other_cpu_comes(void)
{
    board_start_cpu1(second_start);
    for (unsigned i = 0; i < 100 && !other_is_up; i++) {
        watch_align();
    }
    return other_is_up;
}

void claim_other_cpu(void)
{
    tap_group("events/cpu", "B1.8", "SEV of another CPU ends WFE");
    watch_start();
    if (!other_cpu_comes()) {
        tap_skip("events/cpu/sev-wakes", "one CPU");
        tap_skip("events/cpu/sev-sets", "one CPU");
        tap_skip("events/cpu/without-sev", "one CPU");
        return;
    }
    tap_claim(watch_passes(ask_and_wait), "events/cpu/sev-wakes", "");
    tap_claim(finds_event_once(), "events/cpu/sev-sets", "");
    while (done != wanted) {
    }
    tap_claim(watch_waits(wfe), "events/cpu/without-sev", "");
}
