/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the counters of the Exynos5 multi-core timer do as ticks pass.
 *
 * Whatever runs is stored as the tick at which it was at a known value, so
 * that its count is a subtraction, exact at any time and without drift.
 */
#include "qemu/osdep.h"
#include "qemu/host-utils.h"
#include "hw/arm/exynos5/exynos5_mct_count.h"

static bool global_runs(const Exynos5MctGlobal *g)
{
    return FIELD_EX32(g->tcon, G_TCON, START);
}

static bool comparator_enabled(const Exynos5MctGlobal *g, unsigned n)
{
    return FIELD_EX32(g->tcon >> (2 * n), G_TCON, COMP0_ENABLE);
}

static bool comparator_increments(const Exynos5MctGlobal *g, unsigned n)
{
    return FIELD_EX32(g->tcon >> (2 * n), G_TCON, COMP0_AUTO_INC);
}

uint64_t mct_global_count(const Exynos5MctGlobal *g, uint64_t ticks)
{
    return global_runs(g) ? g->base + ticks : g->base;
}

/* A match at `count` or before; with AUTO_INC on to the first value after `count`. */
static void comparator_match(Exynos5MctGlobal *g, unsigned n, uint64_t count)
{
    Exynos5MctComparator *c = &g->comp[n];

    g->int_cstat |= 1u << n;
    if (comparator_increments(g, n) && c->increment) {
        uint64_t periods = (count - c->value) / c->increment + 1;

        c->value += periods * c->increment;
    }
}

void mct_global_sync(Exynos5MctGlobal *g, uint64_t ticks)
{
    uint64_t count = mct_global_count(g, ticks);

    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        Exynos5MctComparator *c = &g->comp[n];
        uint64_t fresh = count + 1 - c->next;

        if (global_runs(g) && comparator_enabled(g, n) &&
            c->value - c->next < fresh) {
            comparator_match(g, n, count);
        }
        c->next = count + 1;
    }
}

void mct_global_set_count(Exynos5MctGlobal *g, uint64_t ticks, uint64_t count)
{
    g->base = global_runs(g) ? count - ticks : count;
    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        g->comp[n].next = count;
    }
}

void mct_global_set_tcon(Exynos5MctGlobal *g, uint64_t ticks, uint32_t tcon)
{
    uint64_t count = mct_global_count(g, ticks);
    bool starts = FIELD_EX32(tcon & ~g->tcon, G_TCON, START);
    uint32_t old = g->tcon;

    g->tcon = tcon;
    g->base = global_runs(g) ? count - ticks : count;
    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        if (starts || ((tcon & ~old) >> (2 * n) & R_G_TCON_COMP0_ENABLE_MASK)) {
            g->comp[n].next = count;
        }
    }
}

void mct_comparator_set(Exynos5MctGlobal *g, unsigned n, uint64_t ticks,
                        uint64_t value)
{
    g->comp[n].value = value;
    g->comp[n].next = mct_global_count(g, ticks);
}

uint64_t mct_global_next(const Exynos5MctGlobal *g, uint64_t ticks)
{
    uint64_t count = mct_global_count(g, ticks);
    uint32_t awaited = g->int_enb & ~g->int_cstat;
    uint64_t next = MCT_NEVER;

    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        const Exynos5MctComparator *c = &g->comp[n];
        uint64_t at;

        if (global_runs(g) && comparator_enabled(g, n) && (awaited & (1u << n)) &&
            !uadd64_overflow(ticks + (c->next - count), c->value - c->next, &at)) {
            next = MIN(next, at);
        }
    }
    return next;
}

void mct_global_shift_ticks(Exynos5MctGlobal *g, uint64_t jump)
{
    if (global_runs(g)) {
        g->base -= jump;
    }
}

static bool tick_runs(const Exynos5MctLocal *l)
{
    return FIELD_EX32(l->tcon, L0_TCON, TICK_START);
}

static bool icnt_runs(const Exynos5MctLocal *l)
{
    return FIELD_EX32(l->tcon, L0_TCON, INT_START);
}

static bool frc_runs(const Exynos5MctLocal *l)
{
    return FIELD_EX32(l->tcon, L0_TCON, FRC_START);
}

static uint64_t frc_period(const Exynos5MctLocal *l)
{
    return l->frcntb ? l->frcntb : 1ull << 32;
}

