/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: does WFE wait, and end by what DDI 0406C B1.8.13 names and by nothing else?
 *
 *   register     SEV and exception returns set the Event Register, one WFE clears it
 *   stream       the event streams of CNTHCTL and CNTKCTL, every bit in both directions
 *   interrupt    interrupts that are masked end WFI and not WFE
 *   cpu          SEV of the other CPU
 *
 * The architecture lets an implementation end WFE early; PASS proves that this one waits.
 */
#include "events.h"
#include "guest.h"
#include "hyp.h"
#include "tap.h"

#define CNTHCTL_PL1 3u

void watch_start(void)
{
    cp15_write_cnthctl(CNTHCTL_PL1 | EVNTEN | EVNTI(WATCH_EVNTI));
}

void watch_align(void)
{
    sev();
    wfe();
    wfe();          /* waits for the watch and leaves its event in the register */
    wfe();
}

uint64_t transitions(uint64_t count, unsigned bit, bool falling)
{
    return (count + (falling ? 0 : 1ull << bit)) >> (bit + 1);
}

static uint64_t watch_events(void)
{
    return transitions(cp15_read_cntpct(), WATCH_EVNTI, false);
}

static bool returns_at_once(void (*code)(void))
{
    uint64_t before;

    watch_align();
    /* The register is clear and no event has come since: the host may have stood still. */
    do {
        before = watch_events();
        sev();
        wfe();
    } while (watch_events() != before);
    code();
    return watch_events() == before;
}

bool watch_waits(void (*code)(void))
{
    for (unsigned i = 0; i < 3; i++) {
        if (returns_at_once(code)) {
            return false;
        }
    }
    return true;
}

bool watch_passes(void (*code)(void))
{
    for (unsigned i = 0; i < TRIES; i++) {
        if (returns_at_once(code)) {
            return true;
        }
    }
    return false;
}

void payload_main(unsigned cpu)
{
    if (cpu != 0) {
        other_cpu_main();
    }
    ve_init();
    watch_start();
    claim_register();
    claim_streams();
    watch_start();
    claim_interrupts();
    claim_other_cpu();
    tap_end();
}
