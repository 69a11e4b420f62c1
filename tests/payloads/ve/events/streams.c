/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The event streams of the generic timer: CNTHCTL has one of bits 0 to 15 of CNTPCT, CNTKCTL one
 * of CNTVCT's.  DDI 0406C B8.1 (event streams), B8.1.2 (CNTVOFF).
 *
 *   .../waits    WFE does not end before the bit goes the right way, not on any try
 *   .../phase    it ends then, and not half a period later
 *   .../pending  an event between two WFEs is in the register
 */
#include "events.h"
#include "tap.h"

#define CNTHCTL_PL1 3u
#define CNTKCTL_PL0 0x303u
#define WAITS 10u               /* how often it must wait */
#define FIRST_SLOW_BIT 12u      /* of which half a period is long for a host */

enum counter { PHYSICAL, VIRTUAL };

static uint64_t read_counter(enum counter counter)
{
    return counter == PHYSICAL ? cp15_read_cntpct() : cp15_read_cntvct();
}

static void set_stream(enum counter counter, uint32_t ctl)
{
    cp15_write_cnthctl(CNTHCTL_PL1 | (counter == PHYSICAL ? ctl : 0));
    cp15_write_cntkctl(CNTKCTL_PL0 | (counter == VIRTUAL ? ctl : 0));
}

/* The register is clear behind it. */
static void clear_event(void)
{
    sev();
    wfe();
}

/* Returns whether the register was cleared between @before and the bit's next event. */
static bool clear_without_event(enum counter counter, unsigned bit, bool falling,
                                uint64_t *before)
{
    *before = transitions(read_counter(counter), bit, falling);
    clear_event();
    return transitions(read_counter(counter), bit, falling) == *before;
}

static bool waits(enum counter counter, unsigned bit, bool falling)
{
    uint64_t before;

    for (unsigned i = 0; i < WAITS; i++) {
        /* A fast bit's events are closer together than that takes. */
        if (clear_without_event(counter, bit, falling, &before)) {
            wfe();
            if (transitions(read_counter(counter), bit, falling) == before) {
                return false;
            }
        }
    }
    return true;
}

static bool ends_in_phase(enum counter counter, unsigned bit, bool falling)
{
    for (unsigned i = 0; i < TRIES; i++) {
        clear_event();
        wfe();
        if ((read_counter(counter) >> bit & 1) == !falling) {
            return true;
        }
    }
    return false;
}

/* Spins over an event; WFE must find it, and take no time for it. */
static bool pending(enum counter counter, unsigned bit, bool falling)
{
    for (unsigned i = 0; i < TRIES; i++) {
        uint64_t events;

        clear_event();
        events = transitions(read_counter(counter), bit, falling);
        while (transitions(read_counter(counter), bit, falling) == events) {
        }
        events = transitions(read_counter(counter), bit, falling);
        wfe();
        if (transitions(read_counter(counter), bit, falling) == events) {
            return true;
        }
    }
    return false;
}

static void claim_stream(enum counter counter, unsigned bit, bool falling, const char *variant)
{
    static const struct {
        const char *name;
        bool (*holds)(enum counter, unsigned, bool);
    } claims[] = { { "/waits", waits }, { "/phase", ends_in_phase }, { "/pending", pending } };

    set_stream(counter, EVNTEN | (falling ? EVNTDIR : 0) | EVNTI(bit));
    for (unsigned i = 0; i < (bit >= FIRST_SLOW_BIT ? 3 : 1); i++) {
        struct text name = { 0 };

        text_add(&name, "events/stream/");
        text_add(&name, counter == PHYSICAL ? "CNTHCTL/bit-" : "CNTKCTL/bit-");
        text_add_decimal(&name, bit);
        text_add(&name, falling ? "-falling" : "-rising");
        text_add(&name, variant);
        text_add(&name, claims[i].name);
        tap_claim(claims[i].holds(counter, bit, falling), name.s, "");
    }
    set_stream(counter, 0);
}

/* Streams of fast bits that are off, beside the watch. */
static void claim_disabled(void)
{
    watch_start();
    cp15_write_cntkctl(CNTKCTL_PL0 | EVNTI(1));
    tap_claim(watch_waits(wfe), "events/stream/CNTKCTL/disabled", "");
    cp15_write_cnthctl(CNTHCTL_PL1 | EVNTI(1));
    cp15_write_cntkctl(CNTKCTL_PL0 | EVNTEN | EVNTI(WATCH_EVNTI));
    tap_claim(watch_waits(wfe), "events/stream/CNTHCTL/disabled", "");
    cp15_write_cntkctl(CNTKCTL_PL0);
}

void claim_streams(void)
{
    tap_group("events/stream", "B8.1", "the timers' event streams end WFE");
    for (unsigned bit = 0; bit < 16; bit++) {
        for (unsigned falling = 0; falling < 2; falling++) {
            claim_stream(PHYSICAL, bit, falling, "");
            claim_stream(VIRTUAL, bit, falling, "");
            /* Half a period off CNTPCT. */
            cp15_write_cntvoff(1ull << bit);
            claim_stream(VIRTUAL, bit, falling, "/CNTVOFF");
            cp15_write_cntvoff(0);
        }
    }
    claim_disabled();
}