/* TCNT expired `times` times. */
static void icnt_advance(Exynos5MctLocal *l, uint64_t times)
{
    if (!icnt_runs(l) || times <= l->icnt) {
        l->icnt -= icnt_runs(l) ? times : 0;
        return;
    }
    times -= (uint64_t)l->icnt + 1;
    l->int_cstat |= R_L0_INT_CSTAT_ICNT_MASK;
    if (FIELD_EX32(l->tcon, L0_TCON, INTERVAL)) {
        l->icnt_load = l->icntb;
    }
    l->icnt = l->icnt_load - times % ((uint64_t)l->icnt_load + 1);
}

/* TCNTB counts from the next expiry on, so the first one is apart. */
static void tick_sync(Exynos5MctLocal *l, uint64_t ticks)
{
    uint64_t period = (uint64_t)l->tcnt_load + 1;
    uint64_t times;

    if (ticks - l->tcnt_loaded < period) {
        return;
    }
    l->tcnt_loaded += period;
    l->tcnt_load = l->tcntb;
    period = (uint64_t)l->tcnt_load + 1;
    times = (ticks - l->tcnt_loaded) / period;
    l->tcnt_loaded += times * period;
    icnt_advance(l, times + 1);
}

static void frc_sync(Exynos5MctLocal *l, uint64_t ticks)
{
    if (ticks - l->frc_loaded < l->frc_period) {
        return;
    }
    l->int_cstat |= R_L0_INT_CSTAT_FRCNT_MASK;
    l->frc_loaded += l->frc_period;
    l->frc_period = frc_period(l);
    l->frc_loaded += (ticks - l->frc_loaded) / l->frc_period * l->frc_period;
}

void mct_local_sync(Exynos5MctLocal *l, uint64_t ticks)
{
    if (tick_runs(l)) {
        tick_sync(l, ticks);
    }
    if (frc_runs(l)) {
        frc_sync(l, ticks);
    }
}

/* TCNT and the free-running counter are loaded when they start. */
void mct_local_set_tcon(Exynos5MctLocal *l, uint64_t ticks, uint32_t tcon)
{
    uint32_t old = l->tcon;

    l->tcon = tcon;
    if (FIELD_EX32(tcon & ~old, L0_TCON, TICK_START)) {
        l->tcnt_load = l->tcntb;
        l->tcnt_loaded = ticks;
    } else if (FIELD_EX32(old & ~tcon, L0_TCON, TICK_START)) {
        l->tcnt_loaded = ticks - l->tcnt_loaded;
    }
    if (FIELD_EX32(tcon & ~old, L0_TCON, FRC_START)) {
        l->frc_period = frc_period(l);
        l->frc_loaded = ticks;
    } else if (FIELD_EX32(old & ~tcon, L0_TCON, FRC_START)) {
        l->frc_loaded = ticks - l->frc_loaded;
    }
}

void mct_local_set_icntb(Exynos5MctLocal *l, uint32_t value)
{
    l->icntb = FIELD_EX32(value, L0_ICNTB, COUNT);
    if (FIELD_EX32(value, L0_ICNTB, MANUAL_UPDATE)) {
        l->icnt_load = l->icntb;
        l->icnt = l->icntb;
    }
}

uint32_t mct_local_tcnto(const Exynos5MctLocal *l, uint64_t ticks)
{
    return l->tcnt_load - (tick_runs(l) ? ticks - l->tcnt_loaded : l->tcnt_loaded);
}

uint32_t mct_local_frcnto(const Exynos5MctLocal *l, uint64_t ticks)
{
    return l->frc_period - (frc_runs(l) ? ticks - l->frc_loaded : l->frc_loaded);
}

uint64_t mct_local_next(const Exynos5MctLocal *l)
{
    uint32_t awaited = l->int_enb & ~l->int_cstat;
    uint64_t next = MCT_NEVER;

    if (tick_runs(l) && icnt_runs(l) && (awaited & R_L0_INT_CSTAT_ICNT_MASK)) {
        next = l->tcnt_loaded + l->tcnt_load + 1 +
               (uint64_t)l->icnt * ((uint64_t)l->tcntb + 1);
    }
    if (frc_runs(l) && (awaited & R_L0_INT_CSTAT_FRCNT_MASK)) {
        next = MIN(next, l->frc_loaded + l->frc_period);
    }
    return next;
}

void mct_local_shift_ticks(Exynos5MctLocal *l, uint64_t jump)
{
    if (tick_runs(l)) {
        l->tcnt_loaded += jump;
    }
    if (frc_runs(l)) {
        l->frc_loaded += jump;
    }
}
