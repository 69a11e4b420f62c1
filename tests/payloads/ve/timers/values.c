/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * CVAL, TVAL, CTL and CNTVOFF: DDI 0406C B8.1.2, B8.1.5.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "parts.h"
#include "tap.h"

static bool is_met(const struct timer *timer)
{
    return timer->read_ctl() & CTL_ISTATUS;
}

/* Where a compare value is from the counter, or by itself. */
static const struct point {
    const char *name;
    bool relative;
    uint64_t value;
    bool met;
} points[] = {
    { "0", false, 0, true }, { "1", false, 1, true },
    { "now", true, 0, true },
    { "2^32-after-now", true, 1ull << 32, false }, { "2^40-after-now", true, 1ull << 40, false },
    { "2^63", false, 1ull << 63, false }, { "2^64-1", false, ~0ull, false },
    { "2^32-low-0", false, 0xffff00000000ull, false },
};

static void claim_point(const struct timer *timer, const struct point *point, uint32_t ctl)
{
    struct text what;

    timer->write_ctl(ctl);
    timer->write_cval(point->value + (point->relative ? timer->read_count() : 0));
    text_clear(&what);
    text_add(&what, "cval-");
    text_add(&what, point->name);
    text_add(&what, ctl & CTL_IMASK ? "/masked" : "/unmasked");
    timer_claim(timer, "timers/value", what.s,
                (timer->read_ctl() & 7) == (ctl | (point->met ? CTL_ISTATUS : 0)));
    text_clear(&what);
    text_add(&what, "line-");
    text_add(&what, point->name);
    text_add(&what, ctl & CTL_IMASK ? "/masked" : "/unmasked");
    timer_claim(timer, "timers/line", what.s,
                timer_is_on_line(timer) == (point->met && !(ctl & CTL_IMASK)));
    timer->write_ctl(ctl & ~CTL_ENABLE);
    text_add(&what, "/disabled");
    timer_claim(timer, "timers/line", what.s, !timer_is_on_line(timer));
    timers_off();
}

/* CVAL becomes the counter plus the signed TVAL. */
static void claim_tval_write(const struct timer *timer, const char *what, uint32_t tval)
{
    int64_t distance = (int32_t)tval;
    uint64_t before = timer->read_count();
    uint64_t cval;

    timer->write_tval(tval);
    cval = timer->read_cval();
    timer_claim(timer, "timers/value", what, cval - distance - before <=
                timer->read_count() - before);
    timers_off();
}

/* TVAL is CVAL less the counter, its low 32 bits. */
static void claim_tval_read(const struct timer *timer, const char *what, uint64_t distance)
{
    uint64_t before = timer->read_count();
    uint64_t cval = before + distance;
    uint32_t tval, most, least;

    timer->write_cval(cval);
    tval = timer->read_tval();
    most = (uint32_t)(cval - before);
    least = (uint32_t)(cval - timer->read_count());
    timer_claim(timer, "timers/value", what, most - tval <= most - least);
    timers_off();
}

/* TVAL counts down while the timer is off as well. */
static void claim_tval_runs(const struct timer *timer)
{
    uint32_t first, second;
    uint64_t begin;

    timer->write_tval(0x10000000);
    first = timer->read_tval();
    begin = timer->read_count();
    while (timer->read_count() - begin < 100) {
    }
    second = timer->read_tval();
    timer_claim(timer, "timers/value", "tval-counts-down", first - second >= 100 &&
                first <= 0x10000000);
    timers_off();
}

/* CVAL is 64 bits wide and keeps what it was given. */
static void claim_cval_kept(const struct timer *timer, const char *what, uint64_t value)
{
    timer->write_cval(value);
    timer_claim(timer, "timers/value", what, timer->read_cval() == value);
    timers_off();
}

static void claim_ctl(const struct timer *timer)
{
    static const char *const names[] = { "ctl-0", "ctl-enable", "ctl-imask", "ctl-both" };

    for (uint32_t ctl = 0; ctl < 4; ctl++) {
        timer->write_cval(~0ull);
        timer->write_ctl(ctl | CTL_ISTATUS);
        timer_claim(timer, "timers/value", names[ctl],
                    (timer->read_ctl() & 3) == ctl &&
                    (!(ctl & CTL_ENABLE) || !(timer->read_ctl() & CTL_ISTATUS)));
        timers_off();
    }
}

