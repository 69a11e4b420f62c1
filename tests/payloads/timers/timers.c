/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Does the generic timer keep time?  (DDI 0406C B8.1)
 *
 * frequency        CNTFRQ is what firmware must write: 24 MHz on the Arndale.
 * drift            Over RUN_SECONDS, CNTPCT and the multi-core timer's G_CNT keep their distance,
 *                  to the tick.  They are one counter on silicon.
 * TIMER/expires    A compare value that lies ahead is met in the end.
 * TIMER/not-before A set ISTATUS means that the counter has reached the compare value.
 * TIMER/in-time    The counter a tick past the compare value means that ISTATUS is set.
 *                  Only where time does not pass by itself (-icount): argument 0 says so.
 * TIMER/range      Compare values far in the future (2^56 and more ticks) are in the future, the
 *                  ones in the past are in the past.
 * virtual-offset   CNTV keeps all of that with CNTVCT beyond 2^56 by way of CNTVOFF.
 * wake             WFI ends at the compare value, not before, and under -icount without delay.
 *
 * PASS on the virt machine, with 62.5 MHz, says that frequencies which divide 1 GHz work, too.
 * Not asked: interrupts through the GIC but for the wake-up, PL1 views, the Secure timer.
 */
#include <stddef.h>
#include "args.h"
#include "board.h"
#include "generic_timer.h"
#include "hyp.h"
#include "mmio.h"
#include "report.h"

#define MCT 0x101c0000u
#define MCT_G_CNT_L 0x100
#define MCT_G_CNT_U 0x104
#define MCT_G_TCON 0x240
#define MCT_G_TCON_START (1u << 8)

#define GICD_CTLR 0x000
#define GICD_ISENABLER0 0x100
#define GICC_CTLR 0x000
#define GICC_PMR 0x004

enum {
    DEADLINES = 200,
    RUN_SECONDS = 10,
    PATIENCE_SECONDS = 20, /* a busy host can be late by a second */
    WAKE_TICKS = 8,     /* the twenty instructions from WFI to the reading, 16 ns each */
};

static bool time_is_deterministic;
static uint32_t frequency_hz;

/* Counters are read in program order, B8.1.1. */
static uint64_t now(const struct timer *t)
{
    __asm__ volatile("isb");
    return t->read_counter();
}

static const struct timer timers[] = {
    { "cntp", 30, cp15_read_cntpct, cp15_read_cntp_ctl, cp15_write_cntp_ctl,
      cp15_write_cntp_cval },
    { "cntv", 27, cp15_read_cntvct, cp15_read_cntv_ctl, cp15_write_cntv_ctl,
      cp15_write_cntv_cval },
    { "cnthp", 26, cp15_read_cntpct, cp15_read_cnthp_ctl, cp15_write_cnthp_ctl,
      cp15_write_cnthp_cval },
};
static const struct timer *const cntv = &timers[1];
static const struct timer *const cnthp = &timers[2];

/* By how many ticks a timer was too early, and too late (0: never); deadlines given up. */
struct error_ticks {
    uint64_t early;
    uint64_t late;
    uint32_t missed;
};

/* One deadline, polled: before / ISTATUS / after, until ISTATUS is set or patience ends. */
static void one_deadline(const struct timer *t, uint64_t ticks, struct error_ticks *error)
{
    uint64_t cval = now(t) + ticks;
    uint64_t before, after;
    uint32_t ctl;

    t->write_cval(cval);
    t->write_ctl(TIMER_CTL_ENABLE | TIMER_CTL_IMASK);
    do {
        before = now(t);
        ctl = t->read_ctl();
        after = now(t);
        if (!(ctl & TIMER_CTL_ISTATUS) && before > cval && before - cval > error->late) {
            error->late = before - cval;
        }
    } while (!(ctl & TIMER_CTL_ISTATUS) && error->late < PATIENCE_SECONDS * (uint64_t)frequency_hz);
    if (!(ctl & TIMER_CTL_ISTATUS)) {
        error->missed++;
    } else if (after < cval && cval - after > error->early) {
        error->early = cval - after;
    }
    t->write_ctl(0);
}

static void check_deadlines(const struct timer *t, const char *group)
{
    struct error_ticks error = { 0, 0, 0 };

    for (uint32_t i = 0; i < DEADLINES && !error.missed; i++) {
        one_deadline(t, i * 37 % 1009, &error);
    }
    claim(group, "expires", error.missed == 0, error.missed);
    claim(group, "not-before", error.early == 0, error.early);
    if (time_is_deterministic) {
        claim(group, "in-time", error.late == 0, error.late);
    } else {
        claim_skip(group, "in-time", "time passes by itself");
    }
}