/* From not met to met by the time alone, by TVAL and by CVAL, and back by a later CVAL. */
static void claim_expiry(const struct timer *timer)
{
    uint64_t cval = timer->read_count() + 1000;
    bool met;

    timer->write_cval(cval);
    timer->write_ctl(CTL_ENABLE);
    met = wait_for(is_met, timer);
    timer_claim(timer, "timers/value", "expires", met && timer->read_count() >= cval);
    timer_claim(timer, "timers/line", "expires", timer_is_on_line(timer));
    timer->write_cval(cval + (1ull << 40));
    timer_claim(timer, "timers/value", "later-cval-clears", !is_met(timer));
    timer_claim(timer, "timers/line", "later-cval-clears", !timer_is_on_line(timer));
    timer->write_tval(500);
    timer_claim(timer, "timers/value", "tval-expires", wait_for(is_met, timer));
    timer_claim(timer, "timers/line", "tval-expires", wait_for(timer_is_on_line, timer));
    timer->write_tval(0x7fffffff);
    timer_claim(timer, "timers/value", "later-tval-clears", !is_met(timer));
    timer->write_cval(0);
    timer_claim(timer, "timers/value", "earlier-cval-sets", is_met(timer));
    timers_off();
}

/* ISTATUS and the counter agree whenever both are read. */
static void claim_at_once(const struct timer *timer)
{
    uint64_t cval = timer->read_count() + cp15_read_cntfrq() / 1000;
    uint64_t before, after;
    bool right = true, met;

    timer->write_cval(cval);
    timer->write_ctl(CTL_ENABLE);
    do {
        before = timer->read_count();
        met = is_met(timer);
        after = timer->read_count();
        right = right && (met ? after >= cval : before < cval);
    } while (before < cval + 1000);
    timer_claim(timer, "timers/value", "istatus-at-once", right);
    timers_off();
}

static void claim_timer(const struct timer *timer)
{
    for (unsigned i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        claim_point(timer, &points[i], CTL_ENABLE);
        claim_point(timer, &points[i], CTL_ENABLE | CTL_IMASK);
    }
    claim_tval_write(timer, "tval-write-0", 0);
    claim_tval_write(timer, "tval-write-1", 1);
    claim_tval_write(timer, "tval-write-0x7fffffff", 0x7fffffff);
    claim_tval_write(timer, "tval-write-0x80000000", 0x80000000);
    claim_tval_write(timer, "tval-write-0xffffffff", 0xffffffff);
    claim_tval_read(timer, "tval-read-1000", 1000);
    claim_tval_read(timer, "tval-read-2^31", 1ull << 31);
    claim_tval_read(timer, "tval-read-2^32", 1ull << 32);
    claim_tval_read(timer, "tval-read-2^40+5000", (1ull << 40) + 5000);
    claim_tval_read(timer, "tval-read-minus-1", ~0ull);
    claim_tval_read(timer, "tval-read-minus-2^33", -(1ull << 33));
    claim_tval_runs(timer);
    claim_cval_kept(timer, "cval-kept-pattern", 0x123456789abcdef0);
    claim_cval_kept(timer, "cval-kept-ones", ~0ull);
    claim_ctl(timer);
    claim_expiry(timer);
    claim_at_once(timer);
}

/* MRRC r4, r5, CNTVCT in a guest, r6, r7 CNTPCT. */
static const uint32_t read_counters[] = { 0xec554f1e, 0xec576f0e };

static const struct { const char *name; uint64_t value; } offsets[] = {
    { "0", 0 }, { "1", 1 }, { "2^32", 1ull << 32 }, { "2^63", 1ull << 63 }, { "minus-1", ~0ull },
    { "minus-2^33", -(1ull << 33) }, { "pattern", 0x123456789abcdef0ull },
};

static bool is_between(uint64_t before, uint64_t value, uint64_t after)
{
    return value - before <= after - before;
}