static bool met(const struct timer *t, uint64_t cval)
{
    bool result;

    t->write_cval(cval);
    t->write_ctl(TIMER_CTL_ENABLE | TIMER_CTL_IMASK);
    result = t->read_ctl() & TIMER_CTL_ISTATUS;
    t->write_ctl(0);
    return result;
}

static void check_range(const struct timer *t)
{
    static const uint64_t ahead[] = {
        1ull << 40, 1ull << 55, 1ull << 56, 1ull << 57, 1ull << 62, ~0ull >> 1,
    };
    uint64_t wrong = 0;

    for (size_t i = 0; i < sizeof(ahead) / sizeof(ahead[0]); i++) {
        if (met(t, now(t) + ahead[i])) {
            wrong = ahead[i];
        }
    }
    wrong |= met(t, ~0ull) ? ~0ull : 0;
    wrong |= met(t, 0) ? 0 : 1;
    wrong |= met(t, now(t)) ? 0 : 1;
    claim(t->name, "range", wrong == 0, wrong);
}

static void check_virtual_offset(void)
{
    cp15_write_cntvoff(-(1ull << 56));
    claim("virtual-offset", "counter", now(cntv) >= 1ull << 56, now(cntv));
    check_deadlines(cntv, "virtual-offset");
    cp15_write_cntvoff(0);
}

static void enable_interrupt(unsigned intid)
{
    mmio_write32(board.gicd + GICD_ISENABLER0, 1u << intid);
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, 1);
}

/* Sleeps until CNTPCT is there.  The interrupt stays masked in the CPU and ends WFI all the same. */
static void sleep_until(uint64_t cval)
{
    cnthp->write_cval(cval);
    cnthp->write_ctl(TIMER_CTL_ENABLE);
    while (!(cnthp->read_ctl() & TIMER_CTL_ISTATUS)) {
        __asm__ volatile("dsb\n wfi" ::: "memory");
    }
}

static void check_wake(void)
{
    uint64_t early = 0, late = 0;

    for (uint32_t i = 0; i < DEADLINES; i++) {
        uint64_t cval = now(cnthp) + 1000 + i * 37 % 1009;
        uint64_t woken;

        sleep_until(cval);
        woken = now(cnthp);
        cnthp->write_ctl(0);
        early |= woken < cval ? cval - woken : 0;
        late |= woken > cval + WAKE_TICKS ? woken - cval : 0;
    }
    claim("wake", "not-before", early == 0, early);
    if (time_is_deterministic) {
        claim("wake", "in-time", late == 0, late);
    } else {
        claim_skip("wake", "in-time", "time passes by itself");
    }
}

static uint64_t mct_count(void)
{
    uint32_t upper, lower;

    do {
        upper = mmio_read32(MCT + MCT_G_CNT_U);
        lower = mmio_read32(MCT + MCT_G_CNT_L);
    } while (mmio_read32(MCT + MCT_G_CNT_U) != upper);
    return (uint64_t)upper << 32 | lower;
}

/*
 * G_CNT between two readings of CNTPCT bounds the distance of the two counters from both sides.
 * Counters without drift have one distance that lies within the bounds of all readings.
 */
static void check_drift(void)
{
    int64_t least = INT64_MIN, most = INT64_MAX;
    uint64_t begin = now(cnthp);

    mmio_write32(MCT + MCT_G_TCON, MCT_G_TCON_START);
    for (uint32_t i = 0; i <= RUN_SECONDS * 4; i++) {
        uint64_t before, count, after;

        sleep_until(begin + (uint64_t)i * frequency_hz / 4);
        cnthp->write_ctl(0);
        before = now(cnthp);
        count = mct_count();
        after = now(cnthp);
        if ((int64_t)(count - before) < most) {
            most = (int64_t)(count - before);
        }
        if ((int64_t)(count - after) > least) {
            least = (int64_t)(count - after);
        }
    }
    claim("drift", "cntpct-mct", least <= most, (uint64_t)(least - most));
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    claim("payload", "no-exception", false, (uint64_t)vector << 32 | frame->elr);
    claim_end();
    board_power_off();
}

void payload_main(unsigned cpu)
{
    bool arndale = board.name[0] == 'a';

    (void)cpu;
    time_is_deterministic = arg(0, 0);
    frequency_hz = cp15_read_cntfrq();
    claim("frequency", "cntfrq", frequency_hz == (arndale ? 24000000 : 62500000), frequency_hz);
    for (size_t i = 0; i < sizeof(timers) / sizeof(timers[0]); i++) {
        check_deadlines(&timers[i], timers[i].name);
        check_range(&timers[i]);
    }
    check_virtual_offset();
    enable_interrupt(cnthp->intid);
    check_wake();
    if (arndale) {
        check_drift();
    } else {
        claim_skip("drift", "cntpct-mct", "no multi-core timer");
    }
    claim_end();
    board_power_off();
}