static void claim_offset_for_guest(const char *offset_name, uint64_t offset, unsigned mode)
{
    static const struct ve_controls open = { 0 };
    struct text name = text_path("timers/offset/CNTVCT", offset_name,
                                 mode == ARMV7_MODE_USR ? "pl0" : "pl1", NULL);
    struct ve_record record = { 0 };
    uint64_t before, after, virtual_count, physical_count;
    struct ve_probe probe;
    struct text detail;

    ve_probe_program(&probe, read_counters, 2, mode);
    cp15_write_cntvoff(offset);
    before = cp15_read_cntpct();
    ve_run(&probe.state, &open, &record);
    after = cp15_read_cntpct();
    virtual_count = (uint64_t)record.r[5] << 32 | record.r[4];
    physical_count = (uint64_t)record.r[7] << 32 | record.r[6];
    text_clear(&detail);
    ve_describe(&detail, &record);
    text_add_field(&detail, "cntvct", record.r[5]);
    text_add_field(&detail, "low", record.r[4]);
    tap_claim(ve_probe_done(&probe, &record) &&
              is_between(before - offset, virtual_count, after - offset) &&
              is_between(before, physical_count, after), name.s, detail.s);
    timers_off();
}

static void claim_offset_in_hyp(const char *offset_name, uint64_t offset)
{
    const struct timer *timer = &timers[CNTV];
    uint64_t before, count, after;
    struct text what;

    cp15_write_cntvoff(offset);
    before = cp15_read_cntpct();
    count = cp15_read_cntvct();
    after = cp15_read_cntpct();
    text_clear(&what);
    text_add(&what, offset_name);
    text_add(&what, "/hyp");
    timer_claim(timer, "timers/offset", what.s,
                cp15_read_cntvoff() == offset && is_between(before - offset, count, after - offset));
    timers_off();
}

/* CNTV's condition moves with CNTVOFF at once, those of the others do not. */
static void claim_offset_moves(const struct timer *timer, bool moves)
{
    bool near, far;

    timer->write_ctl(CTL_ENABLE);
    timer->write_cval(1ull << 40);
    near = is_met(timer) || timer_is_on_line(timer);
    cp15_write_cntvoff(-(1ull << 41));
    far = is_met(timer);
    timer_claim(timer, "timers/offset", "forward", !near && far == moves &&
                timer_is_on_line(timer) == moves);
    cp15_write_cntvoff(0);
    timer_claim(timer, "timers/offset", "back", !is_met(timer) && !timer_is_on_line(timer));
    timers_off();
}

static bool has_wrapped(const struct timer *timer)
{
    return !(timer->read_count() >> 63);
}

/* Lets the virtual counter come to 2^64 in @ticks from now. */
static void wrap_in(uint64_t ticks)
{
    cp15_write_cntvoff(cp15_read_cntpct() + ticks);
}

/* Through 2^64 - 1 to 0: the compare is unsigned, so what was met is not met any more. */
static void claim_wrap(void)
{
    const struct timer *timer = &timers[CNTV];
    bool met, early;

    timer->write_cval(1ull << 63);
    timer->write_ctl(CTL_ENABLE);
    wrap_in(cp15_read_cntfrq() / 100);
    met = is_met(timer);
    early = has_wrapped(timer);         /* a host too busy to see it before */
    timer_claim(timer, "timers/value", "before-wrap-around", met || early);
    timer_claim(timer, "timers/value", "wrap-around", wait_for(has_wrapped, timer) &&
                !is_met(timer));
    timers_off();
}

void claim_values(void)
{
    tap_group("timers/value", "B8.1.5", "CVAL, TVAL and CTL");
    tap_group("timers/line", "B8.1.5", "the interrupt is ENABLE and ISTATUS and not IMASK");
    for (unsigned i = 0; i < TIMERS; i++) {
        claim_timer(&timers[i]);
    }
    claim_wrap();
    tap_group("timers/offset", "B8.1.2", "CNTVOFF moves the virtual counter and nothing else");
    for (unsigned i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        claim_offset_in_hyp(offsets[i].name, offsets[i].value);
        claim_offset_for_guest(offsets[i].name, offsets[i].value, ARMV7_MODE_SVC);
        claim_offset_for_guest(offsets[i].name, offsets[i].value, ARMV7_MODE_USR);
    }
    for (unsigned i = 0; i < TIMERS; i++) {
        claim_offset_moves(&timers[i], i == CNTV);
    }
}
